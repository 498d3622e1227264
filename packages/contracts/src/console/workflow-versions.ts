import { z } from 'zod'
import { jsonObject, queryBoolean, queryInteger, timestamp, uuid } from '../common/wire.ts'
import { draftSavedSchema, versionMarks, workflowSchema } from '../entities/workflow.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

const versionParams = z.object({ app_id: appParams.shape.app_id, workflow_id: uuid })
const blockConfigSchema = z.object({ type: z.string(), config: jsonObject })

const errors = ['app_not_found', 'not_found', 'bad_request'] as const

export const consoleWorkflowVersionRoutes = {
  getPublishedWorkflow: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows/publish',
    summary: 'Get the version that callers get; null until first published',
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    responses: { 200: workflowSchema.nullable() },
    errors: ['app_not_found'],
  }),
  publishWorkflow: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflows/publish',
    summary: 'Make a version of the draft that callers get from now on; runs that go on keep theirs',
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    body: z.object(versionMarks),
    responses: { 200: z.object({ result: z.literal('success'), created_at: timestamp }) },
    errors: ['app_not_found', 'draft_workflow_not_exist'],
  }),
  listWorkflowVersions: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows',
    summary: 'List the published versions, newest first',
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    query: z.object({
      page: queryInteger({ min: 1, max: 99_999, default: 1 }),
      limit: queryInteger({ min: 1, max: 100, default: 10 }),
      /** Only the caller's own id is answered. */
      user_id: z.string().optional(),
      named_only: queryBoolean.optional(),
    }),
    responses: {
      200: z.object({ items: z.array(workflowSchema), page: z.number().int(), limit: z.number().int(), has_more: z.boolean() }),
    },
    errors: ['app_not_found'],
  }),
  getWorkflowVersion: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows/:workflow_id',
    summary: 'Get a published version',
    tag: 'Workflows',
    auth: editing,
    params: versionParams,
    responses: { 200: workflowSchema },
    errors,
  }),
  renameWorkflowVersion: defineRoute({
    surface: 'console',
    method: 'PATCH',
    path: '/apps/:app_id/workflows/:workflow_id',
    summary: 'Name a version, or comment on it',
    tag: 'Workflows',
    auth: editing,
    params: versionParams,
    body: z.object(versionMarks),
    responses: { 200: workflowSchema },
    errors,
  }),
  deleteWorkflowVersion: defineRoute({
    surface: 'console',
    method: 'DELETE',
    path: '/apps/:app_id/workflows/:workflow_id',
    summary: 'Delete a version that nothing uses',
    tag: 'Workflows',
    auth: editing,
    params: versionParams,
    responses: { 204: null },
    errors,
  }),
  restoreWorkflowVersion: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflows/:workflow_id/restore',
    summary: 'Make the draft what that version is',
    tag: 'Workflows',
    auth: editing,
    params: versionParams,
    responses: { 200: draftSavedSchema },
    errors,
  }),
  listDefaultBlockConfigs: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows/default-workflow-block-configs',
    summary: 'List what new nodes begin with, by type',
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    responses: { 200: z.array(blockConfigSchema) },
    errors: ['app_not_found'],
  }),
  getDefaultBlockConfig: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows/default-workflow-block-configs/:block_type',
    summary: 'Get what a new node of a type begins with',
    tag: 'Workflows',
    auth: editing,
    params: z.object({ app_id: appParams.shape.app_id, block_type: z.string() }),
    /** An object as JSON: `{"code_language": "javascript"}`. */
    query: z.object({ q: z.string().optional() }),
    responses: { 200: z.union([blockConfigSchema, z.object({})]) },
    errors: ['app_not_found', 'not_found'],
  }),
}
