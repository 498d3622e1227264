import { AppError } from '@trellis/contracts'
import type { ConversationsTable, Db } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Logger } from '@trellis/spec'
import { getKey, isDict, toPlain, type Value } from '@trellis/values'
import { listConversationVariables } from '../conversations/index.ts'
import { decodeEvents } from '../runs/index.ts'
import {
  extractThread,
  type FindOutputCheck,
  findOwnConversation,
  insertTurn,
  LINEAR_PARENT,
  newConversation,
  newMessage,
  type OnConversationOpened,
  type Preflight,
  toMessageFiles,
} from '../turns/index.ts'
import type { RunnableWorkflow } from '../workflows/index.ts'
import { ChatflowMessage } from './chatflow-message.ts'
import type { ChatflowRequest } from './chatflow-request.ts'
import { checkChatflow } from './check-chatflow.ts'
import { type HeldVariables, holdVariables, toConversation, VariableKeeper } from './conversation-variables.ts'
import { toAttachment } from './input-files.ts'
import { findRoot, type LaunchDependencies, launchRun, type RunCompanion } from './launch-run.ts'
import { prepareInputs, readStartFields } from './start-inputs.ts'
import { readBeginning } from './stored-beginning.ts'
import { keepTrialOf, type TrialDependencies, together } from './trials/keep-trial.ts'
import type { StartedWorkflow, TakenUp, TakeUpContext } from './workflow-runs.service.ts'

export interface StartedChatflow extends StartedWorkflow {
  readonly messageId: string
  readonly conversationId: string
  readonly showsSources: boolean
}

export interface ChatflowDependencies extends LaunchDependencies, TrialDependencies {
  readonly db: Db
  readonly logger: Logger
  /** What looks at turns before their graph begins, in this order. */
  readonly preflights: readonly Preflight[]
  /** Who looks at what is answered. */
  readonly findOutputCheck: FindOutputCheck
  /** Called once the first answer of a new conversation is durable. */
  readonly onConversationOpened: OnConversationOpened
}

export interface Chatflows {
  /**
   * Accepts a turn: run, message and, where it opens one, conversation are durable when this resolves, and it may be over.
   * @throws AppError `invalid_param` for inputs and graphs that cannot run, `not_found` (conversation)
   */
  start(request: ChatflowRequest): Promise<StartedChatflow>
  /** What goes along with a run that another process began. */
  takeUp(context: TakeUpContext): TakenUp
}

export function createChatflows(dependencies: ChatflowDependencies): Chatflows {
  return {
    start: (request) => startChatflow(dependencies, request),
    takeUp: (context) => takeUpChatflow(dependencies, context),
  }
}

/** Whether answers of the app tell their sources. */
export const showsSourcesOf = ({ features }: RunnableWorkflow): boolean => {
  const section = getKey(features, 'retriever_resource') ?? null
  return isDict(section) && getKey(section, 'enabled') === true
}

