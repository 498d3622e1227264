import type { LogMessage } from '../../api/types/conversations.ts'

/** A turn of the log, and the how manieth answer to its question it is, from 1. */
export interface LoggedTurn {
  readonly message: LogMessage
  readonly attempt: number
}

/** What the servers write where a turn simply follows the one before. */
const LINEAR_PARENT = '00000000-0000-0000-0000-000000000000'

/** An answer given again follows the same turn as the one before, and to the same question. Messages come oldest first. */
export function toLoggedTurns(messages: readonly LogMessage[]): LoggedTurn[] {
  return messages.map((message, position) => {
    const before = messages.slice(0, position).filter((other) => isSameQuestion(other, message))
    return { message, attempt: before.length + 1 }
  })
}

const isSameQuestion = (one: LogMessage, other: LogMessage): boolean =>
  other.parent_message_id !== LINEAR_PARENT && one.parent_message_id === other.parent_message_id && one.query === other.query
