import { z } from 'zod'
import { jsonObject, uuid } from '../common/wire.ts'
import { runInput } from '../entities/run-request.ts'
import { nodeRunSchema } from '../entities/workflow-run.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'
import { workflowEventSchema } from '../wire-events/workflow-events.ts'

const common = { surface: 'console', tag: 'Draft runs', auth: editing } as const
const nodeParams = z.object({ app_id: uuid, node_id: z.string() })
/** Values for what the node reads, by its own names for them or as `#node.variable#`; the rest is taken from the draft's variables. */
const inputs = jsonObject.nullish().transform((given) => given ?? {})
const errors = [...runErrors, 'app_not_found', 'draft_workflow_not_exist', 'not_found'] as const

const containerRun = <const Path extends string>(path: Path, summary: string) =>
  defineRoute({
    ...common,
    method: 'POST',
    path,
    summary,
    params: nodeParams,
    body: z.object({ inputs }),
    responses: { 200: null },
    produces: 'event-stream',
    events: workflowEventSchema,
    errors,
  })

/** Trial runs of parts of a draft. */
export const consoleDraftRunRoutes = {
  runDraftNode: defineRoute({
    ...common,
    method: 'POST',
    path: '/apps/:app_id/workflows/draft/nodes/:node_id/run',
    summary: 'Run one node of the draft; a node that fails is answered all the same',
    params: nodeParams,
    body: z.object({ inputs, query: z.string().nullish(), files: runInput.files }),
    responses: { 200: nodeRunSchema },
    errors,
  }),
  getLastNodeRun: defineRoute({
    ...common,
    method: 'GET',
    path: '/apps/:app_id/workflows/draft/nodes/:node_id/last-run',
    summary: 'Get the last execution of a node in trial runs, whoever made them',
    params: nodeParams,
    responses: { 200: nodeRunSchema },
    errors: ['app_not_found', 'not_found'],
  }),
  runDraftIteration: containerRun('/apps/:app_id/workflows/draft/iteration/nodes/:node_id/run', 'Run an iteration of a workflow’s draft'),
  runDraftLoop: containerRun('/apps/:app_id/workflows/draft/loop/nodes/:node_id/run', 'Run a loop of a workflow’s draft'),
  runChatflowDraftIteration: containerRun(
    '/apps/:app_id/advanced-chat/workflows/draft/iteration/nodes/:node_id/run',
    'Run an iteration of a chatflow’s draft',
  ),
  runChatflowDraftLoop: containerRun(
    '/apps/:app_id/advanced-chat/workflows/draft/loop/nodes/:node_id/run',
    'Run a loop of a chatflow’s draft',
  ),
}
