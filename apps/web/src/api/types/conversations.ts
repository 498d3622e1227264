import type { FormItem, ModelChoice } from './apps.ts'

/** Shapes of service-api 7.3, runs and logs, and of the streams of section 2 for the basic modes. */
export interface Usage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly total_price: string
  readonly currency: string
  readonly latency: number
}

export type ChatEvent =
  | {
      readonly event: 'message' | 'agent_message'
      readonly message_id: string
      readonly conversation_id?: string
      readonly task_id: string
      readonly answer: string
    }
  | {
      readonly event: 'message_replace'
      readonly message_id: string
      readonly conversation_id?: string
      readonly task_id: string
      readonly answer: string
    }
  | {
      readonly event: 'message_end'
      readonly message_id: string
      readonly conversation_id?: string
      readonly task_id: string
      readonly metadata: { readonly usage?: Usage | null }
    }
  | {
      readonly event: 'error'
      readonly message_id?: string
      readonly conversation_id?: string
      readonly code: string
      readonly message: string
      readonly status: number
    }
  | { readonly event: 'ping' }

export interface FeedbackStats {
  readonly like: number
  readonly dislike: number
}

export interface ChatConversation {
  readonly id: string
  readonly status: string
  readonly from_source: string
  readonly from_end_user_session_id?: string | null
  readonly from_account_name?: string | null
  readonly name: string
  readonly summary?: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly message_count: number
  readonly status_count?: { readonly success: number; readonly failed: number } | null
  /** Ours: sums over the conversation; the latency in seconds, on average over its turns. */
  readonly total_tokens: number
  readonly total_price: string
  readonly currency: string
  readonly average_latency: number
}

export interface CompletionConversation {
  readonly id: string
  readonly status: string
  readonly from_source: string
  readonly from_end_user_session_id?: string | null
  readonly from_account_name?: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly message: {
    readonly inputs: Readonly<Record<string, unknown>>
    readonly query: string
    readonly answer: string
  } | null
  /** Ours, as in the list of chats. */
  readonly total_tokens: number
  readonly total_price: string
  readonly currency: string
  readonly average_latency: number
}

export interface LogMessage {
  readonly id: string
  readonly conversation_id: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly query: string
  /** The prompt as it was sent to the model. */
  readonly message: unknown
  readonly message_tokens: number
  readonly answer: string
  readonly answer_tokens: number
  readonly provider_response_latency: number
  readonly from_source: string
  readonly feedbacks: readonly { readonly rating: 'like' | 'dislike'; readonly content?: string | null; readonly from_source: string }[]
  readonly created_at: number
  readonly metadata: { readonly usage?: Usage | null } | null
  readonly status: string
  readonly error: string | null
  /** Ours: the run behind the turn. */
  readonly run_id?: string | null
}

/** Milliseconds by part of a run; the parts add up to `totalMs`. */
export interface LatencyLedger {
  readonly queueMs: number
  readonly engineMs: number
  readonly databaseMs: number
  readonly providerFirstTokenMs: number
  readonly providerStreamMs: number
  readonly totalMs: number
}

export interface RunDetail {
  readonly id: string
  readonly status: string
  /** Absent while it runs, and where it was cut off. */
  readonly ledger: LatencyLedger | null
}

export interface ConversationDetail {
  readonly id: string
  readonly status: string
  readonly introduction?: string | null
  readonly model_config?: {
    readonly model?: ModelChoice | string | null
    readonly pre_prompt?: string | null
    readonly user_input_form?: readonly FormItem[]
  } | null
  readonly message_count: number
  readonly created_at: number
  /** Completion apps carry their one message here. */
  readonly message?: LogMessage | null
}
