import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeCanary, listCanaryFiles } from './canary.ts'
import { cruiseFolder } from './cruise-folder.ts'
import { rules } from './rules.ts'

const folder = join(import.meta.dirname, 'canary')
const ruleNames = rules.map(({ name }) => name ?? '')
const climbs = { path: 'packages/kit/src/climbs.ts', expectedRule: 'rung-kit' }
const allowed = { path: 'packages/kit/src/allowed.ts', expectedRule: undefined }
const report = { rule: 'rung-kit', from: climbs.path, to: 'packages/db/src/index.ts' }

describe('the canary', () => {
  it('is reported file by file, and its allowed imports are not', async () => {
    const files = listCanaryFiles(folder)
    expect(files.length).toBeGreaterThan(ruleNames.length)
    expect(judgeCanary(files, await cruiseFolder(folder, ['packages', 'apps']), ruleNames)).toEqual([])
  })
})

describe('judgeCanary', () => {
  it('does not believe a checker that reads nothing', () => {
    expect(judgeCanary([climbs], { modules: [], violations: [] }, ['rung-kit'])).toEqual([
      "the canary's packages/kit/src/climbs.ts was not read",
      "rule rung-kit did not report the canary's packages/kit/src/climbs.ts",
    ])
  })

  it('names a rule that no canary breaks', () => {
    const faults = judgeCanary([climbs], { modules: [climbs.path], violations: [report] }, ['rung-kit', 'no-cycles'])
    expect(faults).toEqual(['rule no-cycles has no canary: add a file that breaks it to tools/boundaries/canary'])
  })

  it('names a rule that reports what is allowed', () => {
    const outcome = { modules: [climbs.path, allowed.path], violations: [report, { ...report, from: allowed.path }] }
    expect(judgeCanary([climbs, allowed], outcome, ['rung-kit'])).toEqual([
      "rule rung-kit reported the canary's packages/kit/src/allowed.ts (import of packages/db/src/index.ts), which it should allow",
    ])
  })
})