async function startChatflow(dependencies: ChatflowDependencies, request: ChatflowRequest): Promise<StartedChatflow> {
  const { db, clock } = dependencies
  const { app, workflow, asker, part, again } = request
  const now = clock.now()
  const root = findRoot(workflow, part?.rootId)
  const conversation = await findConversation(db, request)
  const ids = { run: again?.runId ?? newId(), task: newId(), message: newId(), conversation: conversation?.id ?? newId() }
  const parentId = request.parentMessageId ?? (request.invokeFrom === 'service-api' ? LINEAR_PARENT : null)
  const [inputs, earlier, rows] = await Promise.all([
    part?.inputs ?? prepareInputs(readStartFields(root.data), request.inputs, request.resolveFiles),
    conversation ? countEarlierTurns(db, conversation.id, parentId) : 0,
    conversation ? listConversationVariables(db, app.tenant_id, conversation.id) : [],
  ])
  const held = holdVariables(workflow, rows, part?.held)
  const showsSources = showsSourcesOf(workflow)
  const run = { id: ids.run, epoch: 0, tenantId: app.tenant_id, appId: app.id }
  const keeper = new VariableKeeper(keeperOptions(dependencies, { run, conversationId: ids.conversation, variables: held }), false)
  const message = new ChatflowMessage({ app, messageId: ids.message, showsSources })
  const system = systemOf(request, ids, earlier + 1)
  const outputCheck = findCheckOf(dependencies, workflow, { ...asker, app, runId: ids.run, messageId: ids.message })
  const trial = keepTrialOf(dependencies, {
    app,
    workflow,
    run: { ...run, triggeredFrom: request.triggeredFrom, accountId: asker.accountId },
    system,
  })
  const channel = await launchRun(dependencies, {
    beginning: {
      workflow,
      rootId: root.id,
      inputs,
      system,
      conversation: toConversation(held.all),
      ...(part ? { variables: part.variables } : {}),
      ...(again?.amendment ? { amendment: again.amendment } : {}),
    },
    ...(again ? { retry: again.retry } : {}),
    check: await findCheck(dependencies, request, ids),
    held: held.all,
    facts: {
      tenantId: app.tenant_id,
      appId: app.id,
      workflowId: workflow.id,
      runId: ids.run,
      userId: asker.endUserId ?? asker.accountId ?? '',
      invokeFrom: request.invokeFrom,
      conversationId: ids.conversation,
      messageId: ids.message,
      callDepth: 0,
    },
    run: {
      kind: 'chatflow',
      task_id: ids.task,
      conversation_id: ids.conversation,
      message_id: ids.message,
      created_at: now,
      triggered_from: request.triggeredFrom,
    },
    asker,
    companion: together(
      {
        ...companionOf(dependencies, { keeper, message, outputCheck }),
        async accept(db) {
          await request.claim?.(db, ids.run)
          await insertRows(db, request, { ids, now, inputs, parentId, isNew: !conversation })
          await keeper.accept(db)
        },
        async afterwards({ status }) {
          const isAnswered = status === 'succeeded' || status === 'partial-succeeded' || status === 'paused'
          if (conversation || !request.autoGenerateName || !isAnswered) return
          await dependencies.onConversationOpened({ tenantId: app.tenant_id, conversationId: ids.conversation, apiKeyId: asker.apiKeyId })
        },
      },
      ...trial,
    ),
  })
  return {
    channel,
    runId: ids.run,
    taskId: ids.task,
    workflowId: workflow.id,
    createdAtMs: now,
    messageId: ids.message,
    conversationId: ids.conversation,
    showsSources,
  }
}

/** A part of a draft is begun by its maker, and a retry from what passed before. */
const findCheck = (dependencies: ChatflowDependencies, request: ChatflowRequest, ids: NewRows['ids']): ReturnType<typeof checkChatflow> =>
  request.part || request.again ? Promise.resolve(undefined) : checkChatflow(dependencies, request, ids)

/** What the graph knows beside its inputs (workflow spec 3.2). */
const systemOf = (request: ChatflowRequest, ids: NewRows['ids'], dialogueCount: number): Readonly<Record<string, Value>> => ({
  query: request.query,
  files: request.part?.files ?? request.files,
  conversation_id: ids.conversation,
  user_id: request.userName,
  dialogue_count: dialogueCount,
  app_id: request.app.id,
  workflow_id: request.workflow.id,
  workflow_run_id: ids.run,
})

/** As in Dify, a conversation that the Service API's caller does not have is begun anew; elsewhere it is an error. */
async function findConversation(
  db: Db,
  { app, conversationId, invokeFrom, asker: { endUserId, accountId } }: ChatflowRequest,
): Promise<ConversationsTable | undefined> {
  if (conversationId === undefined) return undefined
  const conversation = await findOwnConversation(db, app.tenant_id, { id: conversationId, appId: app.id, endUserId, accountId })
  if (conversation || invokeFrom === 'service-api') return conversation
  throw new AppError('not_found', { message: 'Conversation Not Exists.' })
}

async function countEarlierTurns(db: Db, conversationId: string, parentId: string | null): Promise<number> {
  const messages = await db
    .selectFrom('messages')
    .select(['id', 'parent_message_id'])
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return extractThread(messages, parentId).length
}

interface NewRows {
  readonly ids: { readonly run: string; readonly message: string; readonly conversation: string }
  readonly now: number
  readonly inputs: Readonly<Record<string, Value>>
  readonly parentId: string | null
  readonly isNew: boolean
}

