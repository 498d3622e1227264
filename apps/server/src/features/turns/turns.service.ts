import { AppError, type FileInput, type wire } from '@trellis/contracts'
import type { AppsTable, ConversationsTable, Db, InvokeFrom } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import type { Asker, ModelCaller, ModelGateway } from '../models/index.ts'
import type { Claim, RunChannel, RunHost, RunOutcome } from '../runs/index.ts'
import type { Attachments } from './attachments.ts'
import type { BasicConfig } from './basic-config.ts'
import { executeCheckedTurn } from './execute-checked-turn.ts'
import { executeGuardedTurn } from './execute-guarded-turn.ts'
import type { TurnExecution } from './execute-turn.ts'
import type { FindOutputCheck } from './output-guard.ts'
import { choosePreflights, type Preflight } from './preflight.ts'
import { preparePrompt } from './prompt/prepare-prompt.ts'
import { readInputs } from './read-inputs.ts'
import { extractThread, LINEAR_PARENT } from './thread.ts'
import { newConversation, newMessage, type PreparedTurn, type TurnIds, toLoggedPrompt, toMessageEnd, toMessageFiles } from './turn-rows.ts'
import { TurnText } from './turn-text.ts'
import {
  endMessage,
  findOwnConversation,
  insertTurn,
  listRecentMessages,
  MEMORY_ROWS,
  storeChangedQuestion,
  storeSentPrompt,
} from './turns.repository.ts'

export interface TurnRequest extends Asker {
  readonly app: AppsTable
  /** The configuration to answer by; `id` is null for one that was never published. */
  readonly config: { readonly id: string | null; readonly value: BasicConfig }
  readonly invokeFrom: InvokeFrom
  readonly inputs: Readonly<Record<string, unknown>>
  readonly query: string
  readonly files: readonly FileInput[]
  /** Undefined opens a new conversation. */
  readonly conversationId: string | undefined
  /** The turn to answer after; undefined: the newest on the Service API, none elsewhere. */
  readonly parentMessageId: string | undefined
  /** Have a name made for a new conversation once the first answer stands. */
  readonly autoGenerateName: boolean
  /** `performance.now()` when the request came in. */
  readonly arrivedAt: number
  readonly claim?: Claim | undefined
}

/** A turn that was accepted and is being answered. */
export interface StartedTurn {
  readonly channel: RunChannel
  readonly runId: string
  readonly taskId: string
  readonly messageId: string
  readonly conversationId: string
  readonly createdAtMs: number
  readonly mode: wire.AppMode
}

export type OnConversationOpened = (conversation: {
  readonly tenantId: string
  readonly conversationId: string
  /** Of the call that opened it. */
  readonly apiKeyId: string | null
}) => Promise<void>

export interface TurnDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly gateway: ModelGateway
  readonly runHost: RunHost
  readonly attachments: Attachments
  readonly runMaxSeconds: number
  /** What looks at turns before they are answered, in this order. */
  readonly preflights: readonly Preflight[]
  /** Who looks at what is answered. */
  readonly findOutputCheck: FindOutputCheck
  /** Called once the first answer of a new conversation is durable. */
  readonly onConversationOpened: OnConversationOpened
}

export interface Turns {
  /**
   * Accepts a turn: rows and journal are durable when it resolves, and the model is being called.
   * @throws AppError `invalid_param`, `not_found` (conversation), `provider_not_initialize`, `model_currently_not_support`
   */
  start(request: TurnRequest): Promise<StartedTurn>
}

export function createTurns(dependencies: TurnDependencies): Turns {
  return { start: (request) => startTurn(dependencies, request) }
}

async function startTurn(dependencies: TurnDependencies, request: TurnRequest): Promise<StartedTurn> {
  const { app, config } = request
  const { db, gateway, attachments } = dependencies
  const isChat = app.mode !== 'completion'
  const ids: KnownIds = { run: newId(), task: newId(), message: newId() }
  const query = request.query.replaceAll('\u0000', '')
  const databaseStart = performance.now()
  const [conversation, model, preflights, files] = await Promise.all([
    findConversation(db, request),
    gateway.resolveLanguageModel({
      caller: callerOf(request, ids),
      provider: config.value.model.provider,
      model: config.value.model.name,
    }),
    choosePreflights(dependencies.preflights, app, config.value),
    attachments.resolve(
      { tenantId: app.tenant_id, endUserId: request.endUserId, accountId: request.accountId },
      request.files,
      config.value,
    ),
  ])
  const inputs = readInputs(config.value.user_input_form, request.inputs)
  const parentId = parentOf(request)
  const thread = isChat && conversation ? extractThread(await listRecentMessages(db, conversation.id, MEMORY_ROWS - 1), parentId) : []
  const databaseMs = performance.now() - databaseStart
  const prepare: PreparedTurn['prepare'] = (left) =>
    preparePrompt(attachments, { app, config: config.value, model, files, thread: isChat ? thread : undefined, ...left })
  const call = preflights.length === 0 ? await prepare({ inputs, query }) : undefined
  return acceptTurn(dependencies, request, ids, {
    conversation,
    model,
    files,
    inputs,
    query,
    parentId,
    call,
    prepare,
    preflights,
    databaseMs,
  })
}

