import { describe, expect, it } from 'vitest'
import { extractThread, LINEAR_PARENT } from './thread.ts'

const message = (id: string, parent: string | null) => ({ id, parent_message_id: parent })
const ids = (thread: readonly { readonly id: string }[]): string[] => thread.map(({ id }) => id)

describe('the thread that leads to a new message', () => {
  it('is every turn where none names its parent', () => {
    const newestFirst = [message('c', LINEAR_PARENT), message('b', LINEAR_PARENT), message('a', LINEAR_PARENT)]
    expect(ids(extractThread(newestFirst, LINEAR_PARENT))).toEqual(['c', 'b', 'a'])
  })

  it('passes over other branches', () => {
    const newestFirst = [message('b2', 'a'), message('c', 'b1'), message('b1', 'a'), message('a', null)]
    expect(ids(extractThread(newestFirst, 'c'))).toEqual(['c', 'b1', 'a'])
    expect(ids(extractThread(newestFirst, 'b2'))).toEqual(['b2', 'a'])
  })

  it('ends at a turn without a parent, and is empty for one', () => {
    const newestFirst = [message('b', null), message('a', null)]
    expect(ids(extractThread(newestFirst, 'b'))).toEqual(['b'])
    expect(extractThread(newestFirst, null)).toEqual([])
  })

  it('is empty where the parent is no message of the conversation', () => {
    expect(extractThread([message('a', null)], 'elsewhere')).toEqual([])
  })
})
