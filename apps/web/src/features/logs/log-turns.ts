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
  const attempts = new Map<string, number>()
  return messages.map((message) => {
    const { parent_message_id: parent, query, id } = message
    // What simply follows the turn before is the only answer to its question.
    const question = parent === LINEAR_PARENT ? id : `${parent} ${query}`
    const attempt = (attempts.get(question) ?? 0) + 1
    attempts.set(question, attempt)
    return { message, attempt }
  })
}
