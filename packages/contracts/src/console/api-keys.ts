import { z } from 'zod'
import { orNull, timestamp, uuid } from '../common/wire.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

export const apiKeySchema = z.object({
  id: uuid,
  type: z.enum(['app', 'dataset']),
  /** Whole when it is created, masked ever after. */
  token: z.string(),
  last_used_at: orNull(timestamp),
  created_at: timestamp,
})
export type ApiKey = z.infer<typeof apiKeySchema>

export const consoleApiKeyRoutes = {
  listAppApiKeys: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/api-keys',
    summary: 'List the keys of an app, masked',
    tag: 'API keys',
    auth: editing,
    params: appParams,
    responses: { 200: z.object({ data: z.array(apiKeySchema) }) },
    errors: ['app_not_found'],
  }),
  createAppApiKey: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/api-keys',
    summary: 'Create a key for an app; it is shown this once',
    tag: 'API keys',
    auth: editing,
    params: appParams,
    responses: { 201: apiKeySchema },
    errors: ['app_not_found', 'max_keys_exceeded'],
    // Dify's own shape for this one failure (service-api 0.2).
    errorBody: (error) => (error.code === 'max_keys_exceeded' ? { custom: error.code, message: error.message } : error.toBody()),
  }),
  deleteAppApiKey: defineRoute({
    surface: 'console',
    method: 'DELETE',
    path: '/apps/:app_id/api-keys/:key_id',
    summary: 'Delete a key of an app',
    tag: 'API keys',
    auth: administering,
    params: z.object({ app_id: uuid, key_id: uuid }),
    responses: { 204: null },
    errors: ['app_not_found', 'not_found'],
  }),
}
