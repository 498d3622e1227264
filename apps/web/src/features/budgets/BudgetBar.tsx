import type { Budget } from '../../api/types/usage.ts'
import { cx } from '../../design/index.ts'

const colours = { within: 'bg-accent', warned: 'bg-warn', spent: 'bg-bad' }

/** What is used, what is reserved behind it, and a mark where it warns. */
export function BudgetBar({ budget, label }: { readonly budget: Budget; readonly label: string }) {
  const amount = Number(budget.amount)
  const partOf = (value: number) => Math.min(100, (100 * value) / amount)
  const used = partOf(Number(budget.used))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(used)}
      className="relative my-2 h-1.5 overflow-hidden rounded-full bg-surface-3"
    >
      <div className="absolute inset-y-0 left-0 bg-line-2" style={{ width: `${partOf(Number(budget.used) + Number(budget.reserved))}%` }} />
      <div className={cx('absolute inset-y-0 left-0 rounded-full', colours[budget.state])} style={{ width: `${used}%` }} />
      {budget.warn_percent !== null && <div className="absolute inset-y-0 w-0.5 bg-ink-3" style={{ left: `${budget.warn_percent}%` }} />}
    </div>
  )
}
