import { annotationStatuses, everything, type LogFilter, logFeedbacks, logRanges, logSorts, logStatuses } from './log-filter.ts'

/** What the address of the log keeps; what is absent does not narrow. A workflow's log has the run that is looked at instead. */
export interface LogSearch extends Partial<LogFilter> {
  readonly page?: number
  readonly conversation?: string
  readonly run?: string
}

/** What the page shows. */
export interface LogView {
  readonly filter: LogFilter
  readonly page: number
  /** The conversation that is open. */
  readonly openId: string | null
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu
const DAY = /^\d{4}-\d{2}-\d{2}$/u
const among = <Value>(values: readonly Value[], value: unknown): Value | undefined => values.find((known) => known === value)
// The router reads `?keyword=2026` as a number.
const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const matching = (form: RegExp, value: unknown): string | undefined => (form.test(textOf(value)) ? textOf(value) : undefined)

/** Reads an address, which anybody may have written: what is not known is left out, and what is so anyway. */
export function readLogSearch(search: Record<string, unknown>): LogSearch {
  const page = Number(search['page'])
  const filter: { readonly [Name in keyof LogFilter]: LogFilter[Name] | undefined } = {
    keyword: textOf(search['keyword']),
    user: textOf(search['user']),
    range: among(logRanges, search['range']),
    from: matching(DAY, search['from']),
    until: matching(DAY, search['until']),
    feedback: among(logFeedbacks, search['feedback']),
    status: among(logStatuses, search['status']),
    annotation: among(annotationStatuses, search['annotation']),
    sort: among(logSorts, search['sort']),
  }
  const conversation = matching(ID, search['conversation'])
  const run = textOf(search['run'])
  return {
    ...withoutUsual(filter),
    ...(Number.isInteger(page) && page > 1 && { page }),
    ...(conversation !== undefined && { conversation }),
    ...(run !== '' && { run }),
  }
}

/** What tells the filter from the one that hides nothing. */
function withoutUsual(filter: { readonly [Name in keyof LogFilter]: LogFilter[Name] | undefined }): Partial<LogFilter> {
  const told = Object.entries(filter).filter(([name, value]) => value !== undefined && value !== Reflect.get(everything, name))
  // The entries are the filter's own, fewer of them.
  return Object.fromEntries(told) as Partial<LogFilter>
}

export function toLogView({ page = 1, conversation, run: _run, ...filter }: LogSearch): LogView {
  return { filter: { ...everything, ...filter }, page, openId: conversation ?? null }
}

export function toLogSearch({ filter, page, openId }: LogView): LogSearch {
  return readLogSearch({ ...filter, page, conversation: openId ?? undefined })
}
