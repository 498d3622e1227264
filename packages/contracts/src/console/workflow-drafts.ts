import { z } from 'zod'
import { jsonObject, success } from '../common/wire.ts'
import { draftSavedSchema, workflowSchema } from '../entities/workflow.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

/** Absent, null and empty are the same: no variables. */
const variables = z
  .array(jsonObject)
  .nullish()
  .transform((list) => list ?? [])

const draftVariableSchema = z.object({
  id: z.string(),
  type: z.literal('env'),
  name: z.string(),
  description: z.string(),
  selector: z.array(z.string()),
  value_type: z.string(),
  value: z.unknown(),
  edited: z.boolean(),
  visible: z.boolean(),
  editable: z.boolean(),
})

const errors = ['app_not_found', 'draft_workflow_not_exist'] as const

export const consoleWorkflowDraftRoutes = {
  getWorkflowDraft: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows/draft',
    summary: 'Get the draft of a workflow or chatflow',
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    responses: { 200: workflowSchema },
    errors,
  }),
  saveWorkflowDraft: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflows/draft',
    summary: 'Save the draft, unless its graph is no longer the one that `hash` names',
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    isBeacon: true,
    body: z.object({
      graph: jsonObject,
      features: jsonObject,
      hash: z.string().nullish(),
      environment_variables: variables,
      conversation_variables: variables,
    }),
    responses: { 200: draftSavedSchema },
    errors: ['app_not_found', 'draft_workflow_not_sync'],
  }),
  saveWorkflowFeatures: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflows/draft/features',
    summary: "Replace the draft's features by exactly these",
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    body: z.object({ features: jsonObject }),
    responses: { 200: success },
    errors,
  }),
  listEnvironmentVariables: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows/draft/environment-variables',
    summary: "List the draft's environment variables",
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    responses: { 200: z.object({ items: z.array(draftVariableSchema) }) },
    errors,
  }),
  saveEnvironmentVariables: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflows/draft/environment-variables',
    summary: "Replace the draft's environment variables",
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    body: z.object({ environment_variables: z.array(jsonObject) }),
    responses: { 200: success },
    errors,
  }),
  saveConversationVariables: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflows/draft/conversation-variables',
    summary: "Replace the draft's conversation variables (chatflows only)",
    tag: 'Workflows',
    auth: editing,
    params: appParams,
    body: z.object({ conversation_variables: z.array(jsonObject) }),
    responses: { 200: success },
    errors,
  }),
}
