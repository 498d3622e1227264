import {
  type AppsTable,
  type ConversationsTable,
  type Db,
  type InvokeFrom,
  type MessageFilesTable,
  type MessagesTable,
  toFlag,
  toJsonText,
} from '@trellis/db'
import { neutralizePlaceholders, newId, renderTemplate, toTemplateText } from '@trellis/kit'
import type { ModelCall, ModelMessage } from '@trellis/spec'
import type { ResolvedLanguageModel } from '../models/index.ts'
import type { RunOutcome, RunRow } from '../runs/index.ts'
import type { Attachment } from './attachments.ts'
import { initialName } from './initial-name.ts'
import type { Preflight } from './preflight.ts'
import type { Inputs } from './read-inputs.ts'
import { endMessage, type MessageEnd } from './turns.repository.ts'

/** A turn of which everything is known but the answer. */
export interface PreparedTurn {
  readonly conversation: ConversationsTable | undefined
  readonly model: ResolvedLanguageModel
  readonly files: readonly Attachment[]
  readonly inputs: Inputs
  readonly query: string
  readonly parentId: string | null
  /** Undefined where others look at the turn first: its prompt is made of what they leave. */
  readonly call: ModelCall | undefined
  /** Makes the prompt. */
  readonly prepare: (turn: { readonly inputs: Inputs; readonly query: string }) => Promise<ModelCall>
  /** Who looks at it first. */
  readonly preflights: readonly Preflight[]
  readonly databaseMs: number
}

/** Who opens a conversation, and with what. */
export interface ConversationOpening {
  readonly app: AppsTable
  readonly invokeFrom: InvokeFrom
  readonly endUserId: string | null
  readonly accountId: string | null
  readonly inputs: Inputs
  readonly query: string
  readonly openingStatement: string
}

export function newConversation(
  opening: ConversationOpening,
  { id, now }: { readonly id: string; readonly now: number },
): ConversationsTable {
  const { app, inputs, query, openingStatement } = opening
  const values = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toTemplateText(value)]))
  return {
    id,
    tenant_id: app.tenant_id,
    app_id: app.id,
    // Workflows open no conversations.
    mode: app.mode as ConversationsTable['mode'],
    name: initialName(query),
    inputs: toJsonText(inputs),
    introduction: openingStatement === '' ? null : renderTemplate(openingStatement, values),
    status: 'normal',
    invoke_from: opening.invokeFrom,
    from_end_user_id: opening.endUserId,
    from_account_id: opening.accountId,
    pinned_at: null,
    read_at: null,
    deleted_at: null,
    created_at: now,
    updated_at: now,
  }
}

export interface TurnIds {
  readonly message: string
  readonly run: string
  readonly conversation: string
  readonly now: number
}

/** A question of which everything is known but the answer. */
export interface Question extends Omit<ConversationOpening, 'openingStatement'> {
  readonly parentId: string | null
  /** The stored configuration that it is answered by. */
  readonly configId: string | null
  /** Whom it goes to; chatflows may ask several models, or none. */
  readonly model?: { readonly provider: string; readonly model: string; readonly call: ModelCall | undefined }
}

export function newMessage(question: Question, { message, run, conversation, now }: TurnIds): MessagesTable {
  const { app, model } = question
  return {
    id: message,
    tenant_id: app.tenant_id,
    app_id: app.id,
    conversation_id: conversation,
    parent_message_id: question.parentId,
    run_id: run,
    app_config_id: question.configId,
    model_provider: model?.provider ?? '',
    model_id: model?.model ?? '',
    inputs: toJsonText(question.inputs),
    query: question.query,
    asked: null,
    prompt: toLoggedPrompt(model?.call),
    answer: '',
    status: 'normal',
    error_code: null,
    error: null,
    is_stopped: 0,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_price_nano: 0,
    currency: 'USD',
    provider_latency_ms: 0,
    metadata: '{}',
    invoke_from: question.invokeFrom,
    from_end_user_id: question.endUserId,
    from_account_id: question.accountId,
    created_at: now,
    updated_at: now,
  }
}

/** What a question came with. */
export const toMessageFiles = (
  app: AppsTable,
  files: readonly Attachment[],
  { message, now, belongsTo = 'user' }: { readonly message: string; readonly now: number; readonly belongsTo?: 'user' | 'assistant' },
): MessageFilesTable[] =>
  files.map((file, position) => ({
    ...file,
    id: newId(),
    tenant_id: app.tenant_id,
    app_id: app.id,
    message_id: message,
    belongs_to: belongsTo,
    position,
    created_at: now,
  }))

/** What a model is sent, as the log keeps it. */
export const toLoggedPrompt = (call: ModelCall | undefined): string => toJsonText((call?.messages ?? []).map(toLoggedMessage))

/** A prompt message as the log keeps it: pictures by what they are, not by their bytes. */
function toLoggedMessage({ role, content }: ModelMessage): object {
  if (typeof content === 'string') return { role, text: content, files: [] }
  const files = content.flatMap((part) => (part.type === 'text' ? [] : [{ type: part.type, mime_type: part.mimeType }]))
  return { role, text: content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'), files }
}

export function toMessageEnd(outcome: RunOutcome, answer: string, now: number): MessageEnd {
  const common = { answer: neutralizePlaceholders(answer.trim()), updated_at: now }
  if (!('usage' in outcome)) {
    return {
      ...common,
      ...emptyUsage,
      status: 'error',
      error_code: outcome.error.code,
      error: outcome.error.message,
      is_stopped: 0,
      metadata: '{}',
    }
  }
  const { usage, annotationReply, moderated } = outcome
  return {
    ...common,
    status: 'normal',
    error_code: null,
    error: null,
    is_stopped: toFlag(outcome.status === 'stopped'),
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_price_nano: usage.totalPriceNano,
    currency: usage.currency,
    provider_latency_ms: Math.round(usage.latencyMs),
    metadata: toJsonText({ usage, ...(annotationReply ? { annotation_reply: annotationReply } : {}), ...(moderated ? { moderated } : {}) }),
  }
}

export const emptyUsage = { prompt_tokens: 0, completion_tokens: 0, total_price_nano: 0, currency: 'USD', provider_latency_ms: 0 }

/** What becomes of the message of a run whose process is gone: the text as the journal has it, and why there is no more. */
export const interruptMessage = async (db: Db, run: RunRow, text: string, outcome: RunOutcome): Promise<void> => {
  if (run.message_id !== null) await endMessage(db, run.message_id, toMessageEnd(outcome, text, run.created_at))
}
