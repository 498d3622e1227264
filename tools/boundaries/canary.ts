import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CruiseOutcome } from './cruise-folder.ts'

const EXPECTATION = /^\/\/ expect: ([a-z-]+)$/m

export interface CanaryFile {
  readonly path: string
  /** The rule that must report this file; undefined for an allowed one. */
  readonly expectedRule: string | undefined
}

/** All source files of the canary tree, paths from its root. */
export function listCanaryFiles(folder: string): CanaryFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, expectedRule: EXPECTATION.exec(readFileSync(join(folder, path), 'utf8'))?.[1] }))
}

/** What is wrong with the checker, judged by what it found in the canary; empty when it can be believed. */
export function judgeCanary(files: readonly CanaryFile[], outcome: CruiseOutcome, ruleNames: readonly string[]): string[] {
  const read = new Set(outcome.modules)
  const unread = files.filter(({ path }) => !read.has(path)).map(({ path }) => `the canary's ${path} was not read`)
  const uncovered = ruleNames
    .filter((rule) => !files.some(({ expectedRule }) => expectedRule === rule))
    .map((rule) => `rule ${rule} has no canary: add a file that breaks it to tools/boundaries/canary`)
  const missed = files
    .filter(
      ({ path, expectedRule }) => expectedRule && !outcome.violations.some(({ rule, from }) => rule === expectedRule && from === path),
    )
    .map(({ path, expectedRule }) => `rule ${expectedRule} did not report the canary's ${path}`)
  const surplus = outcome.violations
    .filter(({ from }) => files.some(({ path }) => path === from))
    .filter(({ rule, from }) => files.find(({ path }) => path === from)?.expectedRule !== rule)
    .map(({ rule, from, to }) => `rule ${rule} reported the canary's ${from} (import of ${to}), which it should allow`)
  return [...unread, ...uncovered, ...missed, ...surplus]
}
