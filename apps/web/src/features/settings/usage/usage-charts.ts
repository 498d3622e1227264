import type { ModelUsage, UsageSums } from '../../../api/types/usage.ts'
import type { FigureChart, FigureName } from '../../monitoring/figure-charts.ts'

/** The charts of what models used, in the order in which they are looked at. */
export function toUsageCharts(usage: ModelUsage): FigureChart[] {
  const chart = (name: FigureName, read: (sums: UsageSums) => number, more: Pick<FigureChart, 'unit' | 'better'>): FigureChart => ({
    name,
    kind: 'bars',
    currency: 'USD',
    ...more,
    total: read(usage.current),
    totalBefore: read(usage.previous),
    series: [{ name, values: usage.days.map(read), before: usage.previous_days.map(read) }],
  })
  return [
    chart('cost', ({ cost }) => Number(cost), { unit: 'money', better: 'neither' }),
    chart('tokens', (sums) => sums.prompt_tokens + sums.completion_tokens, { unit: 'count', better: 'neither' }),
    chart('calls', ({ calls }) => calls, { unit: 'count', better: 'neither' }),
    chart('failed', ({ failed_calls }) => failed_calls, { unit: 'count', better: 'less' }),
  ]
}
