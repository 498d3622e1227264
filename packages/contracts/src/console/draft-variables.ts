import { z } from 'zod'
import { queryInteger, uuid } from '../common/wire.ts'
import { draftVariableHeadSchema, draftVariableSchema } from '../entities/draft-variable.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

const variableParams = z.object({ app_id: uuid, variable_id: uuid })
const nodeParams = z.object({ app_id: uuid, node_id: z.string() })
const items = z.object({ items: z.array(draftVariableSchema) })
const common = { surface: 'console', tag: 'Draft variables', auth: editing } as const
const errors = ['app_not_found', 'draft_workflow_not_exist'] as const

/** What runs in the editor left of variables: of the caller's own runs, to be looked at, changed, and used by further ones. */
export const consoleDraftVariableRoutes = {
  listDraftVariables: defineRoute({
    ...common,
    method: 'GET',
    path: '/apps/:app_id/workflows/draft/variables',
    summary: 'List the variables of one’s trial runs, without their values',
    params: appParams,
    query: z.object({ page: queryInteger({ min: 1, max: 99_999, default: 1 }), limit: queryInteger({ min: 1, max: 100, default: 20 }) }),
    responses: { 200: z.object({ items: z.array(draftVariableHeadSchema), total: z.number().int() }) },
    errors: ['app_not_found'],
  }),
  deleteDraftVariables: defineRoute({
    ...common,
    method: 'DELETE',
    path: '/apps/:app_id/workflows/draft/variables',
    summary: 'Forget all variables of one’s trial runs',
    params: appParams,
    responses: { 204: null },
    errors: ['app_not_found'],
  }),
  getDraftVariable: defineRoute({
    ...common,
    method: 'GET',
    path: '/apps/:app_id/workflows/draft/variables/:variable_id',
    summary: 'Get a variable with its value',
    params: variableParams,
    responses: { 200: draftVariableSchema },
    errors: ['app_not_found', 'not_found'],
  }),
  changeDraftVariable: defineRoute({
    ...common,
    method: 'PATCH',
    path: '/apps/:app_id/workflows/draft/variables/:variable_id',
    summary: 'Give a variable another value of its type, or another name',
    params: variableParams,
    body: z.object({ name: z.string().min(1).max(255).nullish(), value: z.unknown().optional() }),
    responses: { 200: draftVariableSchema },
    errors: ['app_not_found', 'not_found'],
  }),
  resetDraftVariable: defineRoute({
    ...common,
    method: 'PUT',
    path: '/apps/:app_id/workflows/draft/variables/:variable_id/reset',
    summary: 'Take back what was changed: the value is what the run left, or the initial one; 204 where the variable is gone',
    params: variableParams,
    responses: { 200: draftVariableSchema, 204: null },
    errors: [...errors, 'not_found'],
  }),
  deleteDraftVariable: defineRoute({
    ...common,
    method: 'DELETE',
    path: '/apps/:app_id/workflows/draft/variables/:variable_id',
    summary: 'Forget a variable',
    params: variableParams,
    responses: { 204: null },
    errors: ['app_not_found', 'not_found'],
  }),
  listNodeVariables: defineRoute({
    ...common,
    method: 'GET',
    path: '/apps/:app_id/workflows/draft/nodes/:node_id/variables',
    summary: 'List the variables of a node',
    params: nodeParams,
    responses: { 200: items },
    errors: ['app_not_found'],
  }),
  deleteNodeVariables: defineRoute({
    ...common,
    method: 'DELETE',
    path: '/apps/:app_id/workflows/draft/nodes/:node_id/variables',
    summary: 'Forget the variables of a node',
    params: nodeParams,
    responses: { 204: null },
    errors: ['app_not_found'],
  }),
  listSystemVariables: defineRoute({
    ...common,
    method: 'GET',
    path: '/apps/:app_id/workflows/draft/system-variables',
    summary: 'List the system’s variables of the last trial run',
    params: appParams,
    responses: { 200: items },
    errors: ['app_not_found'],
  }),
  listDraftConversationVariables: defineRoute({
    ...common,
    method: 'GET',
    path: '/apps/:app_id/workflows/draft/conversation-variables',
    summary: 'List the conversation variables; those that no run has changed with their initial values',
    params: appParams,
    responses: { 200: items },
    errors,
  }),
}
