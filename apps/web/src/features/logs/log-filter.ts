import type { LogFilterQuery } from '../../api/runs-api.ts'

export const logRanges = ['all', 'day', 'week', 'month', 'custom'] as const
export const logFeedbacks = ['all', 'liked', 'disliked', 'commented'] as const
export const logStatuses = ['all', 'succeeded', 'failed', 'stopped', 'paused'] as const
export const annotationStatuses = ['all', 'annotated', 'not_annotated'] as const
export const logSorts = ['-updated_at', 'updated_at', '-created_at', 'created_at'] as const

export type LogRange = (typeof logRanges)[number]

/** What the log is narrowed to, as its controls show it. */
export interface LogFilter {
  readonly keyword: string
  readonly user: string
  readonly range: LogRange
  /** Days of a range of one's own, `YYYY-MM-DD` both included; empty where it is open. */
  readonly from: string
  readonly until: string
  readonly feedback: (typeof logFeedbacks)[number]
  readonly status: (typeof logStatuses)[number]
  readonly annotation: (typeof annotationStatuses)[number]
  readonly sort: (typeof logSorts)[number]
}

export const everything: LogFilter = {
  keyword: '',
  user: '',
  range: 'all',
  from: '',
  until: '',
  feedback: 'all',
  status: 'all',
  annotation: 'all',
  sort: '-updated_at',
}

/** Whether something may be hidden; an order hides nothing. */
export function isNarrowed(filter: LogFilter): boolean {
  const isRanged = filter.range === 'custom' ? filter.from !== '' || filter.until !== '' : filter.range !== 'all'
  const hasWords = filter.keyword.trim() !== '' || filter.user.trim() !== ''
  return isRanged || hasWords || filter.feedback !== 'all' || filter.status !== 'all' || filter.annotation !== 'all'
}

/** The filter as the log's routes take it. */
export function toLogQuery(filter: LogFilter, now: Date, timeZone: string): LogFilterQuery {
  const isCustom = filter.range === 'custom'
  return {
    keyword: filter.keyword.trim(),
    user: filter.user.trim(),
    start: isCustom ? filter.from && `${filter.from} 00:00` : rangeStart(filter.range, now, timeZone),
    end: isCustom && filter.until ? `${filter.until} 23:59` : undefined,
    feedback: filter.feedback,
    status: filter.status,
    annotation_status: filter.annotation,
    sort_by: filter.sort,
  }
}

const HOURS: Record<Exclude<LogRange, 'all' | 'custom'>, number> = { day: 24, week: 7 * 24, month: 30 * 24 }

/** `YYYY-MM-DD HH:MM` of a moment in a time zone, as the log routes take it. */
export function toLogMinute(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
}

/** The beginning of a range; nothing for all time. */
export function rangeStart(range: Exclude<LogRange, 'custom'>, now: Date, timeZone: string): string | undefined {
  if (range === 'all') return undefined
  return toLogMinute(new Date(now.getTime() - HOURS[range] * 3_600_000), timeZone)
}
