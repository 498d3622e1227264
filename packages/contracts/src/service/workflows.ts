import { z } from 'zod'
import { jsonObject, orNull, pageOf, queryBoolean, queryInteger, requiredUser, success, timestamp, uuid } from '../common/wire.ts'
import { pauseReasonSchema } from '../entities/human-input-form.ts'
import { runInput } from '../entities/run-request.ts'
import { workflowLogSchema, workflowRunStatus } from '../entities/workflow-run.ts'
import { defineRoute } from '../routes/define-route.ts'
import { runErrors } from '../routes/run-errors.ts'

const body = z.object({ ...runInput, user: requiredUser, trace_session_id: z.string().trim().min(1).max(200).nullish() })
const errors = [...runErrors, 'not_workflow_app', 'not_found', 'bad_request'] as const

/** A run as a blocking caller gets it (service-api 1.2). */
export const workflowAnswerSchema = z.object({
  task_id: uuid,
  workflow_run_id: uuid,
  data: z.object({
    id: uuid,
    workflow_id: uuid,
    status: workflowRunStatus,
    outputs: orNull(jsonObject),
    error: orNull(z.string()),
    elapsed_time: z.number(),
    total_tokens: z.number().int(),
    total_steps: z.number().int(),
    created_at: timestamp,
    finished_at: orNull(timestamp),
    /** Of a paused run: which nodes wait, and for what. */
    paused_nodes: z.array(z.string()).optional(),
    reasons: z.array(pauseReasonSchema).optional(),
  }),
})
export type WorkflowAnswer = z.infer<typeof workflowAnswerSchema>

const runDetailSchema = z.object({
  id: uuid,
  workflow_id: uuid,
  status: workflowRunStatus,
  /** JSON text, as in Dify. */
  inputs: z.string(),
  outputs: orNull(jsonObject),
  error: orNull(z.string()),
  total_steps: z.number().int(),
  total_tokens: z.number().int(),
  created_at: timestamp,
  finished_at: orNull(timestamp),
  elapsed_time: z.number(),
})

export const serviceWorkflowRoutes = {
  runWorkflow: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/workflows/run',
    summary: 'Run the published workflow; its result comes whole or as an event stream',
    tag: 'Workflows',
    auth: { type: 'app-key' },
    body,
    responses: { 200: workflowAnswerSchema },
    produces: 'event-stream',
    errors,
  }),
  runWorkflowVersion: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/workflows/:workflow_id/run',
    summary: 'Run one published version of the workflow',
    tag: 'Workflows',
    auth: { type: 'app-key' },
    params: z.object({ workflow_id: z.string() }),
    body,
    responses: { 200: workflowAnswerSchema },
    produces: 'event-stream',
    errors,
  }),
  stopWorkflow: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/workflows/tasks/:task_id/stop',
    summary: 'Stop a run; unknown tasks are answered alike',
    tag: 'Workflows',
    auth: { type: 'app-key' },
    params: z.object({ task_id: z.string() }),
    body: z.object({ user: requiredUser }),
    responses: { 200: success },
    errors: ['not_workflow_app'],
  }),
  getWorkflowRun: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/workflows/run/:workflow_run_id',
    summary: 'Get a run of the app, how far it is and what came of it',
    tag: 'Workflows',
    auth: { type: 'app-key' },
    params: z.object({ workflow_run_id: uuid }),
    responses: { 200: runDetailSchema },
    errors: ['not_workflow_app', 'not_found'],
  }),
  listWorkflowLogs: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/workflows/logs',
    summary: 'List the runs of the app that are over or under way, newest first',
    tag: 'Workflows',
    auth: { type: 'app-key' },
    query: z.object({
      keyword: z.string().optional(),
      status: z.enum(['succeeded', 'failed', 'stopped']).optional(),
      created_at__before: z.iso.datetime({ offset: true }).optional(),
      created_at__after: z.iso.datetime({ offset: true }).optional(),
      created_by_end_user_session_id: z.string().optional(),
      created_by_account: z.string().optional(),
      page: queryInteger({ min: 1, max: 99_999, default: 1 }),
      limit: queryInteger({ min: 1, max: 100, default: 20 }),
    }),
    responses: { 200: pageOf(workflowLogSchema) },
  }),
  resumeWorkflowEvents: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/workflow/:workflow_run_id/events',
    summary: 'Follow a run of the user’s, from now on or with what has happened before',
    tag: 'Workflows',
    auth: { type: 'app-key' },
    params: z.object({ workflow_run_id: uuid }),
    query: z.object({
      user: requiredUser,
      include_state_snapshot: queryBoolean.optional(),
      continue_on_pause: queryBoolean.optional(),
    }),
    responses: {},
    produces: 'event-stream',
    errors: ['not_workflow_app', 'not_found'],
  }),
}
