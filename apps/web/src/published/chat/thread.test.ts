import { describe, expect, it } from 'vitest'
import { type ChatTurn, newChatTurn } from './chat-turn.ts'
import { newestDescendant, visibleThread } from './thread.ts'

function aTurn(id: string, parentId: string | null): ChatTurn {
  return { ...newChatTurn({ key: id, query: id, parentId, attachments: [] }), messageId: id, status: 'done' }
}

//  a ─┬─ b ── d
//     └─ c
const turns = [aTurn('a', null), aTurn('b', 'a'), aTurn('c', 'a'), aTurn('d', 'b')]
const keys = (leafKey?: string) => visibleThread(turns, leafKey).map((item) => item.turn.key)

describe('visibleThread', () => {
  it('ends at the newest turn unless another is chosen', () => {
    expect(keys()).toEqual(['a', 'b', 'd'])
    expect(keys('c')).toEqual(['a', 'c'])
  })

  it('tells the other answers to a question', () => {
    expect(visibleThread(turns, 'c').map((item) => item.siblings?.map((turn) => turn.key))).toEqual([undefined, ['b', 'c']])
  })

  it('counts no failure without a word that was asked again in the same words, unless it is on view or was gone on from', () => {
    const failed = (id: string, more: Partial<ChatTurn> = {}): ChatTurn => ({ ...aTurn(id, 'a'), query: 'b', status: 'failed', ...more })
    const siblings = (others: readonly ChatTurn[], leafKey?: string) =>
      visibleThread([aTurn('a', null), ...others], leafKey)[1]?.siblings?.map(({ key }) => key)
    const answered = aTurn('b', 'a')
    expect(siblings([failed('x'), answered])).toBeUndefined()
    expect(siblings([failed('x'), failed('y')])).toBeUndefined()
    expect(siblings([failed('x'), answered], 'x')).toEqual(['x', 'b'])
    expect(siblings([failed('x', { answer: 'Hel' }), answered])).toEqual(['x', 'b'])
    expect(siblings([failed('x', { query: 'in other words' }), answered])).toEqual(['x', 'b'])
    expect(siblings([failed('x'), aTurn('c', 'x'), answered])).toEqual(['x', 'b'])
  })

  it('is empty without turns, and shows a turn whose parent is out of sight', () => {
    expect(visibleThread([], undefined)).toEqual([])
    expect(visibleThread([aTurn('x', 'gone')], undefined).map((item) => item.turn.key)).toEqual(['x'])
  })
})

describe('newestDescendant', () => {
  it('follows a chosen answer to its end', () => {
    const [, b, c] = turns
    expect(b && newestDescendant(turns, b).key).toBe('d')
    expect(c && newestDescendant(turns, c).key).toBe('c')
  })
})
