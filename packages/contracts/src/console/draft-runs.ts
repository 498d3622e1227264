import { z } from 'zod'
import { jsonObject, pageOf, uuid } from '../common/wire.ts'
import { conversationVariableSchema } from '../entities/conversation.ts'
import { continuedConversation, optionalQuery, parentMessage, runInput } from '../entities/run-request.ts'
import { nodeRunSchema } from '../entities/workflow-run.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'
import { chatEventSchema } from '../wire-events/message-events.ts'
import { workflowEventSchema } from '../wire-events/workflow-events.ts'
import { appParams } from './apps.ts'

const common = { surface: 'console', tag: 'Draft runs', auth: editing } as const
const nodeParams = z.object({ app_id: uuid, node_id: z.string() })
/** Values for what the node reads, by its own names for them or as `#node.variable#`; the rest is taken from the draft's variables. */
const inputs = jsonObject.nullish().transform((given) => given ?? {})
/** Ours: begins at that node, with what the draft's variables hold of all before it; `inputs` may give some of them in their place. */
export const startNodeId = z
  .string()
  .nullish()
  .transform((id) => id || undefined)
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
  runChatflowDraft: defineRoute({
    ...common,
    method: 'POST',
    path: '/apps/:app_id/advanced-chat/workflows/draft/run',
    summary: 'Try the draft of a chatflow with a message, or the part of it from a node on; always an event stream',
    params: appParams,
    body: z.object({
      inputs,
      /** Required, unless the run begins at a node: then the last question stands. */
      query: optionalQuery,
      files: runInput.files,
      conversation_id: continuedConversation,
      parent_message_id: parentMessage,
      start_node_id: startNodeId,
    }),
    responses: { 200: null },
    produces: 'event-stream',
    events: chatEventSchema,
    errors: [...errors, 'conversation_completed'],
  }),
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
  listVariablesOfConversation: defineRoute({
    ...common,
    method: 'GET',
    path: '/apps/:app_id/conversation-variables',
    summary: 'List what the variables of a conversation are now',
    params: appParams,
    query: z.object({ conversation_id: uuid }),
    responses: { 200: pageOf(conversationVariableSchema) },
    errors: ['app_not_found'],
  }),
}
