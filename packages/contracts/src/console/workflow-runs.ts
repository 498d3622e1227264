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
    summary: 'Follow one’s trial run, from its beginning or from the frame after Last-Event-ID',
    tag: 'Workflow runs',
    auth: editing,
    params: z.object({ run_id: uuid }),
    responses: { 200: null },
    produces: 'event-stream',
    events: workflowEventSchema,
    errors: ['not_found'],
  }),
  listWorkflowRuns: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflow-runs',
    summary: 'List the runs of a workflow or chatflow, newest first; trial runs unless asked otherwise',
    tag: 'Workflow runs',
    auth: editing,
    params: appParams,
    query: z.object({
      last_id: optionalCursor,
      limit: queryInteger({ min: 1, max: 100, default: 20 }),
      status: workflowRunStatus.optional(),
      triggered_from: z.enum(['debugging', 'app-run']).default('debugging'),
    }),
    responses: { 200: cursorOf(workflowRunItemSchema) },
    errors: ['app_not_found', 'not_found'],
  }),
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
