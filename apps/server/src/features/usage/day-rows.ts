import type { CallRow, DayRow } from './ledger.repository.ts'

const DAY_MS = 86_400_000

/** Where the day of a time begins, in UTC. */
export const dayOf = (time: number): number => Math.floor(time / DAY_MS) * DAY_MS

/** Calls as what they add to their days, in the order of their keys. */
export function toDayRows(calls: readonly CallRow[]): readonly DayRow[] {
  const days = new Map<string, DayRow>()
  for (const call of calls) {
    const day = toDayRow(call)
    const key = [day.tenant_id, day.day, day.app_id, day.api_key_id, day.user_id, day.provider, day.model, day.purpose].join('\n')
    const known = days.get(key)
    days.set(key, known ? add(known, day) : day)
  }
  return [...days].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, day]) => day)
}

const toDayRow = (call: CallRow): DayRow => ({
  tenant_id: call.tenant_id,
  day: dayOf(call.created_at),
  app_id: call.app_id ?? '',
  api_key_id: call.api_key_id ?? '',
  user_id: call.end_user_id ?? call.account_id ?? '',
  user_type: call.end_user_id ? 'end_user' : call.account_id ? 'account' : '',
  provider: call.provider,
  model: call.model,
  purpose: call.purpose,
  calls: 1,
  failed_calls: call.outcome === 'succeeded' || call.outcome === 'aborted' ? 0 : 1,
  unpriced_calls: call.is_priced === 1 ? 0 : 1,
  prompt_tokens: call.prompt_tokens,
  completion_tokens: call.completion_tokens,
  cost_usd_nano: call.cost_usd_nano,
})

const add = (one: DayRow, other: DayRow): DayRow => ({
  ...one,
  calls: one.calls + other.calls,
  failed_calls: one.failed_calls + other.failed_calls,
  unpriced_calls: one.unpriced_calls + other.unpriced_calls,
  prompt_tokens: one.prompt_tokens + other.prompt_tokens,
  completion_tokens: one.completion_tokens + other.completion_tokens,
  cost_usd_nano: one.cost_usd_nano + other.cost_usd_nano,
})
