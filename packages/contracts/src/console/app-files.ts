import { z } from 'zod'
import { appMode, iconType, jsonObject, orNull, queryBoolean, uuid } from '../common/wire.ts'
import { draftSavedSchema } from '../entities/workflow.ts'
import { refusalSchema } from '../errors/refusal.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'
import { publishObstacleSchema } from './publish-obstacle.ts'

/** How an import went (service-api 7.3). */
const importSchema = z.object({
  id: z.string(),
  status: z.enum(['completed', 'completed-with-warnings', 'pending', 'failed']),
  app_id: orNull(uuid),
  app_mode: orNull(appMode),
  permission_keys: z.array(z.string()).default([]),
  current_dsl_version: z.string(),
  imported_dsl_version: z.string(),
  error: z.string(),
  /** Ours: what `error` says of an app that is there and cannot be published yet. */
  obstacle: publishObstacleSchema.nullable(),
  /** Ours: what `error` says of a file that was not taken. */
  details: refusalSchema.nullable(),
})

const modelName = z.strictObject({ provider: z.string(), model: z.string() })
const nodes = z.array(z.object({ id: z.string(), title: z.string() })).readonly()

/** Ours: what a draft needs beyond itself, and what the workspace has instead. */
const needsSchema = z.object({
  models: z
    .array(z.object({ provider: z.string(), model: z.string(), status: z.enum(['ready', 'no-credentials', 'unknown']), nodes }))
    .readonly(),
  tools: z
    .array(
      z.object({
        provider: z.string(),
        provider_type: z.string(),
        tool: z.string(),
        status: z.enum(['ready', 'unknown']),
        nodes,
      }),
    )
    .readonly(),
  agent_strategies: z.array(z.object({ provider: z.string(), strategy: z.string(), nodes })).readonly(),
  knowledge: z.array(z.object({ dataset_id: z.string(), nodes })).readonly(),
  unknown_nodes: z.array(z.object({ id: z.string(), title: z.string(), type: z.string() })).readonly(),
  leaked_dependencies: z.array(jsonObject),
  default_model: modelName.nullable(),
})

const outcomes = { 200: importSchema, 202: importSchema, 400: importSchema }

export const consoleAppFileRoutes = {
  importApp: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/imports',
    summary: 'Make an app of a file, or overwrite a workflow with one; 202: it waits for confirmation',
    tag: 'App files',
    auth: editing,
    body: z.object({
      mode: z.enum(['yaml-content', 'yaml-url']),
      yaml_content: z.string().nullish(),
      yaml_url: z.string().nullish(),
      name: z.string().trim().max(255, 'A name takes at most 255 characters.').nullish(),
      description: z.string().max(400, 'A description takes at most 400 characters.').nullish(),
      icon_type: iconType.nullish(),
      icon: z.string().max(255, 'An icon takes at most 255 characters.').nullish(),
      icon_background: z.string().max(64, 'A color takes at most 64 characters.').nullish(),
      app_id: uuid.nullish(),
    }),
    responses: outcomes,
  }),
  confirmImport: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/imports/:import_id/confirm',
    summary: 'Import a file of another version all the same',
    tag: 'App files',
    auth: editing,
    params: z.object({ import_id: z.string() }),
    responses: outcomes,
  }),
  checkDependencies: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/imports/:app_id/check-dependencies',
    summary: "List the plugins that an app's file asks for and that are not here",
    tag: 'App files',
    auth: editing,
    params: appParams,
    responses: { 200: z.object({ leaked_dependencies: z.array(jsonObject) }) },
    errors: ['app_not_found', 'draft_workflow_not_exist'],
  }),
  exportApp: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/export',
    summary: 'Get an app as a file, which Dify reads too',
    tag: 'App files',
    auth: editing,
    params: appParams,
    query: z.object({
      include_secret: queryBoolean.optional(),
      /** A published version; the draft where absent or empty. */
      workflow_id: z.union([z.literal(''), uuid]).optional(),
    }),
    responses: { 200: z.object({ data: z.string() }) },
    errors: ['app_not_found', 'draft_workflow_not_exist', 'not_found', 'bad_request', 'app_unavailable'],
  }),
  getDraftNeeds: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/workflows/draft/requirements',
    summary: 'List what the nodes of a draft need, and what the workspace has of it',
    tag: 'App files',
    auth: editing,
    params: appParams,
    responses: { 200: needsSchema },
    errors: ['app_not_found', 'draft_workflow_not_exist'],
  }),
  bindDraftModels: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflows/draft/bind-models',
    summary: 'Replace models that a draft names by models of the workspace',
    tag: 'App files',
    auth: editing,
    params: appParams,
    body: z.strictObject({ bindings: z.array(z.strictObject({ from: modelName, to: modelName })).max(100) }),
    responses: { 200: draftSavedSchema },
    errors: [
      'app_not_found',
      'draft_workflow_not_exist',
      'draft_workflow_not_sync',
      'model_currently_not_support',
      'provider_not_initialize',
    ],
  }),
}
