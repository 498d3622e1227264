import type { Budget, BudgetChange, BudgetCreate, ModelUsage, UsageSums } from '@trellis/contracts'

export type { Budget, BudgetChange, BudgetCreate, ModelUsage, UsageSums }

/** Days are `YYYY-MM-DD` in UTC; the rest are ids. What is absent does not narrow. */
export interface UsageQuery {
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly app?: string | undefined
  readonly key?: string | undefined
  readonly person?: string | undefined
  readonly provider?: string | undefined
  readonly model?: string | undefined
}
