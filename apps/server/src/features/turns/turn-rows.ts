import { type ConversationsTable, type Db, type MessagesTable, toFlag, toJsonText } from '@trellis/db'
import { neutralizePlaceholders, renderTemplate, toTemplateText } from '@trellis/kit'
import type { ModelCall, ModelMessage } from '@trellis/spec'
import type { ResolvedLanguageModel } from '../models/index.ts'
import type { RunOutcome, RunRow } from '../runs/index.ts'
import type { Attachment } from './attachments.ts'
import type { Inputs } from './read-inputs.ts'
import { endMessage, type MessageEnd } from './turns.repository.ts'
import type { TurnRequest } from './turns.service.ts'

/** A turn of which everything is known but the answer. */
export interface PreparedTurn {
  readonly conversation: ConversationsTable | undefined
  readonly model: ResolvedLanguageModel
  readonly files: readonly Attachment[]
  readonly inputs: Inputs
  readonly query: string
  readonly parentId: string | null
  readonly call: ModelCall
  readonly databaseMs: number
}

const NAME_LENGTH = 20

/** What a conversation is called until somebody names it: the beginning of its first message. */
export function initialName(query: string): string {
  const characters = [...query]
  return characters.length > NAME_LENGTH ? `${characters.slice(0, NAME_LENGTH).join('')}…` : query || 'New conversation'
}

export function newConversation(
  request: TurnRequest,
  prepared: PreparedTurn,
  { id, now }: { readonly id: string; readonly now: number },
): ConversationsTable {
  const { app, config } = request
  const values = Object.fromEntries(Object.entries(prepared.inputs).map(([name, value]) => [name, toTemplateText(value)]))
  return {
    id,
    tenant_id: app.tenant_id,
    app_id: app.id,
    // Workflow apps do not come this way.
    mode: app.mode as ConversationsTable['mode'],
    name: initialName(prepared.query),
    inputs: toJsonText(prepared.inputs),
    introduction: config.value.opening_statement === '' ? null : renderTemplate(config.value.opening_statement, values),
    status: 'normal',
    invoke_from: request.invokeFrom,
    from_end_user_id: request.endUserId,
    from_account_id: request.accountId,
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

export function newMessage(request: TurnRequest, prepared: PreparedTurn, { message, run, conversation, now }: TurnIds): MessagesTable {
  return {
    id: message,
    tenant_id: request.app.tenant_id,
    app_id: request.app.id,
    conversation_id: conversation,
    parent_message_id: prepared.parentId,
    run_id: run,
    app_config_id: request.config.id,
    model_provider: prepared.model.provider,
    model_id: prepared.model.model,
    inputs: toJsonText(prepared.inputs),
    query: prepared.query,
    prompt: toJsonText(prepared.call.messages.map(toLoggedMessage)),
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
    invoke_from: request.invokeFrom,
    from_end_user_id: request.endUserId,
    from_account_id: request.accountId,
    created_at: now,
    updated_at: now,
  }
}

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
  const { usage } = outcome
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
    metadata: toJsonText({ usage }),
  }
}

const emptyUsage = { prompt_tokens: 0, completion_tokens: 0, total_price_nano: 0, currency: 'USD', provider_latency_ms: 0 }

/** What becomes of the message of a run whose process is gone: the text as the journal has it, and why there is no more. */
export const interruptMessage = async (db: Db, run: RunRow, text: string, outcome: RunOutcome): Promise<void> => {
  if (run.message_id !== null) await endMessage(db, run.message_id, toMessageEnd(outcome, text, run.created_at))
}
