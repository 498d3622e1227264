import { z } from 'zod'
import { cursorOf, optionalCursor, pageOf, queryBoolean, queryInteger, success, uuid } from '../common/wire.ts'
import { runInput } from '../entities/run-request.ts'
import {
  nodeRunSchema,
  workflowLogSchema,
  workflowRunDetailSchema,
  workflowRunItemSchema,
  workflowRunStatus,
} from '../entities/workflow-run.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'
import { workflowEventSchema } from '../wire-events/workflow-events.ts'
import { appParams } from './apps.ts'
import { startNodeId } from './draft-runs.ts'

const { inputs, files } = runInput
const runParams = z.object({ app_id: uuid, run_id: uuid })

const triggeredFrom = z.enum(['debugging', 'app-run']).default('debugging')
const common = { surface: 'console', method: 'GET', tag: 'Workflow runs', auth: editing, params: appParams } as const

const listRuns = <const Path extends string>(path: Path, summary: string) =>
  defineRoute({
    ...common,
    path,
    summary,
    query: z.object({
      last_id: optionalCursor,
      limit: queryInteger({ min: 1, max: 100, default: 20 }),
      status: workflowRunStatus.optional(),
      triggered_from: triggeredFrom,
    }),
    responses: { 200: cursorOf(workflowRunItemSchema) },
    errors: ['app_not_found', 'not_found'],
  })

const countRuns = <const Path extends string>(path: Path, summary: string) =>
  defineRoute({
    ...common,
    path,
    summary,
    query: z.object({
      status: workflowRunStatus.optional(),
      /** How far back: days, hours, minutes or seconds. */
      time_range: z
        .string()
        .regex(/^\d{1,6}[dhms]$/, 'A number with d, h, m or s behind it, such as 7d.')
        .optional(),
      triggered_from: triggeredFrom,
    }),
    responses: {
      200: z.object({
        total: z.number().int(),
        running: z.number().int(),
        succeeded: z.number().int(),
        failed: z.number().int(),
        stopped: z.number().int(),
        partial_succeeded: z.number().int(),
      }),
    },
    errors: ['app_not_found'],
  })

export const consoleWorkflowRunRoutes = {
  runWorkflowDraft: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflows/draft/run',
    summary: 'Try the draft of a workflow, or the part of it from a node on; always an event stream',
    tag: 'Workflow runs',
    auth: editing,
    params: appParams,
    body: z.object({ inputs, files, start_node_id: startNodeId }),
    responses: { 200: null },
    produces: 'event-stream',
    events: workflowEventSchema,
    errors: [...runErrors, 'app_not_found', 'draft_workflow_not_exist', 'not_found'],
  }),
  stopWorkflowRun: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflow-runs/tasks/:task_id/stop',
    summary: 'Stop one’s trial run; unknown tasks are answered alike',
    tag: 'Workflow runs',
    auth: editing,
    params: z.object({ app_id: uuid, task_id: z.string() }),
    responses: { 200: success },
    errors: ['app_not_found'],
  }),
  followWorkflowRun: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/workflow/:run_id/events',
    summary: 'Follow one’s trial run, from now on, with what has happened before, or from the frame after Last-Event-ID',
    tag: 'Workflow runs',
    auth: editing,
    params: z.object({ run_id: uuid }),
    query: z.object({ include_state_snapshot: queryBoolean.optional(), continue_on_pause: queryBoolean.optional() }),
    responses: { 200: null },
    produces: 'event-stream',
    events: workflowEventSchema,
    errors: ['not_found'],
  }),
  listWorkflowRuns: listRuns('/apps/:app_id/workflow-runs', 'List the runs of a workflow, newest first; trial runs unless asked otherwise'),
  countWorkflowRuns: countRuns('/apps/:app_id/workflow-runs/count', 'Count the runs of a workflow by what became of them'),
  listChatflowRuns: listRuns(
    '/apps/:app_id/advanced-chat/workflow-runs',
    'List the runs of a chatflow, newest first; trial runs unless asked otherwise',
  ),
  countChatflowRuns: countRuns('/apps/:app_id/advanced-chat/workflow-runs/count', 'Count the runs of a chatflow by what became of them'),
  getConsoleWorkflowRun: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflow-runs/:run_id',
    summary: 'Get a run: what went in, what came out, and the graph that it ran',
    tag: 'Workflow runs',
    auth: editing,
    params: runParams,
    responses: { 200: workflowRunDetailSchema },
    errors: ['app_not_found', 'not_found'],
  }),
  listNodeExecutions: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflow-runs/:run_id/node-executions',
    summary: 'List what each node of a run got, did and gave, oldest first; those in rounds of loops and iterations too',
    tag: 'Workflow runs',
    auth: editing,
    params: runParams,
    responses: { 200: z.object({ data: z.array(nodeRunSchema) }) },
    errors: ['app_not_found', 'not_found'],
  }),
  listWorkflowAppLogs: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflow-app-logs',
    summary: 'List the runs that callers made, newest first',
    tag: 'Workflow runs',
    auth: editing,
    params: appParams,
    query: z.object({
      keyword: z.string().optional(),
      status: workflowRunStatus.optional(),
      created_at__before: z.iso.datetime({ offset: true }).optional(),
      created_at__after: z.iso.datetime({ offset: true }).optional(),
      created_by_end_user_session_id: z.string().optional(),
      created_by_account: z.string().optional(),
      detail: queryBoolean.optional(),
      page: queryInteger({ min: 1, max: 99_999, default: 1 }),
      limit: queryInteger({ min: 1, max: 100, default: 20 }),
    }),
    responses: { 200: pageOf(workflowLogSchema) },
    errors: ['app_not_found'],
  }),
}
