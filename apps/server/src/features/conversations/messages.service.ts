import { AppError } from '@trellis/contracts'
import { type Db, isUniqueViolation } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { findOwnConversation, type Talker } from './conversations.repository.ts'
import type { Page } from './conversations.service.ts'
import { findMessageOf, findOwnMessage, listNewestMessages, type MessageRow } from './messages.repository.ts'
import { deleteSavedMessage, insertSavedMessage, listSavedMessages } from './saved-messages.repository.ts'

export interface MessagePage {
  readonly conversationId: string
  /** Only what came before this message. */
  readonly firstId: string | undefined
  readonly limit: number
}

/** A page of a conversation's messages, the newest page first and oldest to newest inside. @throws `not_found` (`firstId`) */
export async function pageMessages(db: Db, tenantId: string, { conversationId, firstId, limit }: MessagePage): Promise<Page<MessageRow>> {
  const before = firstId === undefined ? undefined : await findMessageOf(db, tenantId, { conversationId, id: firstId })
  if (firstId !== undefined && !before) throw new AppError('not_found', { message: 'First Message Not Exists.' })
  const rows = await listNewestMessages(db, tenantId, { conversationId, before, limit: limit + 1 })
  return { rows: rows.slice(0, limit).toReversed(), hasMore: rows.length > limit }
}

/** An end user of an app. */
export interface Visitor extends Talker {
  readonly endUserId: string
}

export interface MessageService {
  /** @throws `not_found` (conversation, first message) */
  list(talker: Talker, page: MessagePage): Promise<Page<MessageRow>>
  /** @throws `not_found` */
  get(talker: Talker, id: string): Promise<MessageRow>
  /** @throws `not_found` where `lastId` is no message of theirs */
  listSaved(visitor: Visitor, page: { readonly lastId: string | undefined; readonly limit: number }): Promise<Page<MessageRow>>
  /** Keeping twice is keeping once. @throws `not_found` */
  save(visitor: Visitor, messageId: string): Promise<void>
  forget(visitor: Visitor, messageId: string): Promise<void>
}

export function createMessageService({ db, clock }: { readonly db: Db; readonly clock: Clock }): MessageService {
  const get = async (talker: Talker, id: string): Promise<MessageRow> => {
    const message = await findOwnMessage(db, talker, id)
    if (!message) throw new AppError('not_found', { message: 'Message Not Exists.' })
    return message
  }
  return {
    get,
    async list(talker, page) {
      const conversation = await findOwnConversation(db, talker, page.conversationId)
      if (!conversation) throw new AppError('not_found', { message: 'Conversation Not Exists.' })
      return pageMessages(db, talker.tenantId, page)
    },
    async listSaved(visitor, { lastId, limit }) {
      const after = lastId === undefined ? undefined : await findOwnMessage(db, visitor, lastId)
      if (lastId !== undefined && !after) throw new AppError('not_found', { message: 'Last Message Not Exists.' })
      const rows = await listSavedMessages(db, visitor.tenantId, { ...visitor, after, limit: limit + 1 })
      return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
    },
    async save(visitor, messageId) {
      const { tenantId, appId, endUserId } = visitor
      const message = await get(visitor, messageId)
      const row = {
        id: newId(),
        tenant_id: tenantId,
        app_id: appId,
        message_id: message.id,
        end_user_id: endUserId,
        created_at: clock.now(),
      }
      await insertSavedMessage(db, row).catch((error: unknown) => {
        if (!isUniqueViolation(error)) throw error
      })
    },
    forget: (visitor, messageId) => deleteSavedMessage(db, visitor.tenantId, { endUserId: visitor.endUserId, messageId }),
  }
}
