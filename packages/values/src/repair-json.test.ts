import { expect, it } from 'vitest'
import mended from './__fixtures__/json-repair.json'
import { dumpJson } from './dump-json.ts'
import { repairJson } from './repair-json.ts'

/** What `json_repair` 0.64.6 made of these texts; an empty answer is its word for nothing. */
it.each(mended)('mends $text', ({ text, repaired }) => {
  const value = repairJson(text)
  expect(value === undefined ? '' : dumpJson(value)).toBe(repaired)
})

it('keeps 1 and 1.0 apart', () => {
  expect(dumpJson(repairJson("{'a': 1, 'b': 1.0, 'c': 12345678901234567890,}") ?? null)).toBe(
    '{"a": 1, "b": 1.0, "c": 12345678901234567890}',
  )
})

it('has an end, whatever it is given', () => {
  expect(repairJson('['.repeat(100_000))).toBeUndefined()
  expect(repairJson(`${'{'.repeat(500)}"a"`)).toBeTypeOf('object')
  expect(repairJson(`{"a": "${'x" y, '.repeat(20_000)}`)).toBeTypeOf('object')
  expect(repairJson(`{"a": "${'}'.repeat(200_000)}x`)).toBeTypeOf('object')
})
