import { z } from 'zod'
import { orNull, uuid } from '../common/wire.ts'
import { nodeRunSchema } from '../entities/workflow-run.ts'
import { refusalSchema } from '../errors/refusal.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'
import { workflowEventSchema } from '../wire-events/workflow-events.ts'
import { appParams } from './apps.ts'

const triggerSchema = z.object({
  id: uuid,
  trigger_type: z.enum(['trigger-webhook', 'trigger-schedule', 'trigger-plugin']),
  title: z.string(),
  node_id: z.string(),
  provider_name: z.string(),
  icon: orNull(z.string()),
  status: z.enum(['enabled', 'disabled', 'unauthorized', 'rate_limited']),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})

/** `retry_in`: milliseconds after which to ask again. */
const waitingSchema = z.object({ status: z.literal('waiting'), retry_in: z.number().int() })
/** `details` is ours: it words the error. */
const faultSchema = z.object({ status: z.literal('error'), error: z.string(), details: refusalSchema.optional() })

const trial = {
  surface: 'console',
  method: 'POST',
  tag: 'Triggers',
  auth: editing,
  errors: [...runErrors, 'app_not_found', 'draft_workflow_not_exist', 'not_found'],
} as const

const draftRun = <const Path extends string, Body extends z.ZodType>(path: Path, body: Body, summary: string) =>
  defineRoute({
    ...trial,
    path,
    summary,
    params: appParams,
    body,
    responses: { 200: waitingSchema, 400: faultSchema },
    produces: 'event-stream',
    events: workflowEventSchema,
  })

/** What starts the runs of a workflow by itself (service-api 7.3). */
export const consoleTriggerRoutes = {
  listTriggers: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/triggers',
    summary: 'List the triggers of the published version of a workflow, oldest first',
    tag: 'Triggers',
    auth: editing,
    params: appParams,
    responses: { 200: z.object({ data: z.array(triggerSchema) }) },
    errors: ['app_not_found'],
  }),
  switchTrigger: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/trigger-enable',
    summary: 'Let a trigger start runs, or no more; a schedule that is let again begins with its next time',
    tag: 'Triggers',
    auth: editing,
    params: appParams,
    body: z.object({ trigger_id: uuid, enable_trigger: z.boolean() }),
    responses: { 200: triggerSchema },
    errors: ['app_not_found', 'not_found'],
  }),
  getWebhook: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows/triggers/webhook',
    summary: 'Get the addresses of a webhook node of the draft: for callers, and for trying the draft',
    tag: 'Triggers',
    auth: editing,
    params: appParams,
    query: z.object({ node_id: z.string().min(1) }),
    responses: {
      200: z.object({
        id: uuid,
        webhook_id: z.string(),
        webhook_url: z.string(),
        webhook_debug_url: z.string(),
        node_id: z.string(),
        created_at: z.iso.datetime(),
      }),
    },
    errors: ['app_not_found', 'draft_workflow_not_exist', 'not_found'],
  }),
  runDraftByTrigger: draftRun(
    '/apps/:app_id/workflows/draft/trigger/run',
    z.object({ node_id: z.string().min(1) }),
    'Try the draft with the next event of a trigger: asked again until it has come, then an event stream; a schedule is tried at once',
  ),
  runDraftTriggerNode: defineRoute({
    ...trial,
    path: '/apps/:app_id/workflows/draft/nodes/:node_id/trigger/run',
    summary: 'Run the node of a trigger alone with its next event: asked again until it has come; a schedule is run at once',
    params: z.object({ app_id: appParams.shape.app_id, node_id: z.string() }),
    responses: { 200: z.union([waitingSchema, nodeRunSchema]), 400: faultSchema },
  }),
  runDraftByTriggers: draftRun(
    '/apps/:app_id/workflows/draft/trigger/run-all',
    z.object({ node_ids: z.array(z.string().min(1)) }),
    'Try the draft with whichever trigger is first: asked again until one is, then an event stream',
  ),
}
