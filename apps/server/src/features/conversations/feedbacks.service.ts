import { AppError, type MessageRating } from '@trellis/contracts'
import { type Db, inTransaction } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import {
  deleteFeedback,
  type FeedbackRow,
  findFeedback,
  insertFeedback,
  listFeedbacksOfApp,
  type Rater,
  updateFeedback,
} from './feedbacks.repository.ts'
import { lockMessage, type MessageRow } from './messages.repository.ts'

export interface Rating {
  /** Null takes the rating back. */
  readonly rating: MessageRating | null
  readonly content?: string | null | undefined
}

export interface Feedbacks {
  /** One rating a rater: a further one replaces it. @throws `not_found` where the message is gone */
  rate(message: Pick<MessageRow, 'id' | 'tenant_id' | 'app_id' | 'conversation_id'>, rater: Rater, rating: Rating): Promise<void>
  /** Of everybody, newest first. */
  listOfApp(
    tenantId: string,
    page: { readonly appId: string; readonly offset: number; readonly limit: number },
  ): Promise<readonly FeedbackRow[]>
}

export function createFeedbacks({ db, clock }: { readonly db: Db; readonly clock: Clock }): Feedbacks {
  return {
    listOfApp: (tenantId, page) => listFeedbacksOfApp(db, tenantId, page),
    rate: (message, rater, { rating, content }) =>
      inTransaction(db, async (db) => {
        const { id: messageId, tenant_id: tenantId, app_id: appId } = message
        const isThere = await lockMessage(db, tenantId, { appId, id: messageId })
        if (!isThere) throw new AppError('not_found', { message: 'Message Not Exists.' })
        const given = await findFeedback(db, tenantId, { messageId, rater })
        if (rating === null) {
          if (given) await deleteFeedback(db, tenantId, given.id)
          return
        }
        const now = clock.now()
        const change = {
          rating,
          content: content?.replaceAll('\u0000', '') ?? null,
          from_account_id: rater.type === 'admin' ? rater.accountId : null,
          updated_at: now,
        }
        if (given) return updateFeedback(db, tenantId, { id: given.id, change })
        await insertFeedback(db, {
          ...change,
          id: newId(),
          tenant_id: tenantId,
          app_id: appId,
          conversation_id: message.conversation_id,
          message_id: messageId,
          from_source: rater.type,
          from_end_user_id: rater.type === 'user' ? rater.endUserId : null,
          created_at: now,
        })
      }),
  }
}
