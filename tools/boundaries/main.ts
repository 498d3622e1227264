import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { judgeCanary, listCanaryFiles } from './canary.ts'
import { cruiseFolder } from './cruise-folder.ts'
import { ladder } from './ladder.ts'
import { rules } from './rules.ts'

const root = dirname(dirname(import.meta.dirname))
const FOLDERS = ['packages', 'apps']

/** Every fault found, one line each: of the checker itself first, then of the imports. */
async function findFaults(): Promise<{ faults: string[]; moduleCount: number }> {
  const canary = join(root, 'tools/boundaries/canary')
  const canaryFaults = judgeCanary(
    listCanaryFiles(canary),
    await cruiseFolder(canary, FOLDERS),
    rules.map(({ name }) => name ?? ''),
  )
  const outcome = await cruiseFolder(root, FOLDERS)
  const read = new Set(outcome.modules)
  const sources = listSources()
  const unread = sources.filter((path) => !read.has(path))
  return {
    moduleCount: sources.length,
    faults: [
      ...canaryFaults,
      ...unread.map((path) => `${path} was not read by the checker`),
      ...listUnplacedPackages().map((name) => `packages/${name} stands on no rung: add it to tools/boundaries/ladder.ts`),
      ...outcome.violations.map(({ rule, from, to }) => `${from} imports ${to}: ${explain(rule)}`),
    ],
  }
}

const explain = (rule: string): string => `${rules.find(({ name }) => name === rule)?.comment} (${rule})`

function listSources(): string[] {
  return FOLDERS.flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}/src`))
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
    )
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
}

function listUnplacedPackages(): string[] {
  const placed = new Set(ladder.flat())
  return readdirSync(join(root, 'packages')).filter((name) => !placed.has(name))
}

const { faults, moduleCount } = await findFaults()
for (const fault of faults) console.log(fault)
console.log(`${moduleCount} modules, ${rules.length} rules, ${faults.length} faults`)
if (faults.length > 0) process.exitCode = 1
