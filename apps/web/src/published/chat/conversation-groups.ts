/** A conversation in the list. */
export interface ConversationEntry {
  readonly id: string
  readonly name: string
  readonly isPinned: boolean
  /** Unix seconds. */
  readonly updatedAt: number
  readonly inputs: Readonly<Record<string, unknown>>
  readonly introduction: string | null
}

export type GroupName = 'pinned' | 'today' | 'earlier'

export interface ConversationGroup {
  readonly name: GroupName
  readonly entries: readonly ConversationEntry[]
}

/** Pinned ones, those of the day that `nowMs` is in (by the device's clock), and the rest; each newest first, empty groups left out. */
export function groupConversations(entries: readonly ConversationEntry[], nowMs: number): ConversationGroup[] {
  const midnight = new Date(nowMs)
  midnight.setHours(0, 0, 0, 0)
  const todayFrom = midnight.getTime() / 1000
  const groupOf = (entry: ConversationEntry): GroupName => (entry.isPinned ? 'pinned' : entry.updatedAt >= todayFrom ? 'today' : 'earlier')
  const newestFirst = entries.toSorted((one, other) => other.updatedAt - one.updatedAt)
  const names: readonly GroupName[] = ['pinned', 'today', 'earlier']
  return names
    .map((name) => ({ name, entries: newestFirst.filter((entry) => groupOf(entry) === name) }))
    .filter((group) => group.entries.length > 0)
}
