import { expect, it } from 'vitest'
import { parseJson } from './parse-json.ts'
import { repairJson } from './repair-json.ts'
import { toFloat, toInteger } from './to-number.ts'
import { toNumber } from './value.ts'

it.each([
  ['1', 1],
  ['1.', 1],
  ['.5', 0.5],
  ['1_000.5e-1', 100.05],
  [' -2e2 ', -200],
])('%j is a float', (text, number) => {
  expect(toNumber(toFloat(text))).toBe(number)
})

it.each(['', '.', '1__0', '1e', '1_', 'e5'])('%j is none', (text) => {
  expect(() => toFloat(text)).toThrow('could not convert string to float')
})

it('long digits take no long time, whatever follows them', () => {
  const digits = '1'.repeat(300_000)
  for (const text of [`${digits}x`, `${digits}.${digits}x`, `1e${digits}x`]) expect(() => toFloat(text)).toThrow('could not convert')
  expect(() => toInteger(digits)).toThrow('Exceeds the limit (4300 digits)')
  expect(() => parseJson(`[${digits}]`)).toThrow('too many digits')
  expect(repairJson(`{"a": ${digits}x}`)).toEqual({ a: `${digits}x` })
})
