import { describe, expect, it } from 'vitest'
import { type ConversationEntry, groupConversations } from './conversation-groups.ts'

const noon = new Date(2026, 4, 10, 12).getTime()
const secondsAt = (day: number, hour: number) => new Date(2026, 4, day, hour).getTime() / 1000

function anEntry(id: string, entry: Partial<ConversationEntry> = {}): ConversationEntry {
  return { id, name: id, isPinned: false, updatedAt: secondsAt(10, 11), inputs: {}, introduction: null, ...entry }
}

const namesOf = (entries: readonly ConversationEntry[]) =>
  groupConversations(entries, noon).map((group) => [group.name, group.entries.map((entry) => entry.id)])

describe('groupConversations', () => {
  it('parts the day from what was before it', () => {
    expect(namesOf([anEntry('yesterday', { updatedAt: secondsAt(9, 23) }), anEntry('morning', { updatedAt: secondsAt(10, 0) })])).toEqual([
      ['today', ['morning']],
      ['earlier', ['yesterday']],
    ])
  })

  it('keeps pinned ones together, whatever their age', () => {
    expect(namesOf([anEntry('old', { isPinned: true, updatedAt: 1 }), anEntry('new', { isPinned: true })])).toEqual([
      ['pinned', ['new', 'old']],
    ])
  })

  it('leaves out what is empty', () => {
    expect(groupConversations([], noon)).toEqual([])
  })
})
