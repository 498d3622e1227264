import { describe, expect, it } from 'vitest'
import { claimsOf } from './abilities.ts'
import { coverage } from './coverage.ts'

describe.each(coverage.map((each) => [each.provider.id, each] as const))('%s', (_, { provider, abilities, failures, references }) => {
  it('has a case for each ability that its catalogue claims', () => {
    const lacking = claimsOf(provider).filter((ability) => (abilities.get(ability)?.length ?? 0) === 0)
    expect(lacking).toEqual([])
  })

  it('has a case for each failure', () => {
    expect([...failures].filter(([, sources]) => sources.length === 0)).toEqual([])
  })

  it('names the pages that its fixtures were written from, and when they were read', () => {
    for (const { address, readOn } of references) {
      expect(address).toMatch(/^https:\/\//)
      expect(readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  })
})