async function insertRows(db: Db, request: ChatflowRequest, { ids, now, inputs, parentId, isNew }: NewRows): Promise<void> {
  const { app, workflow, invokeFrom, asker, query, files } = request
  const { endUserId, accountId } = asker
  const question = { app, invokeFrom, endUserId, accountId, query, inputs: toPlainInputs(inputs), parentId, configId: null }
  await insertTurn(db, {
    opened: isNew ? newConversation({ ...question, openingStatement: openingOf(workflow) }, { id: ids.conversation, now }) : undefined,
    message: newMessage(question, { ...ids, now }),
    files: toMessageFiles(app, files.map(toAttachment), { message: ids.message, now }),
  })
}

const toPlainInputs = (inputs: Readonly<Record<string, Value>>) =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toPlain(value)]))

function openingOf({ features }: RunnableWorkflow): string {
  const statement = getKey(features, 'opening_statement')
  return typeof statement === 'string' ? statement : ''
}

function takeUpChatflow(dependencies: ChatflowDependencies, { app, workflow, row, journal, why }: TakeUpContext): TakenUp {
  const message = new ChatflowMessage({ app, messageId: row.message_id ?? '', showsSources: showsSourcesOf(workflow) })
  const run = { id: row.id, epoch: row.epoch, tenantId: row.tenant_id, appId: row.app_id }
  const variables = { all: readBeginning(row)?.conversation ?? [], fresh: [] }
  const keeper = new VariableKeeper(keeperOptions(dependencies, { run, conversationId: row.conversation_id ?? '', variables }), true)
  const trial = keepTrialOf(dependencies, {
    app,
    workflow,
    run: { ...run, triggeredFrom: row.triggered_from, accountId: row.from_account_id },
    system: readBeginning(row)?.system ?? {},
  })
  const kept = together(...trial)
  const events = journal.flatMap(decodeEvents)
  for (const event of events) {
    message.see(event)
    kept.onEvent?.(event)
  }
  // What was assigned before a pause is stored, and may have been changed since.
  const sincePause = events.slice(events.findLastIndex(({ type }) => type === 'run-pause') + 1)
  if (why === 'host-gone') for (const event of sincePause) keeper.see(event)
  const outputCheck = findCheckOf(dependencies, workflow, {
    app,
    endUserId: row.from_end_user_id,
    accountId: row.from_account_id,
    apiKeyId: row.api_key_id,
    runId: row.id,
    messageId: row.message_id ?? '',
  })
  const companion = together(companionOf(dependencies, { keeper, message, outputCheck }), kept)
  return { companion, onText: (text) => message.takeUp(text) }
}

const keeperOptions = (
  { db, clock, logger }: ChatflowDependencies,
  more: {
    readonly run: { readonly id: string; readonly epoch: number; readonly tenantId: string; readonly appId: string }
    readonly conversationId: string
    readonly variables: HeldVariables
  },
) => ({
  ...more,
  db,
  now: () => clock.now(),
  onFault: (error: unknown) =>
    logger.warn({ err: error, runId: more.run.id }, 'A variable of a conversation could not be stored; it will be with the end of the run'),
})

const findCheckOf = (
  { findOutputCheck }: ChatflowDependencies,
  { features }: RunnableWorkflow,
  answer: Omit<Parameters<FindOutputCheck>[0], 'config'>,
): ReturnType<FindOutputCheck> => findOutputCheck({ ...answer, config: toPlainInputs(features) })

/** The rows that a chatflow's run changes, in whichever life it is. */
const companionOf = (
  { clock }: ChatflowDependencies,
  {
    keeper,
    message,
    outputCheck,
  }: { readonly keeper: VariableKeeper; readonly message: ChatflowMessage; readonly outputCheck: ReturnType<FindOutputCheck> },
): RunCompanion => ({
  onEvent(event) {
    keeper.see(event)
    message.see(event)
  },
  ...(outputCheck ? { outputCheck } : {}),
  accept: async () => undefined,
  async finish(db, outcome) {
    await keeper.finish(db)
    await message.finish(db, outcome, clock.now())
  },
})
