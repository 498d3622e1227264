import { z } from 'zod'
import { orNull } from '../common/wire.ts'

/** Services whose accounts sign in; `oidc` is whatever OpenID Connect provider is configured. */
export const signInProviderId = z.enum(['github', 'google', 'oidc'])
export type SignInProviderId = z.infer<typeof signInProviderId>

/** What this installation offers, told to browsers before anyone signs in (service-api 5.1). */
export const systemFeaturesSchema = z.object({
  sso_enforced_for_signin: z.boolean().default(false),
  sso_enforced_for_signin_protocol: z.string().default(''),
  enable_marketplace: z.boolean().default(false),
  /** Bytes. */
  max_plugin_package_size: z
    .number()
    .int()
    .default(15 * 1024 * 1024),
  enable_email_code_login: z.boolean(),
  enable_email_password_login: z.boolean(),
  enable_social_oauth_login: z.boolean().default(false),
  /** Ours: which services those are, and what people know them by. */
  sign_in_providers: z.array(z.object({ id: signInProviderId, name: z.string() })).default([]),
  /** Ours: what file links begin with where they lead to another host than the console's (`FILES_URL`). */
  files_url: orNull(z.string()),
  enable_collaboration_mode: z.boolean().default(false),
  enable_creators_platform: z.boolean().default(false),
  enable_explore_banner: z.boolean().default(false),
  enable_trial_app: z.boolean().default(false),
  enable_learn_app: z.boolean().default(false),
  enable_app_deploy: z.boolean().default(false),
  rbac_enabled: z.boolean().default(false),
  is_allow_register: z.boolean(),
  is_allow_create_workspace: z.boolean(),
  is_email_setup: z.boolean(),
  enable_change_email: z.boolean().default(false),
  license: z
    .object({
      status: z.string(),
      expired_at: z.string(),
      workspaces: z.object({ enabled: z.boolean(), size: z.number().int(), limit: z.number().int() }),
    })
    .default({ status: 'none', expired_at: '', workspaces: { enabled: false, size: 0, limit: 0 } }),
  branding: z
    .object({
      enabled: z.boolean(),
      application_title: z.string(),
      login_page_logo: z.string(),
      workspace_logo: z.string(),
      favicon: z.string(),
    })
    .default({ enabled: false, application_title: '', login_page_logo: '', workspace_logo: '', favicon: '' }),
  webapp_auth: z
    .object({
      enabled: z.boolean(),
      allow_sso: z.boolean(),
      sso_config: z.object({ protocol: z.string() }),
      allow_email_code_login: z.boolean(),
      allow_email_password_login: z.boolean(),
    })
    .default({
      enabled: false,
      allow_sso: false,
      sso_config: { protocol: '' },
      allow_email_code_login: false,
      allow_email_password_login: false,
    }),
  plugin_installation_permission: z
    .object({ plugin_installation_scope: z.string(), restrict_to_marketplace_only: z.boolean() })
    .default({ plugin_installation_scope: 'all', restrict_to_marketplace_only: false }),
  plugin_manager: z.object({ enabled: z.boolean() }).default({ enabled: false }),
})
export type SystemFeatures = z.infer<typeof systemFeaturesSchema>

const quota = z.object({ size: z.number().int(), limit: z.number().int() }).default({ size: 0, limit: 0 })
const metered = z
  .object({ usage: z.number().int(), limit: z.number().int(), reset_date: z.number().int() })
  .default({ usage: 0, limit: 0, reset_date: 0 })

/** What the current workspace may use; a limit of 0 means none (service-api 7.3). */
export const workspaceFeaturesSchema = z.object({
  billing: z
    .object({ enabled: z.boolean(), subscription: z.object({ plan: z.string(), interval: z.string() }) })
    .default({ enabled: false, subscription: { plan: 'sandbox', interval: '' } }),
  education: z.object({ enabled: z.boolean(), activated: z.boolean() }).default({ enabled: false, activated: false }),
  members: quota,
  apps: quota,
  vector_space: quota,
  annotation_quota_limit: quota,
  documents_upload_quota: quota,
  knowledge_rate_limit: z.number().int().default(0),
  docs_processing: z.string().default('standard'),
  can_replace_logo: z.boolean().default(false),
  model_load_balancing_enabled: z.boolean().default(true),
  dataset_operator_enabled: z.boolean().default(false),
  webapp_copyright_enabled: z.boolean().default(false),
  workspace_members: z
    .object({ enabled: z.boolean(), size: z.number().int(), limit: z.number().int() })
    .default({ enabled: false, size: 0, limit: 0 }),
  is_allow_transfer_workspace: z.boolean().default(false),
  trigger_event: metered,
  api_rate_limit: metered,
  human_input_email_delivery_enabled: z.boolean().default(false),
  knowledge_pipeline: z.object({ publish_enabled: z.boolean() }).default({ publish_enabled: false }),
  next_credit_reset_date: orNull(z.number().int()),
})
