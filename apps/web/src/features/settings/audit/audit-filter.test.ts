import { expect, it } from 'vitest'
import { toFilter, unfiltered } from './audit-filter.ts'

it('asks for everything where nothing is chosen', () => {
  expect(toFilter(unfiltered, 1_750_000_000_000)).toEqual({ kind: undefined, accountId: undefined, since: undefined })
})

it('counts a period back from now, in seconds', () => {
  expect(toFilter({ kind: 'key', accountId: 'a', period: 'week' }, 1_750_000_000_999)).toEqual({
    kind: 'key',
    accountId: 'a',
    since: 1_750_000_000 - 7 * 86_400,
  })
})
