import { float } from '@trellis/values'
import { expect, it } from 'vitest'
import { floatsFromExponents } from './exponents.ts'

it('makes floats of numbers with an exponent, at any depth, and of nothing else', () => {
  expect(floatsFromExponents({ a: '1.5e+3', b: ['2E-1', '1e5', '12'], c: { d: '-3.e+2' } })).toEqual({
    a: float(1500),
    b: [float(0.2), '1e5', '12'],
    c: { d: float(-300) },
  })
})

it('passes over long digits in no long time', () => {
  const digits = '1'.repeat(300_000)
  expect(floatsFromExponents({ a: digits, b: `${digits}.${digits}` })).toEqual({ a: digits, b: `${digits}.${digits}` })
})
