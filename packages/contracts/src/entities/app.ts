import { z } from 'zod'
import { appMode, iconType, orNull, timestamp, uuid } from '../common/wire.ts'
import { configuredModelSchema, savedModelConfigSchema } from './model-config.ts'
import { appSiteSchema } from './site.ts'
import { tagSchema } from './tag.ts'

const audit = {
  created_by: orNull(uuid),
  created_at: orNull(timestamp),
  updated_by: orNull(uuid),
  updated_at: orNull(timestamp),
}

/** Ours. */
const publication = {
  /** The draft differs from what callers get. */
  has_unpublished_changes: z.boolean().default(false),
  /** Callers get something: an app that was only imported, or made without a model, has nothing for them. */
  is_published: z.boolean().default(true),
}

const workflowReferenceSchema = z.object({ id: uuid, ...audit })

/** What the switches of an app answer. */
export const appSummarySchema = z.object({
  id: uuid,
  name: z.string(),
  description: orNull(z.string()),
  mode: appMode,
  icon: orNull(z.string()),
  icon_background: orNull(z.string()),
  enable_site: z.boolean(),
  enable_api: z.boolean(),
  model_config: orNull(savedModelConfigSchema),
  workflow: orNull(workflowReferenceSchema),
  tracing: orNull(z.unknown()),
  use_icon_as_answer_icon: z.boolean(),
  ...audit,
  access_mode: orNull(z.string()),
  tags: z.array(tagSchema).default([]),
  permission_keys: z.array(z.string()).default([]),
  maintainer: orNull(uuid),
})

/** An app (service-api 7.3). */
export const appSchema = z.object({
  ...appSummarySchema.shape,
  icon_type: orNull(iconType),
  icon_url: orNull(z.string()),
  /** Where the Service API is served. */
  api_base_url: orNull(z.string()),
  max_active_requests: orNull(z.number().int()),
  deleted_tools: z.array(z.object({ type: z.string(), tool_name: z.string(), provider_id: z.string() })).default([]),
  site: orNull(appSiteSchema),
  bound_agent_id: orNull(uuid),
  app_id: orNull(uuid),
  ...publication,
})
export type App = z.infer<typeof appSchema>

/** An app in the Studio's list. */
export const appItemSchema = z.object({
  id: uuid,
  name: z.string(),
  description: orNull(z.string()),
  mode: appMode,
  icon_type: orNull(iconType),
  icon: orNull(z.string()),
  icon_background: orNull(z.string()),
  icon_url: orNull(z.string()),
  model_config: orNull(z.object({ model: orNull(configuredModelSchema), pre_prompt: orNull(z.string()), ...audit })),
  workflow: orNull(workflowReferenceSchema),
  use_icon_as_answer_icon: z.boolean(),
  max_active_requests: orNull(z.number().int()),
  ...audit,
  tags: z.array(tagSchema).default([]),
  access_mode: orNull(z.string()),
  create_user_name: orNull(z.string()),
  author_name: orNull(z.string()),
  has_draft_trigger: orNull(z.boolean()),
  permission_keys: z.array(z.string()).default([]),
  bound_agent_id: orNull(uuid),
  app_id: orNull(uuid),
  is_starred: z.boolean().default(false),
  maintainer: orNull(uuid),
  ...publication,
})
export type AppItem = z.infer<typeof appItemSchema>

export const appIconInput = {
  icon_type: iconType.nullish(),
  /** An emoji, the id of an uploaded picture, or an address, by `icon_type`. */
  icon: z.string().max(255, 'An icon takes at most 255 characters.').nullish(),
  icon_background: z.string().max(64, 'A color takes at most 64 characters.').nullish(),
}

/** What a new app may be given. */
export const appCreateInput = {
  name: z.string().trim().min(1, 'An app needs a name.').max(255, 'A name takes at most 255 characters.'),
  description: z.string().max(400, 'A description takes at most 400 characters.').nullish(),
  ...appIconInput,
}
