import { AppError } from '@trellis/contracts'
import { type AccountsTable, type AppsTable, type Db, type EndUsersTable, fromFlag } from '@trellis/db'
import type { Dict, Value } from '@trellis/values'
import type { FileValue } from '@trellis/variables'
import type { AppRuns } from '../app-runs/index.ts'
import type { Apps } from '../apps/index.ts'
import type { EndUsers } from '../end-users/index.ts'
import { type FileLinks, type FileService, fileTypeOf, type UploadRow } from '../files/index.ts'
import { toUploadedFile, type WorkflowRuns } from '../workflow-runs/index.ts'
import { findNodeData, type RunnableWorkflow, type RunnableWorkflows } from '../workflows/index.ts'
import type { TrialEvents } from './trial-events.ts'
import { TriggerConfigError } from './trigger-config-error.ts'
import { findTriggerByToken, type TriggerRow } from './triggers.repository.ts'
import type { ReceivedFile } from './webhook-body.ts'
import { readCall, type WebhookCall, type WebhookRequest } from './webhook-call.ts'
import { readWebhook, type WebhookConfig } from './webhook-config.ts'
import { toReply, type WebhookReply } from './webhook-reply.ts'
import { isWebhookToken } from './webhook-token.ts'

/** A webhook that may be called, with the workflow that it begins. */
export interface OpenWebhook {
  readonly trigger: TriggerRow
  readonly app: AppsTable
  readonly workflow: RunnableWorkflow
  readonly config: WebhookConfig
}

export interface WebhookService {
  /** What callers reach. @throws AppError `not_found` for unknown tokens and for what is not published, or switched off */
  open(token: string): Promise<OpenWebhook>
  /** What whoever tries the draft reaches. @throws AppError `not_found` */
  openDraft(token: string): Promise<OpenWebhook>
  /** Starts a run: it is durable when the reply is there. @throws AppError `bad_request`, `too_many_requests`, `service_unavailable` */
  start(webhook: OpenWebhook, request: WebhookRequest): Promise<WebhookReply>
  /** Hands the call to whoever waits for it in the editor; undefined where nobody does. @throws AppError `bad_request` */
  deliver(webhook: OpenWebhook, request: WebhookRequest): Promise<WebhookReply | undefined>
}

export interface WebhookDependencies {
  readonly db: Db
  readonly findApp: Apps['findApp']
  /** Undefined where the workspace is archived, or nobody stands for it any more. */
  readonly findOwner: (db: Db, tenantId: string) => Promise<AccountsTable | undefined>
  readonly workflows: Pick<RunnableWorkflows, 'getPublished' | 'getDraft'>
  readonly endUsers: Pick<EndUsers, 'findOrCreate'>
  readonly files: Pick<FileService, 'store'>
  readonly fileLinks: FileLinks
  readonly appRuns: Pick<AppRuns, 'startWithin'>
  readonly runs: Pick<WorkflowRuns, 'start'>
  readonly trials: TrialEvents
}

/** Stands for whoever calls an app's webhooks: nobody says who they are. */
const CALLERS = 'DEFAULT-TRIGGER'

export function createWebhooks(dependencies: WebhookDependencies): WebhookService {
  const { db, workflows, endUsers, trials } = dependencies
  const find = async (token: string) => {
    // What no token looks like, such as one with NUL, is nothing to ask a database for.
    const trigger = isWebhookToken(token) ? await findTriggerByToken(db, token) : undefined
    const app = trigger?.kind === 'webhook' ? await dependencies.findApp(trigger.tenant_id, trigger.app_id) : undefined
    // As API keys of such a workspace let nobody in.
    const owner = app && (await dependencies.findOwner(db, app.tenant_id))
    if (!trigger || !app || !owner) throw new AppError('not_found', { message: 'There is no such webhook.' })
    return { trigger, app }
  }
  const callerOf = ({ tenant_id: tenantId, id: appId }: AppsTable): Promise<EndUsersTable> =>
    endUsers.findOrCreate({ tenantId, appId }, CALLERS, 'trigger')
  return {
    async open(token) {
      const { trigger, app } = await find(token)
      if (!fromFlag(trigger.is_published) || app.published_workflow_id === null) {
        throw new AppError('not_found', { message: 'This webhook is not published. Publish the workflow that has it.' })
      }
      if (!fromFlag(trigger.is_enabled)) {
        throw new AppError('not_found', { message: 'This webhook is switched off. Switch it on in the console.' })
      }
      return withConfig(trigger, app, await workflows.getPublished(app))
    },
    async openDraft(token) {
      const { trigger, app } = await find(token)
      return withConfig(trigger, app, await workflows.getDraft(app))
    },
    async start({ trigger, app, workflow, config }, request) {
      const call = await readCall(config, request)
      await dependencies.appRuns.startWithin({ app, invokeFrom: 'webhook' }, async () => {
        const caller = await callerOf(app)
        // Nothing is stored of a call that the app has no room for.
        const event = await toEvent(dependencies, call, caller)
        return dependencies.runs.start({
          app,
          workflow,
          root: { id: trigger.node_id, event },
          inputs: {},
          files: [],
          invokeFrom: 'trigger',
          triggeredFrom: 'webhook',
          asker: { endUserId: caller.id, accountId: null, apiKeyId: null },
          userName: caller.session_id,
        })
      })
      return toReply(config)
    },
    async deliver({ trigger, app, config }, request) {
      const call = await readCall(config, request)
      if (!(await trials.isAwaited(app.id, trigger.node_id))) return undefined
      const event = await toEvent(dependencies, call, await callerOf(app))
      return (await trials.deliver(app.id, trigger.node_id, event)) ? toReply(config) : undefined
    },
  }
}

function withConfig(trigger: TriggerRow, app: AppsTable, workflow: RunnableWorkflow): OpenWebhook {
  const data = findNodeData(workflow.graph, trigger.node_id)
  if (data?.['type'] !== 'trigger-webhook') throw new AppError('not_found', { message: 'The workflow has no such webhook any more.' })
  try {
    return { trigger, app, workflow, config: readWebhook(data) }
  } catch (error) {
    // Published ones were checked; a draft may be anything.
    if (error instanceof TriggerConfigError)
      throw new AppError('bad_request', { message: `The webhook's node is not valid: ${error.message}` })
    throw error
  }
}

/** What the node finds under its name (workflow spec 2.24, service-api 6.2). */
async function toEvent(dependencies: WebhookDependencies, call: WebhookCall, caller: EndUsersTable): Promise<Record<string, Value>> {
  const store = (file: ReceivedFile) => storeFile(dependencies, file, caller)
  const files = await Promise.all(call.files.map(async (file) => [file.field, await store(file)] as const))
  const body: Value = call.whole ? { raw: await store(call.whole) } : call.body
  const data: Dict = {
    method: call.method,
    headers: call.headers,
    query_params: call.queryParams,
    body,
    files: Object.fromEntries(files),
  }
  return { webhook_data: data, webhook_headers: call.headers, webhook_query_params: call.queryParams, webhook_body: body }
}

async function storeFile({ files, fileLinks }: WebhookDependencies, file: ReceivedFile, caller: EndUsersTable): Promise<FileValue> {
  const upload: UploadRow = await files.store({ tenantId: caller.tenant_id, role: 'end_user', id: caller.id }, file)
  return toUploadedFile(upload, { type: fileTypeOf(upload.extension, upload.mime_type), url: fileLinks.signedUrl(upload.id) })
}