type KnownIds = Pick<TurnIds, 'run' | 'message'> & { readonly task: string }

const callerOf = ({ app, endUserId, accountId, apiKeyId }: TurnRequest, { run, message }: KnownIds): ModelCaller => ({
  tenantId: app.tenant_id,
  appId: app.id,
  endUserId,
  accountId,
  apiKeyId,
  runId: run,
  messageId: message,
  purpose: 'turn',
})

/** Only the service and web surfaces open conversations; an unknown id is never silently a new one. */
async function findConversation(db: Db, request: TurnRequest): Promise<ConversationsTable | undefined> {
  if (request.conversationId === undefined || request.app.mode === 'completion') return undefined
  const { app, endUserId, accountId } = request
  const conversation = await findOwnConversation(db, app.tenant_id, { id: request.conversationId, appId: app.id, endUserId, accountId })
  if (!conversation) throw new AppError('not_found', { message: 'Conversation Not Exists.' })
  return conversation
}

function parentOf(request: TurnRequest): string | null {
  if (request.app.mode === 'completion') return null
  // The Service API knows no branches; elsewhere a turn without a parent begins the conversation anew (workflow spec 6.5).
  return request.parentMessageId ?? (request.invokeFrom === 'service-api' ? LINEAR_PARENT : null)
}

async function acceptTurn(
  dependencies: TurnDependencies,
  request: TurnRequest,
  known: KnownIds,
  prepared: PreparedTurn,
): Promise<StartedTurn> {
  const { app, invokeFrom, endUserId, accountId } = request
  const now = dependencies.clock.now()
  const ids = { ...known, conversation: prepared.conversation?.id ?? newId() }
  const { inputs, query, model, call } = prepared
  const opening = { app, invokeFrom, endUserId, accountId, inputs, query, openingStatement: request.config.value.opening_statement }
  const question = {
    ...opening,
    parentId: prepared.parentId,
    configId: request.config.id,
    model: { provider: model.provider, model: model.model, call },
  }
  const text = new TurnText()
  const acceptStart = performance.now()
  const channel = await dependencies.runHost.start({
    run: {
      id: ids.run,
      tenant_id: app.tenant_id,
      app_id: app.id,
      kind: app.mode === 'completion' ? 'completion' : 'chat',
      task_id: ids.task,
      conversation_id: ids.conversation,
      message_id: ids.message,
      invoke_from: invokeFrom,
      from_end_user_id: endUserId,
      from_account_id: accountId,
      api_key_id: request.apiKeyId,
      created_at: now,
    },
    timeoutMs: dependencies.runMaxSeconds * 1000,
    async accept(db) {
      await request.claim?.(db, ids.run)
      await insertTurn(db, {
        opened: prepared.conversation ? undefined : newConversation(opening, { id: ids.conversation, now }),
        message: newMessage(question, { ...ids, now }),
        files: toMessageFiles(app, prepared.files, { message: ids.message, now }),
      })
    },
    execute: (context) => {
      const times = { arrivedAt: request.arrivedAt, databaseMs: prepared.databaseMs + performance.now() - acceptStart }
      return answerTurn(dependencies, request, { ...prepared, ids, execution: { context, text, times } })
    },
    finish: (db, outcome) => endMessage(db, ids.message, toMessageEnd(outcome, text.answer, dependencies.clock.now())),
    afterwards: async (outcome) => {
      if (prepared.conversation || !request.autoGenerateName || app.mode === 'completion' || !('usage' in outcome)) return
      // A name is a model's as well: what was kept from one is kept from the other.
      if (prepared.preflights.length > 0 && outcome.usage.totalTokens === 0) return
      await dependencies.onConversationOpened({ tenantId: app.tenant_id, conversationId: ids.conversation, apiKeyId: request.apiKeyId })
    },
  })
  return {
    channel,
    runId: ids.run,
    taskId: ids.task,
    messageId: ids.message,
    conversationId: ids.conversation,
    createdAtMs: now,
    mode: app.mode,
  }
}

interface Answering extends PreparedTurn {
  readonly ids: Omit<TurnIds, 'now'>
  readonly execution: TurnExecution
}

/** By the model at once, or by whoever looks at the turn first. */
function answerTurn({ db, findOutputCheck }: TurnDependencies, request: TurnRequest, turn: Answering): Promise<RunOutcome> {
  const { model, call, preflights, files, inputs, query, ids, execution } = turn
  const { app, config, endUserId, accountId, apiKeyId, invokeFrom } = request
  const answer = { app, config: config.value, endUserId, accountId, apiKeyId, runId: ids.run, messageId: ids.message }
  const outputCheck = findOutputCheck(answer)
  if (call) return executeGuardedTurn(model, call, { ...execution, outputCheck })
  return executeCheckedTurn(model, {
    ...execution,
    preflights,
    outputCheck,
    asked: { ...answer, inputs, query, files, invokeFrom, conversationId: ids.conversation },
    keepChanged: (left) => storeChangedQuestion(db, ids.message, { asked: { inputs, query }, left }),
    async prepare({ inputs, query, additions }) {
      const prepared = await turn.prepare({ inputs: { ...inputs, ...additions }, query })
      await storeSentPrompt(db, ids.message, toLoggedPrompt(prepared))
      return prepared
    },
  })
}
