import { type Figures, nanoToDecimal } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Spending } from '../usage/index.ts'
import type { Window } from './spans.ts'

export type ListSpending = (app: AppsTable, window: Window) => Promise<readonly Spending[]>

/** What each span cost by the ledger of model calls, in order. It counts in dollars. */
export function costsOf(starts: readonly number[], spending: readonly Spending[]): Figures['costs'][] {
  const sums = starts.map(() => 0)
  for (const { at, costNano } of spending) {
    const span = starts.findLastIndex((start) => start <= at)
    if (span >= 0) sums[span] = (sums[span] ?? 0) + costNano
  }
  return sums.map((nano) => (nano > 0 ? [{ currency: 'USD', amount: nanoToDecimal(nano) }] : []))
}
