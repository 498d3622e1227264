import type { Flag, JsonText, Milliseconds } from './columns.ts'

export interface AppsTable {
  id: string
  tenant_id: string
  name: string
  description: string
  mode: 'completion' | 'chat' | 'agent-chat' | 'advanced-chat' | 'workflow'
  icon_type: 'emoji' | 'image' | 'link' | null
  icon: string | null
  icon_background: string | null
  enable_site: Flag
  enable_api: Flag
  use_icon_as_answer_icon: Flag
  /** Here and below, null and 0 are no limit of its own. */
  max_active_requests: number | null
  requests_per_minute: number | null
  requests_per_hour: number | null
  requests_per_day: number | null
  /** The configuration that callers get; null until first published. */
  published_config_id: string | null
  /** The configuration that the editor shows; null means "as published". */
  draft_config: JsonText | null
  draft_updated_at: Milliseconds | null
  /** Of workflows and chatflows: the version that callers get; null until first published. */
  published_workflow_id: string | null
  /** Of basic apps: what else the app file held from which they came, as `workflows.extra`. */
  file_extra: JsonText | null
  created_by: string
  created_at: Milliseconds
  updated_by: string
  updated_at: Milliseconds
}

/** Which apps an account wants to see first. */
export interface AppStarsTable {
  account_id: string
  app_id: string
  tenant_id: string
  created_at: Milliseconds
}

/** Published configurations of basic apps, immutable: messages and runs point to the one that they used. */
export interface AppConfigsTable {
  id: string
  tenant_id: string
  app_id: string
  config: JsonText
  created_by: string
  created_at: Milliseconds
}

export interface SitesTable {
  id: string
  tenant_id: string
  app_id: string
  /** The public address: 16 letters and digits. */
  code: string
  title: string
  icon_type: 'emoji' | 'image' | 'link' | null
  icon: string | null
  icon_background: string | null
  description: string | null
  default_language: string
  chat_color_theme: string | null
  chat_color_theme_inverted: Flag
  customize_domain: string | null
  copyright: string | null
  privacy_policy: string | null
  input_placeholder: string | null
  custom_disclaimer: string
  customize_token_strategy: 'must' | 'allow' | 'not_allow'
  prompt_public: Flag
  show_workflow_steps: Flag
  use_icon_as_answer_icon: Flag
  /** `private_all`: members of the workspace who are signed in. */
  access_mode: 'public' | 'private_all'
  created_by: string
  created_at: Milliseconds
  updated_by: string
  updated_at: Milliseconds
}

export interface ApiKeysTable {
  id: string
  tenant_id: string
  app_id: string | null
  type: 'app' | 'dataset'
  /** SHA-256 of the key, hex. */
  token_hash: string
  /** What lists show: prefix and last characters. */
  token_masked: string
  last_used_at: Milliseconds | null
  created_by: string
  created_at: Milliseconds
}

export interface EndUsersTable {
  id: string
  tenant_id: string
  app_id: string | null
  type: 'service_api' | 'browser' | 'mcp' | 'trigger'
  is_anonymous: Flag
  session_id: string
  external_user_id: string | null
  name: string | null
  created_at: Milliseconds
  updated_at: Milliseconds
}
