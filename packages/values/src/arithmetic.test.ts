import { describe, expect, it } from 'vitest'
import { add, divide, floorDivide, modulo, multiply, negate, power, subtract } from './arithmetic.ts'
import { float } from './value.ts'

describe('arithmetic', () => {
  it('keeps integers integers, whatever their size', () => {
    expect(add(1, true)).toBe(2)
    expect(add(2 ** 53 - 1, 1)).toBe(9007199254740992n)
    expect(subtract(9007199254740992n, 1)).toBe(9007199254740991)
    expect(multiply(3037000500, 3037000500)).toBe(9223372037000250000n)
    expect(power(2, 64)).toBe(18446744073709551616n)
    expect(Object.is(multiply(-1, 0), 0)).toBe(true)
  })

  it('makes floats of floats and of true division', () => {
    expect(add(1, 0.5)).toBe(1.5)
    expect(add(0.5, 0.5)).toEqual(float(1))
    expect(divide(4, 2)).toEqual(float(2))
    expect(divide(10n ** 30n, 10n ** 29n)).toEqual(float(10))
    expect(power(2, -1)).toBe(0.5)
    expect(power(10, -400)).toEqual(float(0))
    expect(power(4, 0.5)).toEqual(float(2))
  })

  it('rounds division down, and gives the rest the sign of the divisor', () => {
    expect([floorDivide(-7, 2), modulo(-7, 2), modulo(7, -2), floorDivide(7, -2)]).toEqual([-4, 1, -1, -4])
    expect([floorDivide(-(10n ** 20n), 3), modulo(-(10n ** 20n), 3)]).toEqual([-33333333333333333334n, 2])
    expect([floorDivide(-7.5, 2), modulo(-7.5, 2)]).toEqual([float(-4), 0.5])
  })

  it('refuses what Python refuses, and integers without bound', () => {
    expect(() => divide(1, 0)).toThrow('division by zero')
    expect(() => modulo(1, 0)).toThrow('integer modulo by zero')
    expect(() => power(0, -1)).toThrow('0.0 cannot be raised to a negative power')
    expect(() => power(10, 10 ** 9)).toThrow('more than 65536 bits')
    expect(() => power(10.5, 1000)).toThrow('Numerical result out of range')
    expect(() => add(10n ** 400n, 0.5)).toThrow('int too large to convert to float')
    expect(power(-1, 10n ** 30n)).toBe(1)
    expect(negate(-(2n ** 60n))).toBe(2n ** 60n)
  })
})
