import type { Db } from '@trellis/db'
import { createJobRegistration } from '@trellis/queue'
import type { JobDefinition, JobQueue, JobRegistration, Logger } from '@trellis/spec'
import { z } from 'zod'
import type { ModelGateway } from '../models/index.ts'
import { initialName } from '../turns/index.ts'
import { askModel } from './ask-model.ts'
import { fallbackName, parseName, toNamingPrompt } from './conversation-name.ts'
import { findConversation, replaceName, type Talker } from './conversations.repository.ts'
import { findFirstMessage } from './messages.repository.ts'

const payload = z.object({
  tenantId: z.string(),
  conversationId: z.string(),
  /** Jobs of earlier versions have none. */
  apiKeyId: z.string().nullable().default(null),
})

export type ConversationReference = z.infer<typeof payload>

const generateName: JobDefinition<ConversationReference> = {
  name: 'conversations.generate-name',
  queue: 'conversation',
  payload,
  attempts: 3,
  backoffMs: 5_000,
  timeoutMs: 60_000,
}

const DELAY_MS = 1_000

export interface NamingDependencies {
  readonly db: Db
  readonly gateway: ModelGateway
  readonly queue: JobQueue
  readonly logger: Logger
}

export interface Naming {
  readonly jobs: readonly JobRegistration[]
  /** Has a name made in the background. */
  request(conversation: ConversationReference): Promise<void>
  /** A name for the conversation that the message opens; a piece of the message where no model gives one. An abort rejects. */
  makeName(opening: { readonly query: string; readonly talker: Talker }, signal: AbortSignal): Promise<string>
}

export function createNaming({ db, gateway, queue, logger }: NamingDependencies): Naming {
  const makeName: Naming['makeName'] = async ({ query, talker }, signal) => {
    try {
      const model = await gateway.findDefaultLanguageModel({ ...talker, runId: null, messageId: null, purpose: 'naming' })
      const question = { text: toNamingPrompt(query), parameters: { temperature: 1, max_tokens: 500 } }
      return (model && parseName(await askModel(model, question, signal))) ?? fallbackName(query)
    } catch (error) {
      signal.throwIfAborted()
      logger.warn({ err: error, tenantId: talker.tenantId }, 'No model named a conversation; it is called by its first message')
      return fallbackName(query)
    }
  }
  return {
    makeName,
    request: (conversation) =>
      queue.enqueue(generateName, conversation, {
        delayMs: DELAY_MS,
        key: `${generateName.name}:${conversation.conversationId}`,
      }),
    jobs: [
      createJobRegistration(generateName, async ({ payload: { tenantId, conversationId, apiKeyId }, signal }) => {
        const conversation = await findConversation(db, tenantId, conversationId)
        const first = conversation && (await findFirstMessage(db, tenantId, conversationId))
        // Renamed by hand meanwhile, or by an earlier try of this job.
        if (!conversation || !first?.query.trim() || conversation.name !== initialName(first.query)) return
        const { app_id: appId, from_end_user_id: endUserId, from_account_id: accountId } = conversation
        const name = await makeName({ query: first.query, talker: { tenantId, appId, endUserId, accountId, apiKeyId } }, signal)
        await replaceName(db, tenantId, { id: conversationId, from: conversation.name, to: name })
      }),
    ],
  }
}
