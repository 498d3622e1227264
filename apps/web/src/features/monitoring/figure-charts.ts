import type { Figures, Monitoring } from '@trellis/contracts'

/** How values of a chart are told. */
export type FigureUnit = 'count' | 'seconds' | 'rate' | 'share' | 'money'

export type FigureName =
  | 'calls'
  | 'messages'
  | 'conversations'
  | 'users'
  | 'tokens'
  | 'cost'
  | 'latency'
  | 'speed'
  | 'failed'
  | 'satisfaction'

export interface FigureSeries {
  readonly name: FigureName | 'latencyP95'
  readonly values: readonly (number | null)[]
  /** Of the window before, place by place. */
  readonly before: readonly (number | null)[]
}

/** One chart with its total; null where nothing is known. */
export interface FigureChart {
  readonly name: FigureName
  readonly unit: FigureUnit
  readonly currency?: string
  readonly total: number | null
  readonly totalBefore: number | null
  /** Whether more of it is better, worse, or neither. */
  readonly better: 'more' | 'less' | 'neither'
  readonly kind: 'bars' | 'lines'
  readonly series: readonly FigureSeries[]
}

/** The charts of an app, in the order in which they are looked at; what an app has no figures of is left out. */
export function toCharts(monitoring: Monitoring): FigureChart[] {
  const isWorkflow = monitoring.current.conversations === null
  const count = (name: FigureName, read: (figures: Figures) => number | null, better: FigureChart['better']) =>
    chartOf(monitoring, { name, read, better, unit: 'count', kind: 'bars' })
  const charts = [
    count('messages', (figures) => figures.messages, 'more'),
    count('users', (figures) => figures.users, 'more'),
    ...(isWorkflow ? [] : [count('conversations', (figures) => figures.conversations, 'more')]),
    count('tokens', (figures) => figures.tokens, 'neither'),
    costChart(monitoring),
    latencyChart(monitoring),
    ...(isWorkflow ? [] : [speedChart(monitoring)]),
    count('failed', (figures) => figures.failed, 'less'),
    ...(isWorkflow ? [] : [satisfactionChart(monitoring)]),
  ]
  return charts
}

interface ChartPlan extends Pick<FigureChart, 'name' | 'unit' | 'better' | 'kind'> {
  readonly read: (figures: Figures) => number | null
}

function chartOf(monitoring: Monitoring, { read, ...plan }: ChartPlan): FigureChart {
  return {
    ...plan,
    total: read(monitoring.current),
    totalBefore: read(monitoring.previous),
    series: [seriesOf(monitoring, plan.name, read)],
  }
}

const seriesOf = (monitoring: Monitoring, name: FigureSeries['name'], read: ChartPlan['read']): FigureSeries => ({
  name,
  values: monitoring.spans.map(read),
  before: monitoring.previous_spans.map(read),
})

function costChart(monitoring: Monitoring): FigureChart {
  const { current, previous } = monitoring
  // Currencies do not add up: the one that most was spent in is shown.
  const dearest = [...current.costs, ...previous.costs].toSorted((a, b) => Number(b.amount) - Number(a.amount))[0]
  const currency = dearest?.currency ?? 'USD'
  const read = ({ costs }: Figures) => Number(costs.find((cost) => cost.currency === currency)?.amount ?? 0)
  return { ...chartOf(monitoring, { name: 'cost', unit: 'money', better: 'neither', kind: 'bars', read }), currency }
}

function latencyChart(monitoring: Monitoring): FigureChart {
  const chart = chartOf(monitoring, {
    name: 'latency',
    unit: 'seconds',
    better: 'less',
    kind: 'lines',
    read: (figures) => figures.latency_p50,
  })
  return { ...chart, series: [...chart.series, seriesOf(monitoring, 'latencyP95', (figures) => figures.latency_p95)] }
}

const speedChart = (monitoring: Monitoring): FigureChart =>
  chartOf(monitoring, { name: 'speed', unit: 'rate', better: 'more', kind: 'lines', read: (figures) => figures.tokens_per_second })

const satisfactionChart = (monitoring: Monitoring): FigureChart =>
  chartOf(monitoring, { name: 'satisfaction', unit: 'share', better: 'more', kind: 'lines', read: shareOfLikes })

/** Of the answers that were rated. */
function shareOfLikes({ liked, disliked }: Figures): number | null {
  return liked + disliked === 0 ? null : liked / (liked + disliked)
}
