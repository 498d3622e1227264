import type { ModelType } from '@trellis/spec'
import type { Flag, Milliseconds } from './columns.ts'

/** A call of a model, for as long as details are kept. */
export interface ModelCallsTable {
  id: string
  tenant_id: string
  app_id: string | null
  api_key_id: string | null
  end_user_id: string | null
  account_id: string | null
  run_id: string | null
  message_id: string | null
  /** What it was for: `turn`, `node`, `suggestion`, ... */
  purpose: string
  /** As on the wire: `langgenius/openai/openai`. */
  provider: string
  model: string
  model_type: ModelType
  /** `succeeded`, `aborted`, or the kind of failure. */
  outcome: string
  prompt_tokens: number
  completion_tokens: number
  /** The provider told nothing, or not to the end. */
  is_estimated: Flag
  price_nano: number
  currency: string
  /** The same in dollars, by the rate of then. */
  cost_usd_nano: number
  /** 0: nobody knows what it cost, and it counts as nothing. */
  is_priced: Flag
  latency_ms: Milliseconds
  /** When it began. */
  created_at: Milliseconds
}

/** All calls of a day that have the rest in common, kept for ever. An empty text is said where there is none: these are its key. */
export interface ModelUsageDaysTable {
  tenant_id: string
  /** Where the day begins, in UTC. */
  day: Milliseconds
  app_id: string
  api_key_id: string
  user_id: string
  user_type: 'end_user' | 'account' | ''
  provider: string
  model: string
  purpose: string
  calls: number
  failed_calls: number
  unpriced_calls: number
  prompt_tokens: number
  completion_tokens: number
  cost_usd_nano: number
}

/** How much a workspace, an app or a key of the Service API may spend. */
export interface BudgetsTable {
  id: string
  tenant_id: string
  scope: 'workspace' | 'app' | 'key'
  /** Of apps and keys. */
  app_id: string | null
  api_key_id: string | null
  amount_nano: number
  period: 'day' | 'month' | 'total'
  /** Whose days and months count. */
  timezone: string
  /** How full it is when people are warned; null: never. */
  warn_percent: number | null
  /** 1: calls that it does not cover are refused. */
  stops: Flag
  /** 1: so are calls of models whose price nobody knows. */
  refuses_unpriced: Flag
  created_by: string
  created_at: Milliseconds
  updated_at: Milliseconds
}

/** A budget's day or month, once something was called in it. */
export interface BudgetWindowsTable {
  budget_id: string
  starts_at: Milliseconds
  used_nano: number
  refused_calls: number
}

/** What the calls under way in one process may come to. It counts until its lease expires. */
export interface BudgetHoldsTable {
  budget_id: string
  starts_at: Milliseconds
  holder_id: string
  reserved_nano: number
  /** The part of it that was sent to the provider: spent, whatever becomes of the process. */
  sent_nano: number
  expires_at: Milliseconds
}
