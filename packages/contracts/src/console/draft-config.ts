import { z } from 'zod'
import { timestamp } from '../common/wire.ts'
import { modelConfigSchema } from '../entities/model-config.ts'
import { defineRoute } from '../routes/define-route.ts'
import { appReading, editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

/** What the editor works on: the draft where there is one, else the published configuration. */
export const draftConfigSchema = z.object({
  model_config: modelConfigSchema,
  /** Names this state of the draft; opaque. */
  hash: z.string(),
  updated_at: timestamp,
  has_unpublished_changes: z.boolean(),
})
export type DraftConfig = z.infer<typeof draftConfigSchema>

export const consoleDraftConfigRoutes = {
  getDraftConfig: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/draft-config',
    summary: 'Get the configuration that the editor works on',
    tag: 'Apps',
    auth: appReading,
    params: appParams,
    responses: { 200: draftConfigSchema },
    errors: ['app_not_found', 'provider_not_initialize'],
  }),
  saveDraftConfig: defineRoute({
    surface: 'console',
    method: 'PUT',
    path: '/apps/:app_id/draft-config',
    summary: 'Save the draft, unless someone else changed it since `hash`: then 409 tells the `hash` of the draft as it is',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: z.strictObject({ model_config: modelConfigSchema, hash: z.string() }),
    responses: { 200: draftConfigSchema },
    errors: ['app_not_found', 'conflict', 'provider_not_initialize'],
  }),
  discardDraftConfig: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/draft-config/discard',
    summary: 'Drop the draft: the editor shows what is published',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    responses: { 200: draftConfigSchema },
    errors: ['app_not_found', 'provider_not_initialize'],
  }),
}
