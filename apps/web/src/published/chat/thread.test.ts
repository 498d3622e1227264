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
