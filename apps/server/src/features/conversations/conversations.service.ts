import { AppError, type ConversationSort } from '@trellis/contracts'
import type { Db, InvokeFrom } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import {
  type ConversationChange,
  type ConversationRow,
  findOwnConversation,
  listOwnConversations,
  replaceName,
  type Talker,
  updateConversation,
} from './conversations.repository.ts'
import { findFirstMessage } from './messages.repository.ts'
import type { Naming } from './naming.service.ts'

export interface ConversationPage {
  readonly invokeFrom: InvokeFrom
  readonly isPinned: boolean | undefined
  readonly sortBy: ConversationSort
  readonly lastId: string | undefined
  readonly limit: number
}

/** A page of a list that goes on. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly hasMore: boolean
}

/** What talkers do with their own conversations. All but `list` throw `not_found` where it is not theirs, or deleted. */
export interface ConversationService {
  /** @throws `not_found` where `lastId` is none of theirs */
  list(talker: Talker, page: ConversationPage): Promise<Page<ConversationRow>>
  get(talker: Talker, id: string): Promise<ConversationRow>
  /** @throws `invalid_param` where the name is too long */
  rename(talker: Talker, id: string, name: string): Promise<ConversationRow>
  /** Has a model name it now. What it was called by hand meanwhile stays. */
  renameByModel(talker: Talker, id: string): Promise<ConversationRow>
  setPinned(talker: Talker, id: string, isPinned: boolean): Promise<void>
  /** It is gone for the talker; the app's log keeps it. */
  delete(talker: Talker, id: string): Promise<void>
}

export interface ConversationServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly naming: Naming
}

const MAX_NAME = 255
const NAMING_TIMEOUT_MS = 30_000

export function createConversationService({ db, clock, naming }: ConversationServiceDependencies): ConversationService {
  const get = async (talker: Talker, id: string): Promise<ConversationRow> => {
    const conversation = await findOwnConversation(db, talker, id)
    if (!conversation) throw new AppError('not_found', { message: 'Conversation Not Exists.' })
    return conversation
  }
  const change = async (talker: Talker, id: string, change: ConversationChange): Promise<void> => {
    await get(talker, id)
    await updateConversation(db, talker.tenantId, { id, change })
  }
  return {
    get,
    async list(talker, { lastId, limit, ...filter }) {
      const after = lastId === undefined ? undefined : await findOwnConversation(db, talker, lastId)
      if (lastId !== undefined && !after) throw new AppError('not_found', { message: 'Last Conversation Not Exists.' })
      const rows = await listOwnConversations(db, talker, { ...filter, after, limit: limit + 1 })
      return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
    },
    async rename(talker, id, given) {
      const name = given.replaceAll('\u0000', '').trim()
      if ([...name].length > MAX_NAME) {
        const refusal = { reason: 'name_too_long', values: { limit: MAX_NAME } } as const
        throw new AppError('invalid_param', { message: `A name has at most ${MAX_NAME} characters.`, param: 'name', refusal })
      }
      await change(talker, id, { name, updated_at: clock.now() })
      return get(talker, id)
    },
    async renameByModel(talker, id) {
      const { tenantId } = talker
      const { name: from } = await get(talker, id)
      const first = await findFirstMessage(db, tenantId, id)
      if (first?.query.trim()) {
        const to = await naming.makeName({ query: first.query, talker }, AbortSignal.timeout(NAMING_TIMEOUT_MS))
        await replaceName(db, tenantId, { id, from, to })
      }
      return get(talker, id)
    },
    setPinned: (talker, id, isPinned) => change(talker, id, { pinned_at: isPinned ? clock.now() : null }),
    delete: (talker, id) => change(talker, id, { deleted_at: clock.now() }),
  }
}
