import type { AppsTable, Db } from '@trellis/db'
import type { Logger } from '@trellis/spec'
import { countTokens, type ModelCaller, type ModelGateway, type ResolvedLanguageModel } from '../models/index.ts'
import { extractThread, type SuggestionConfig } from '../turns/index.ts'
import { askModel } from './ask-model.ts'
import type { Talker } from './conversations.repository.ts'
import { listNewestMessages, type MessageRow } from './messages.repository.ts'
import { parseQuestions, toHistoryText, toSuggestionPrompt } from './suggested-questions.ts'

const HISTORY = { maxMessages: 3, maxTokens: 3000, countTokens }
/** Rows that are looked at for those: other branches lie between. */
const THREAD_ROWS = 100
const PARAMETERS = { temperature: 0, max_tokens: 2560 }
const TIMEOUT_MS = 60_000

export interface SuggestionRequest {
  readonly app: AppsTable
  /** Who wants to know. */
  readonly talker: Talker
  readonly config: SuggestionConfig
  readonly message: MessageRow
}

export interface Suggestions {
  /** What might be asked after the message; nothing where the model fails, for an answer is no worse without. */
  suggest(request: SuggestionRequest): Promise<readonly string[]>
}

export interface SuggestionDependencies {
  readonly db: Db
  readonly gateway: ModelGateway
  readonly logger: Logger
}

export const asksForSuggestions = (config: SuggestionConfig): boolean => config.suggested_questions_after_answer?.enabled ?? false

export function createSuggestions({ db, gateway, logger }: SuggestionDependencies): Suggestions {
  return {
    async suggest({ app, talker, config, message }) {
      const settings = config.suggested_questions_after_answer
      try {
        const model = await findModel(gateway, callerOf(talker, message), settings?.model)
        if (!model) return []
        const older = await listNewestMessages(db, app.tenant_id, {
          conversationId: message.conversation_id,
          before: message,
          limit: THREAD_ROWS,
        })
        const history = await toHistoryText(extractThread([message, ...older], message.id), HISTORY)
        const question = {
          text: toSuggestionPrompt(history, settings?.prompt),
          parameters: { ...PARAMETERS, ...settings?.model?.completion_params },
        }
        return parseQuestions(await askModel(model, question, AbortSignal.timeout(TIMEOUT_MS)))
      } catch (error) {
        logger.warn({ err: error, appId: app.id, messageId: message.id }, 'No questions could be suggested')
        return []
      }
    },
  }
}

type Settings = NonNullable<SuggestionConfig['suggested_questions_after_answer']>

const callerOf = (talker: Talker, { id, run_id: runId }: MessageRow): ModelCaller => ({
  ...talker,
  runId,
  messageId: id,
  purpose: 'suggestion',
})

const findModel = (gateway: ModelGateway, caller: ModelCaller, chosen: Settings['model']): Promise<ResolvedLanguageModel | undefined> =>
  chosen
    ? gateway.resolveLanguageModel({ caller, provider: chosen.provider, model: chosen.name })
    : gateway.findDefaultLanguageModel(caller)
