import type { Config } from '../config.ts'
import { type Fault, renderFaults } from '../findings.ts'
import type { ProcessRole } from '../kinds.ts'
import { loadConfig } from '../load-config.ts'

export type Env = Record<string, string>

export function load(env: Env, role?: ProcessRole) {
  return loadConfig({ env, cwd: '/srv', ...(role ? { role } : {}) })
}

export function configOf(env: Env, role?: ProcessRole): Config {
  const result = load(env, role)
  if (!result.ok) throw new Error(renderFaults(result.faults))
  return result.config
}

export function faultsOf(env: Env, role?: ProcessRole): readonly Fault[] {
  const result = load(env, role)
  return result.ok ? [] : result.faults
}
