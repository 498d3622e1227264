import { type Findings, type Metric, metrics } from './measure.ts'

/** Counts by area (`packages/kit`), then by metric; zeros are left out. */
export type Baseline = Readonly<Record<string, Partial<Readonly<Record<Metric, number>>>>>

const metricNames = Object.keys(metrics) as Metric[] // Object.keys forgets the key type of a closed object.

/** The first two folders of a path: what one owner answers for. */
const areaOf = (path: string): string => path.split('/').slice(0, 2).join('/')

/** Sums the findings of all files by area. */
export function toBaseline(findings: readonly Findings[]): Baseline {
  const counts: Record<string, Partial<Record<Metric, number>>> = {}
  for (const finding of findings)
    for (const metric of metricNames)
      for (const place of finding[metric]) {
        const area = areaOf(place)
        counts[area] = { ...counts[area], [metric]: (counts[area]?.[metric] ?? 0) + 1 }
      }
  return Object.fromEntries(Object.entries(counts).sort(([left], [right]) => left.localeCompare(right)))
}

export interface Comparison {
  /** What rose, with every place where it is counted. */
  readonly risen: readonly {
    readonly area: string
    readonly metric: Metric
    readonly allowed: number
    readonly places: readonly string[]
  }[]
  /** Whether the baseline allows more than there is, and should be lowered. */
  readonly hasFallen: boolean
}

/** Judges what is against what was allowed. */
export function compare(baseline: Baseline, findings: readonly Findings[]): Comparison {
  const current = toBaseline(findings)
  const pairs = [...new Set([...Object.keys(baseline), ...Object.keys(current)])].flatMap((area) =>
    metricNames.map((metric) => ({
      area,
      metric,
      allowed: baseline[area]?.[metric] ?? 0,
      places: findings.flatMap((finding) => finding[metric]).filter((place) => areaOf(place) === area),
    })),
  )
  return {
    risen: pairs.filter(({ allowed, places }) => places.length > allowed),
    hasFallen: pairs.some(({ allowed, places }) => places.length < allowed),
  }
}

/** The lower of both everywhere: an update never allows more than before. */
export function lower(baseline: Baseline, findings: readonly Findings[]): Baseline {
  const current = toBaseline(findings)
  const lowered = Object.entries(baseline).map(([area, counts]) => {
    const kept = metricNames
      .map((metric) => [metric, Math.min(counts[metric] ?? 0, current[area]?.[metric] ?? 0)] as const)
      .filter(([, count]) => count > 0)
    return [area, Object.fromEntries(kept)] as const
  })
  return Object.fromEntries(lowered.filter(([, counts]) => Object.keys(counts).length > 0))
}
