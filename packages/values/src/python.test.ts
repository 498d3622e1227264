import { describe, expect, it } from 'vitest'
import python from './__fixtures__/python.json'
import { compare, contains, dumpJson, isEqual, isTruthy, PythonError, parseJson, repr, str, typeName } from './index.ts'

/** What ours answers, in the form in which Python's answers are kept. */
function attempt(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    return `${error.kind}: ${error.message}`
  }
}

describe('values as Python has them', () => {
  it.each(python.documents)('$text', ({ text, ...expected }) => {
    const value = parseJson(text)
    expect({
      str: str(value),
      repr: repr(value),
      type: typeName(value),
      truthy: isTruthy(value),
      dumps: dumpJson(value),
      compact: dumpJson(value, { compact: true, ensureAscii: false }),
      indented: dumpJson(value, { indent: 2, ensureAscii: false }),
      sorted: dumpJson(value, { sortKeys: true }),
    }).toEqual(expected)
  })

  it.each(python.faults)('refuses $text', ({ text, error }) => {
    expect(attempt(() => parseJson(text))).toBe(error)
  })

  it('compares as Python does', () => {
    for (const { left, right, ...expected } of python.pairs) {
      const one = parseJson(left)
      const other = parseJson(right)
      const answer = {
        equal: isEqual(one, other),
        less: attempt(() => compare(one, other) < 0),
        atMost: attempt(() => compare(one, other, '<=') <= 0),
        in: attempt(() => contains(other, one)),
      }
      expect({ left, right, ...answer }).toEqual({ left, right, ...expected })
    }
  })
})
