import type { Db } from '@trellis/db'
import { type LogFilter, type LoggedConversation, selectListed, talkerNames } from './listed-conversations.ts'

/** Conversations by id, which is their order of time: unlike places in a list, ids stay while others begin. */
export const listLoggedAfter = (
  db: Db,
  tenantId: string,
  { afterId, limit, ...filter }: LogFilter & { readonly afterId: string; readonly limit: number },
): Promise<LoggedConversation[]> =>
  selectListed(db, tenantId, filter)
    .selectAll('conversations')
    .select(talkerNames)
    .where('conversations.id', '>', afterId)
    .orderBy('conversations.id')
    .limit(limit)
    .execute()

/** Where a walk over turns stands: the last one that it has seen. */
export interface TurnPlace {
  readonly conversation_id: string
  readonly id: string
}

/** Turns of some conversations, one conversation after the other, without the prompts that were sent, which may be long. */
export const listTurnsAfter = (
  db: Db,
  tenantId: string,
  { conversationIds, after, limit }: { readonly conversationIds: readonly string[]; readonly after: TurnPlace; readonly limit: number },
) =>
  db
    .selectFrom('messages')
    .select(['id', 'conversation_id', 'inputs', 'query', 'answer', 'status', 'error', 'is_stopped', 'prompt_tokens', 'completion_tokens'])
    .select(['total_price_nano', 'currency', 'provider_latency_ms', 'model_provider', 'model_id', 'created_at'])
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', 'in', conversationIds)
    .where((where) =>
      where.or([
        where('conversation_id', '>', after.conversation_id),
        where.and([where('conversation_id', '=', after.conversation_id), where('id', '>', after.id)]),
      ]),
    )
    .orderBy('conversation_id')
    .orderBy('id')
    .limit(limit)
    .execute()

export type LoggedTurn = Awaited<ReturnType<typeof listTurnsAfter>>[number]
