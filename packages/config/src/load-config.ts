import { resolve } from 'node:path'
import type { Config } from './config.ts'
import { type Environment, environmentSchema, listVariables, type Variable } from './environment.ts'
import { createFindings, type Fault, type Findings, type Warning } from './findings.ts'
import type { ProcessRole } from './kinds.ts'
import { findKnownDifyVariables, isCertainlyDifys } from './known-dify-variables.ts'
import { toConfig } from './to-config.ts'
import { findTypos } from './typos.ts'

export interface LoadConfigOptions {
  /** The merged environment; `readEnvironment` makes it. Empty values count as not set. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where relative paths start. */
  readonly cwd: string
  /** From the command line; wins over `MODE`. */
  readonly role?: ProcessRole
}

export type LoadConfigResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly warnings: readonly Warning[] }

/** Checks the whole environment at once and makes the configuration of it. Pure. */
export function loadConfig({ env, cwd, role }: LoadConfigOptions): LoadConfigResult {
  const given = withoutEmpty(env)
  const findings = createFindings(given)
  const variables = listVariables()
  const environment = parseEnvironment(given, variables, findings)
  const names = variables.map((variable) => variable.name)
  const typos = findTypos(Object.keys(given), { names, isForeign: isCertainlyDifys })
  for (const typo of typos) findings.warn(typo.given, `${typo.given} is not a setting. Is ${typo.meant} meant?`)
  const misspelt = new Set(typos.map((typo) => typo.given))
  const ignoredVariables = findKnownDifyVariables(Object.keys(given), names).filter((name) => !misspelt.has(name))
  const config = toConfig({
    environment,
    role: role ?? environment.MODE,
    dataFolder: resolve(cwd, environment.TRELLIS_HOME),
    cwd,
    ignoredVariables,
    findings,
  })
  const { faults, warnings } = findings
  return faults.length === 0 ? { ok: true, config, warnings } : { ok: false, faults, warnings }
}

function withoutEmpty(env: LoadConfigOptions['env']): Record<string, string> {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    const trimmed = value?.trim()
    if (trimmed) given[name] = trimmed
  }
  return given
}

/** A variable that cannot be read stands at its default for the checks that follow, so that all faults come out together. */
function parseEnvironment(given: Readonly<Record<string, string>>, variables: readonly Variable[], findings: Findings): Environment {
  const usable: Record<string, string> = {}
  for (const { name, expected } of variables) {
    const value = given[name]
    if (value === undefined) continue
    if (environmentSchema.shape[name].safeParse(value).success) usable[name] = value
    else findings.fault(name, `Expected ${expected}.${kubernetesHint(value)}`)
  }
  return environmentSchema.parse(usable)
}

/** Kubernetes sets REDIS_PORT=tcp://... in every pod when there is a service named redis. */
function kubernetesHint(value: string): string {
  return value.startsWith('tcp://')
    ? ' Kubernetes sets this for a service of that name: set enableServiceLinks to false in the pod, or give the variable a value.'
    : ''
}
