import type { Flag, JsonText, Milliseconds } from './columns.ts'

export type InvokeFrom = 'service-api' | 'web-app' | 'debugger' | 'explore'

export interface ConversationsTable {
  id: string
  tenant_id: string
  app_id: string
  mode: 'completion' | 'chat' | 'agent-chat' | 'advanced-chat'
  name: string
  inputs: JsonText
  /** Opening statement with its variables filled in. */
  introduction: string | null
  status: 'normal'
  invoke_from: InvokeFrom
  from_end_user_id: string | null
  from_account_id: string | null
  pinned_at: Milliseconds | null
  read_at: Milliseconds | null
  /** Set where the caller deleted it: hidden from lists, kept for the log. */
  deleted_at: Milliseconds | null
  created_at: Milliseconds
  updated_at: Milliseconds
}

export interface MessagesTable {
  id: string
  tenant_id: string
  app_id: string
  conversation_id: string
  parent_message_id: string | null
  run_id: string
  /** Null where the editor's unsaved configuration was tried. */
  app_config_id: string | null
  model_provider: string
  model_id: string
  inputs: JsonText
  query: string
  /** Inputs and query as they were asked, where something (moderation) changed them before they were answered. */
  asked: JsonText | null
  /** The messages that were sent to the model. */
  prompt: JsonText
  answer: string
  /** `paused`: its run waits for somebody. */
  status: 'normal' | 'paused' | 'error'
  error_code: string | null
  error: string | null
  is_stopped: Flag
  prompt_tokens: number
  completion_tokens: number
  total_price_nano: number
  currency: string
  /** Seconds would lose precision in some drivers: milliseconds, whole. */
  provider_latency_ms: number
  metadata: JsonText
  invoke_from: InvokeFrom
  from_end_user_id: string | null
  from_account_id: string | null
  created_at: Milliseconds
  updated_at: Milliseconds
}

export interface MessageFilesTable {
  id: string
  tenant_id: string
  app_id: string
  message_id: string
  type: 'image' | 'document' | 'audio' | 'video' | 'custom'
  transfer_method: 'remote_url' | 'local_file' | 'tool_file'
  url: string | null
  upload_file_id: string | null
  belongs_to: 'user' | 'assistant'
  position: number
  created_at: Milliseconds
}

export interface MessageFeedbacksTable {
  id: string
  tenant_id: string
  app_id: string
  conversation_id: string
  message_id: string
  rating: 'like' | 'dislike'
  content: string | null
  from_source: 'user' | 'admin'
  from_end_user_id: string | null
  from_account_id: string | null
  created_at: Milliseconds
  updated_at: Milliseconds
}

export interface SavedMessagesTable {
  id: string
  tenant_id: string
  app_id: string
  message_id: string
  end_user_id: string
  created_at: Milliseconds
}

export interface UploadFilesTable {
  id: string
  tenant_id: string
  /** Key in the storage. */
  storage_key: string
  name: string
  size: number
  extension: string
  mime_type: string
  created_by_role: 'account' | 'end_user'
  created_by: string
  source_url: string
  created_at: Milliseconds
}
