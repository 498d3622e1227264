import { describe, expect, it } from 'vitest'
import { type Anchor, areSame, chunksOf, findAnchor, positionAt } from './turn-chunks.ts'

const turns = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, index) => `t${from + index}`)

/** How a list is parted of which `drawn` is drawn. */
function parted(keys: readonly string[], anchor: Anchor | undefined, drawn = keys) {
  const found = findAnchor(keys, anchor) ?? expect.fail('there are turns')
  const position = positionAt(keys, keys.indexOf(drawn[0] ?? ''), found)
  return { anchor: found, chunks: chunksOf(drawn, position).map(({ id, items }) => [id, items[0], items.at(-1)]) }
}

describe('chunks of turns', () => {
  it('keep each turn in its chunk, whatever comes before and after, and while the list is drawn and taken away', () => {
    const first = parted(turns(10, 20), undefined, turns(12, 20))
    expect(first.chunks).toEqual([[-1, 't12', 't19']])
    const asked = parted(turns(10, 21), first.anchor)
    expect(asked.chunks).toEqual([
      [-2, 't10', 't11'],
      [-1, 't12', 't19'],
      [0, 't20', 't20'],
    ])
    const older = parted(turns(3, 21), asked.anchor)
    expect(older.chunks).toEqual([
      [-3, 't3', 't3'],
      [-2, 't4', 't11'],
      [-1, 't12', 't19'],
      [0, 't20', 't20'],
    ])
    expect(parted(turns(3, 21), older.anchor, turns(3, 6)).chunks).toEqual([
      [-3, 't3', 't3'],
      [-2, 't4', 't5'],
    ])
  })

  it('are counted anew where the turn is gone that they were counted from', () => {
    const { anchor } = parted(turns(0, 3), undefined)
    expect(parted(turns(5, 7), anchor).chunks).toEqual([[-1, 't5', 't6']])
  })

  it('are none where nothing was said', () => {
    expect(findAnchor([], { key: 'gone', position: 0 })).toBeUndefined()
    expect(chunksOf([], 0)).toEqual([])
  })

  it('are the same where their items have the same parts', () => {
    const turn = { text: 'Hi' }
    expect(areSame([{ turn, attempt: 1 }], [{ turn, attempt: 1 }])).toBe(true)
    expect(areSame([{ turn, attempt: 1 }], [{ turn, attempt: 2 }])).toBe(false)
    expect(areSame([{ turn }], [{ turn: { ...turn } }])).toBe(false)
    expect(areSame([{ turn }], [{ turn }, { turn }])).toBe(false)
  })
})
