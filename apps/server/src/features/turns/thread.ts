/** What of a message decides to which thread it belongs. */
export interface ThreadMessage {
  readonly id: string
  readonly parent_message_id: string | null
}

/** Parent of messages that came through an API without branches: the turn before, whichever it is. */
export const LINEAR_PARENT = '00000000-0000-0000-0000-000000000000'

/**
 * The turns that lead to a new message, newest first (workflow spec 6.5): each names its parent; one without a parent ends the
 * thread; the nil parent means the next older row. Rows of other branches are skipped.
 */
export function extractThread<T extends ThreadMessage>(newestFirst: readonly T[], parentId: string | null): readonly T[] {
  const thread: T[] = []
  let wanted = parentId
  for (const message of newestFirst) {
    if (wanted === null) break
    if (wanted !== LINEAR_PARENT && message.id !== wanted) continue
    thread.push(message)
    wanted = message.parent_message_id
  }
  return thread
}
