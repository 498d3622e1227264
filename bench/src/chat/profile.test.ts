import { expect, it } from 'vitest'
import { selfTimes } from './profile.ts'

const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber })

it('sums the own time of a function over all places that it was called from, idle time apart', () => {
  const { total, functions } = selfTimes({
    nodes: [
      { id: 1, callFrame: frame('(idle)') },
      { id: 2, callFrame: frame('parse', 'file:///somewhere/main.mjs', 9) },
      { id: 3, callFrame: frame('parse', 'file:///somewhere/main.mjs', 9) },
      { id: 4, callFrame: frame('', 'node:http', 4) },
    ],
    samples: [1, 2, 3, 4],
    timeDeltas: [9_000, 1_000, 2_000, 1_000],
  })
  expect(total).toBe(4)
  expect(functions).toEqual([
    { label: 'parse  main.mjs:10', ms: 3 },
    { label: '(anonymous)  node:http:5', ms: 1 },
  ])
})
