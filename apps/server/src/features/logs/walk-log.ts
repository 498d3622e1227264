import type { AppsTable, Db } from '@trellis/db'
import type { LogFilter, LoggedConversation } from './listed-conversations.ts'
import { type LoggedTurn, listLoggedAfter, listTurnsAfter } from './logged-turns.repository.ts'
import { type LoggedFeedback, listFeedbacks } from './logs.repository.ts'

export interface WalkedTurn {
  readonly conversation: LoggedConversation
  readonly turn: LoggedTurn
  readonly feedbacks: readonly LoggedFeedback[]
}

const CONVERSATIONS_AT_ONCE = 100
const TURNS_AT_ONCE = 200

/** Every turn of the conversations that a filter finds, a batch at a time, so that no log is too long. */
export async function* walkLog(
  db: Db,
  { id: appId, tenant_id: tenantId }: Pick<AppsTable, 'id' | 'tenant_id'>,
  filter: Omit<LogFilter, 'appId'>,
): AsyncGenerator<readonly WalkedTurn[], void, undefined> {
  let afterId = ''
  for (;;) {
    const conversations = await listLoggedAfter(db, tenantId, { ...filter, appId, afterId, limit: CONVERSATIONS_AT_ONCE })
    yield* walkTurns(db, tenantId, conversations)
    const last = conversations.at(-1)
    if (!last || conversations.length < CONVERSATIONS_AT_ONCE) return
    afterId = last.id
  }
}

async function* walkTurns(
  db: Db,
  tenantId: string,
  conversations: readonly LoggedConversation[],
): AsyncGenerator<readonly WalkedTurn[], void, undefined> {
  const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]))
  if (byId.size === 0) return
  let after = { conversation_id: '', id: '' }
  for (;;) {
    const turns = await listTurnsAfter(db, tenantId, { conversationIds: [...byId.keys()], after, limit: TURNS_AT_ONCE })
    const last = turns.at(-1)
    if (!last) return
    const feedbacks = Map.groupBy(
      await listFeedbacks(
        db,
        tenantId,
        turns.map(({ id }) => id),
      ),
      (feedback) => feedback.message_id,
    )
    yield turns.flatMap((turn) => {
      const conversation = byId.get(turn.conversation_id)
      return conversation ? [{ conversation, turn, feedbacks: feedbacks.get(turn.id) ?? [] }] : []
    })
    if (turns.length < TURNS_AT_ONCE) return
    after = last
  }
}
