import type { UsageQuery } from '../../../api/types/usage.ts'

export const usageRanges = ['week', 'month', 'quarter', 'custom'] as const
export type UsageRange = (typeof usageRanges)[number]

/** What the address of the page keeps; what is absent does not narrow. The last thirty days where no range is named. */
export interface UsageSearch {
  readonly range?: UsageRange
  /** Days of the range `custom`, both included. */
  readonly from?: string
  readonly until?: string
  readonly app?: string
  readonly key?: string
  readonly person?: string
  readonly provider?: string
  readonly model?: string
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
const isId = (text: string): boolean => ID.test(text)
const isName = (text: string): boolean => text !== ''

/** Reads an address, which anybody may have written: what is not known is left out. */
export function readUsageSearch(search: Record<string, unknown>): UsageSearch {
  const range = usageRanges.find((known) => known === search['range'])
  const part = <Name extends keyof UsageSearch>(name: Name, isFine: (text: string) => boolean): { readonly [Key in Name]?: string } => {
    const value = search[name]
    // The router reads `?model=4` as a number.
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    // A computed key of one name: the compiler widens it to any string.
    return isFine(text) ? ({ [name]: text } as { readonly [Key in Name]: string }) : {}
  }
  return {
    ...(range && { range }),
    ...part('from', isDay),
    ...part('until', isDay),
    ...part('app', isId),
    ...part('key', isId),
    ...part('person', isId),
    ...part('provider', isName),
    ...part('model', isName),
  }
}

export const isNarrowed = ({ app, key, person, model }: UsageSearch): boolean =>
  [app, key, person, model].some((part) => part !== undefined)

const DAY_MS = 86_400_000
const DAYS = { week: 7, month: 30, quarter: 90 }
const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** As the server takes it: days of UTC, today among them. */
export function toUsageQuery({ range = 'month', from, until, ...filter }: UsageSearch, nowMs: number): UsageQuery {
  if (range === 'custom') return { ...filter, start: from, end: until }
  return { ...filter, start: toDay(nowMs - (DAYS[range] - 1) * DAY_MS), end: toDay(nowMs) }
}
