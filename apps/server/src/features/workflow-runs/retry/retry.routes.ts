import { consoleRetryRoutes as routes } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Value } from '@trellis/values'
import type { FileValue } from '@trellis/variables'
import type { AccountActor } from '../../../http/actor.ts'
import { handled, type Mount } from '../../../http/mount.ts'
import { findRunById } from '../../runs/index.ts'
import type { WorkflowRouteDependencies } from '../answer-run.ts'
import type { Chatflows, StartedChatflow } from '../chatflows.service.ts'
import { type LaunchDependencies, launchRun } from '../launch-run.ts'
import { respondWithWorkflow } from '../respond.ts'
import { respondWithChatflow } from '../respond-chatflow.ts'
import { getGraphApp, noSuchRun } from '../shown-runs.ts'
import { toBeginning } from '../stored-beginning.ts'
import { toCreator } from '../trials/answer-trial.ts'
import { keepTrialOf, type TrialDependencies, together } from '../trials/keep-trial.ts'
import type { StartedWorkflow } from '../workflow-runs.service.ts'
import { type FailedRun, findFailure, type RetryDependencies } from './find-failure.ts'
import { type PreparedRetry, prepareRetry } from './prepare-retry.ts'
import { presentFailure } from './present-failure.ts'

export interface RetryRouteDependencies
  extends LaunchDependencies,
    TrialDependencies,
    RetryDependencies,
    Pick<WorkflowRouteDependencies, 'appRuns' | 'respond' | 'inputFiles'> {
  readonly chatflows: Chatflows
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
}

/** Runs that failed are tried again from the node that failed. */
export function mountRetryRoutes(mount: Mount, dependencies: RetryRouteDependencies): void {
  const { db, appRuns, respond } = dependencies
  const find = async ({ tenantId }: AccountActor, params: { readonly app_id: string; readonly run_id: string }): Promise<FailedRun> => {
    const app = await getGraphApp(dependencies.getApp, tenantId, params.app_id)
    const run = await findRunById(db, params.run_id)
    if (run?.app_id !== app.id || run.workflow_id === null) throw noSuchRun()
    return { app, run }
  }
  mount(routes.getFailedNode).to(async ({ actor, params }) => presentFailure(await findFailure(dependencies, await find(actor, params))))
  mount(routes.retryWorkflowRun).to(async ({ actor, params, body, request, reply }) => {
    const { app, run } = await find(actor, params)
    const resolveFiles = dependencies.inputFiles({ tenantId: app.tenant_id, endUserId: null, accountId: actor.accountId })
    // The body was read as JSON.
    const inputs = body.inputs as Readonly<Record<string, Value>>
    const answer = { createdBy: toCreator(actor), mode: 'streaming', detail: 'shortened', request, reply } as const
    const prepare = (): Promise<PreparedRetry> => prepareRetry(dependencies, { app, run, inputs, resolveFiles })
    if (run.kind === 'chatflow') {
      const started = await appRuns.startWithin({ app, invokeFrom: 'debugger' }, async () =>
        retryMessage(dependencies, { app, actor, run, resolveFiles }, await prepare()),
      )
      await respondWithChatflow(respond, { ...answer, started })
    } else {
      const started = await appRuns.startWithin({ app, invokeFrom: 'debugger' }, async () =>
        retryWorkflow(dependencies, { app, actor, run }, await prepare()),
      )
      await respondWithWorkflow(respond, { ...answer, started })
    }
    return handled
  })
}

interface Retry extends FailedRun {
  readonly actor: AccountActor
}

/** The same run once more, by whoever tries it again: it counts as what it was, a trial or a caller's. */
async function retryWorkflow(
  dependencies: RetryRouteDependencies,
  { app, actor: { accountId }, run }: Retry,
  { runId, workflow, stored, retry, amendment }: PreparedRetry,
): Promise<StartedWorkflow> {
  const now = dependencies.clock.now()
  const taskId = newId()
  const system = { ...stored.system, workflow_run_id: runId }
  const { amendment: _, ...beginning } = toBeginning(workflow, { ...stored, system })
  const channel = await launchRun(dependencies, {
    beginning: { ...beginning, ...(amendment ? { amendment } : {}) },
    ...(stored.conversation ? { held: stored.conversation } : {}),
    retry,
    facts: {
      tenantId: app.tenant_id,
      appId: app.id,
      workflowId: workflow.id,
      runId,
      userId: accountId,
      invokeFrom: run.invoke_from,
      callDepth: 0,
    },
    run: {
      kind: 'workflow',
      task_id: taskId,
      conversation_id: null,
      message_id: null,
      created_at: now,
      triggered_from: run.triggered_from,
    },
    asker: { endUserId: null, accountId, apiKeyId: null },
    companion: together(
      ...keepTrialOf(dependencies, { app, workflow, run: { id: runId, triggeredFrom: run.triggered_from, accountId }, system }),
    ),
  })
  return { channel, runId, taskId, workflowId: workflow.id, createdAtMs: now }
}

/** The message once more, beside the one that failed; in a conversation of one's own where that is somebody else's. */
async function retryMessage(
  { db, chatflows }: RetryRouteDependencies,
  { app, actor: { accountId }, run, resolveFiles }: Retry & { readonly resolveFiles: ReturnType<RetryRouteDependencies['inputFiles']> },
  { workflow, stored, ...again }: PreparedRetry,
): Promise<StartedChatflow> {
  const isOwn = run.from_account_id === accountId
  const parent = isOwn
    ? await db
        .selectFrom('messages')
        .select('parent_message_id')
        .where('tenant_id', '=', app.tenant_id)
        .where('id', '=', run.message_id ?? '')
        .executeTakeFirst()
    : undefined
  const { query, files } = stored.system
  return chatflows.start({
    app,
    workflow,
    inputs: stored.inputs,
    query: typeof query === 'string' ? query : '',
    // A beginning was made of files.
    files: (files ?? []) as readonly FileValue[],
    invokeFrom: 'debugger',
    triggeredFrom: 'debugging',
    asker: { endUserId: null, accountId, apiKeyId: null },
    userName: accountId,
    resolveFiles,
    conversationId: isOwn ? (run.conversation_id ?? undefined) : undefined,
    parentMessageId: parent?.parent_message_id ?? undefined,
    autoGenerateName: false,
    part: { rootId: stored.root, inputs: stored.inputs, variables: stored.variables ?? [], held: stored.conversation ?? [] },
    again,
  })
}
