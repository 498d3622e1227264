import { describe, expect, it } from 'vitest'
import {
  dumpJson,
  Float,
  float,
  getKey,
  integer,
  isDict,
  isEqual,
  isFloat,
  isInteger,
  isNumber,
  PythonError,
  parseJson,
  repr,
  str,
  toDict,
  toNumber,
  toPlain,
} from './index.ts'

describe('numbers', () => {
  it('tells integers from floats', () => {
    expect([1, -0, 10n, 1e20].map(isInteger)).toEqual([true, true, true, true])
    expect([1.5, Number.NaN, Number.POSITIVE_INFINITY, float(1)].map(isFloat)).toEqual([true, true, true, true])
    expect(isNumber(true)).toBe(false)
  })

  it('boxes only floats that would be taken for integers', () => {
    expect(float(1.5)).toBe(1.5)
    expect(float(-0)).toBeInstanceOf(Float)
    expect(str(float(-0))).toBe('-0.0')
  })

  it('keeps integers as numbers where these are exact', () => {
    expect(integer(5n)).toBe(5)
    expect(integer(2n ** 60n)).toBe(2n ** 60n)
    expect([float(2), 3n, true].map(toNumber)).toEqual([2, 3, 1])
  })

  it('prints integers beyond the safe range in full', () => {
    expect(str(1e23)).toBe('99999999999999991611392')
    expect(dumpJson([1e21])).toBe('[1000000000000000000000]')
  })
})

describe('floats that JSON.parse would take for integers', () => {
  it.each(['1.0', '0.0', '12.000', '1e3', '999999999999999.95', '0.99999999999999999', '1.0000000000000000001'])(
    'reads %s as a float',
    (text) => {
      expect(isFloat(parseJson(text))).toBe(true)
      expect(parseJson(`{"a": [${text}]}`)).toEqual({ a: [parseJson(text)] })
    },
  )

  it('takes no date for a number below zero', () => {
    expect(parseJson('["2026-01-05", 0.10, -0.5, -0]')).toEqual(['2026-01-05', 0.1, -0.5, 0])
  })
})

describe('dicts', () => {
  it('know only the keys that they were given', () => {
    const dict = parseJson('{"__proto__": {"admin": true}, "a": 1.0}')
    if (!isDict(dict)) throw new Error('not a dict')
    expect(Object.getPrototypeOf(dict)).toBe(Object.prototype)
    expect(getKey(dict, 'admin')).toBeUndefined()
    expect(getKey(dict, 'constructor')).toBeUndefined()
    expect(getKey(dict, '__proto__')).toEqual({ admin: true })
    expect(repr(toDict([['__proto__', 1]]))).toBe("{'__proto__': 1}")
    expect(isEqual({}, { toString: 1 })).toBe(false)
  })
})

describe('what is nested too deep', () => {
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

  it('is refused when read, with and without numbers that need care', () => {
    expect(() => parseJson(deep(100_000))).toThrow(PythonError)
    expect(() => parseJson(`[1.0, ${deep(100_000)}]`)).toThrow(PythonError)
    expect(repr(parseJson(deep(900)))).toBe(deep(900))
  })

  it('counts brackets within strings as text', () => {
    expect(parseJson(JSON.stringify('['.repeat(5000)))).toBe('['.repeat(5000))
  })

  it('is refused when printed, compared or made plain', () => {
    let one: unknown[] = []
    let other: unknown[] = []
    for (let level = 0; level < 100_000; level++) {
      one = [one]
      other = [other]
    }
    for (const action of [() => repr(one as never), () => dumpJson(one as never), () => toPlain(one as never)])
      expect(action).toThrow('maximum recursion depth exceeded')
    expect(() => isEqual(one as never, other as never)).toThrow('maximum recursion depth exceeded')
  })
})

describe('toPlain', () => {
  it('turns floats and big integers into numbers, and what JSON has not into null', () => {
    expect(toPlain(parseJson('[1.0, 1208925819614629174706176, NaN, {"a": 2.0}]'))).toEqual([1, 2 ** 80, null, { a: 2 }])
  })

  it('returns what is plain already, uncopied', () => {
    const value = { a: [1, { b: 'c' }] }
    expect(toPlain(value)).toBe(value)
  })
})
