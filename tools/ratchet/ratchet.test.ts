import { describe, expect, it } from 'vitest'
import { compare, lower, toBaseline } from './compare.ts'
import { type Findings, measureFile } from './measure.ts'

const none: Findings = { longFiles: [], unexplainedCasts: [], suppressions: [] }
const source = (...lines: string[]): Findings => measureFile('packages/kit/src/some.ts', `${lines.join('\n')}\n`)

describe('measureFile', () => {
  it('counts a cast without a reason', () => {
    expect(source('const a = load()', 'const b = a as string').unexplainedCasts).toEqual(['packages/kit/src/some.ts:2'])
  })

  it('accepts a reason beside the cast, above it, or above its statement', () => {
    const beside = source('const b = a as string // checked by the caller')
    const above = source('// Checked by the caller.', 'const b = a as string')
    const aboveStatement = source('// Checked by the caller.', 'const b = call({', '  a: a as string,', '})')
    expect([beside, above, aboveStatement].map(({ unexplainedCasts }) => unexplainedCasts)).toEqual([[], [], []])
  })

  it('leaves out `as const`, renamed imports, words in text, and casts in tests', () => {
    expect(source("import { a as b } from './a.ts'", "const c = ['x'] as const", "const d = 'as string'").unexplainedCasts).toEqual([])
    expect(measureFile('packages/kit/src/some.test.ts', 'const b = a as string').unexplainedCasts).toEqual([])
  })

  it('gives tests more room than sources', () => {
    const text = 'a()\n'.repeat(301)
    expect(measureFile('packages/kit/src/some.ts', text).longFiles).toEqual(['packages/kit/src/some.ts:301'])
    expect(measureFile('packages/kit/src/some.test.ts', text).longFiles).toEqual([])
    expect(measureFile('packages/kit/src/some.ts', 'a()\n'.repeat(300)).longFiles).toEqual([])
  })

  it('counts silenced checks in comments only', () => {
    const comment = `// ${'biome-ignore'} lint/x: reason`
    expect(source(comment, "const text = 'biome-ignore'").suppressions).toEqual(['packages/kit/src/some.ts:1'])
  })

  it('knows a test of a type from a silenced compiler', () => {
    const text = `// ${'@ts-expect-error'}: not a number`
    expect(source(text).suppressions).toHaveLength(1)
    expect(measureFile('packages/kit/src/some.test.ts', text).suppressions).toEqual([])
  })
})

describe('compare', () => {
  const cast = (line: number): Findings => ({ ...none, unexplainedCasts: [`packages/kit/src/a.ts:${line}`] })

  it('reports what rose, with its places', () => {
    const { risen } = compare({ 'packages/kit': { unexplainedCasts: 1 } }, [cast(1), cast(2)])
    expect(risen).toEqual([
      { area: 'packages/kit', metric: 'unexplainedCasts', allowed: 1, places: ['packages/kit/src/a.ts:1', 'packages/kit/src/a.ts:2'] },
    ])
  })

  it('does not let one area spend what another has saved', () => {
    const { risen, hasFallen } = compare({ 'packages/db': { unexplainedCasts: 1 } }, [cast(1)])
    expect(risen.map(({ area }) => area)).toEqual(['packages/kit'])
    expect(hasFallen).toBe(true)
  })

  it('accepts its own baseline', () => {
    const findings = [cast(1), cast(2)]
    expect(compare(toBaseline(findings), findings)).toEqual({ risen: [], hasFallen: false })
  })
})

describe('lower', () => {
  it('follows counts down and never up', () => {
    const findings: Findings[] = [
      { ...none, suppressions: ['packages/kit/src/a.ts:1', 'packages/kit/src/a.ts:2'], longFiles: ['packages/kit/src/a.ts:400'] },
    ]
    expect(lower({ 'packages/kit': { suppressions: 5, unexplainedCasts: 1 }, 'packages/gone': { longFiles: 1 } }, findings)).toEqual({
      'packages/kit': { suppressions: 2 },
    })
  })
})
