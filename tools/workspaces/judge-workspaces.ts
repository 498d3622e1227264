/** What we read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const EXACT = /^(npm:[^ ]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/
const isOurs = (name: string): boolean => name.startsWith('@trellis/')

/**
 * Faults in how the workspaces declare what they need: exact versions, one version of each package everywhere
 * (the server's bundle finds a package once, whoever of us asked for it), our own packages by "*".
 */
export function judgeWorkspaces(manifests: readonly Manifest[]): string[] {
  const declared = manifests.flatMap(({ name: owner, dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => ({ owner, name, version })),
  )
  const inexact = declared
    .filter(({ name, version }) => (isOurs(name) ? version !== '*' : !EXACT.test(version)))
    .map(({ owner, name, version }) => `${owner} asks for ${name} "${version}"; write ${isOurs(name) ? '"*"' : 'an exact version'}`)
  const byName = Map.groupBy(declared, ({ name }) => name)
  const disagreeing = [...byName]
    .filter(([, uses]) => new Set(uses.map(({ version }) => version)).size > 1)
    .map(
      ([name, uses]) =>
        `${name} is asked for in several versions: ${uses.map(({ owner, version }) => `${version} by ${owner}`).join(', ')}`,
    )
  const publishable = manifests.filter((manifest) => manifest.private !== true).map(({ name }) => `${name} is not marked private`)
  return [...inexact, ...disagreeing, ...publishable]
}
