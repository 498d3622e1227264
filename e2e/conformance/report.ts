import type { Description, Operation } from './description.ts'
import type { Deviation } from './deviations.ts'
import type { Exchange, Fault } from './judge.ts'

export interface Judged {
  readonly description: Description
  /** Operations of the description that the server has. */
  readonly implemented: readonly string[]
  /** Operations that only the server has. */
  readonly additional: readonly string[]
  readonly exchanges: readonly Exchange[]
  readonly faults: readonly Fault[]
  readonly deviations: readonly Deviation[]
}

export interface Report {
  readonly text: string
  readonly isPassed: boolean
}

/** Sorts faults into known deviations and failures, and tells it all. */
export function report(judged: Judged): Report {
  const { description, implemented, additional, exchanges, deviations } = judged
  const faults = withoutRepetitions(judged.faults)
  const failures = faults.filter((fault) => !deviations.some((deviation) => isCovered(fault, deviation)))
  const stale = deviations.filter((deviation) => !faults.some((fault) => isCovered(fault, deviation)))
  const untried = implemented.filter((operation) => !exchanges.some((exchange) => exchange.operation === operation))
  const rows = implemented.map((operation) => {
    const mine = faults.filter((fault) => fault.operation === operation)
    const failed = mine.filter((fault) => failures.includes(fault)).length
    const known = mine.length > failed ? `${mine.length - failed} known deviations` : 'ok'
    const verdict = failed > 0 ? `${failed} UNKNOWN DEVIATIONS` : known
    return [operation, statusesOf(judged, operation), verdict]
  })
  const missing = [...description.operations.values()].filter(({ id }) => !implemented.includes(id))
  const remaining = missing.filter(isOfKnowledge)
  const absent = missing.filter((operation) => !isOfKnowledge(operation))
  const sections = [
    table([['Operation', 'Replies tried (not tried)', 'Verdict'], ...rows]),
    list(
      'Known deviations, with the reason',
      deviations.map((deviation) => tellDeviation(deviation, faults)),
    ),
    list(
      `Described, not implemented yet: ${remaining.length} operations of knowledge`,
      groupByTag(remaining).map(([tag, ids]) => `${tag} (${ids.length}): ${ids.join(', ')}`),
    ),
    list('Ours alone', additional),
    list('UNKNOWN DEVIATIONS', failures.map(tellFault)),
    list('UNTRIED operations', untried),
    list(
      'MISSING operations, though they are not of knowledge',
      absent.map(({ id }) => id),
    ),
    list('STALE entries in deviations.ts: no reply shows them', stale.map(tellPlace)),
    `${implemented.length} operations, ${exchanges.length} replies: ${failures.length} unknown deviations, ${faults.length - failures.length} known`,
  ]
  return {
    text: sections.filter((section) => section !== '').join('\n\n'),
    isPassed: failures.length + stale.length + untried.length + absent.length === 0,
  }
}

/** What is called with the key of a knowledge base. Every other operation must be there and be tried. */
const isOfKnowledge = ({ id }: Pick<Operation, 'id'>): boolean => /^[A-Z]+ \/(datasets(\/|$)|workspaces\/current\/models\/)/.test(id)

/** The same place in replies to several calls is one place. */
const withoutRepetitions = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [[fault.operation, fault.status, fault.at, fault.what].join(' '), fault])).values(),
]

const isCovered = ({ operation, status, at, what }: Fault, deviation: Deviation): boolean =>
  (deviation.operations === undefined || deviation.operations.includes(operation)) &&
  (deviation.status === undefined || deviation.status === status) &&
  deviation.at.test(at) &&
  deviation.what.test(what)

function statusesOf({ description, exchanges }: Judged, operation: string): string {
  const tried = new Set(exchanges.filter((exchange) => exchange.operation === operation).map(({ status }) => status))
  const described = [...(description.operations.get(operation)?.replies.keys() ?? [])]
  const untried = described.filter((status) => !tried.has(status))
  return [...tried].sort().join(' ') + (untried.length > 0 ? ` (${untried.join(' ')})` : '')
}

function tellDeviation(deviation: Deviation, faults: readonly Fault[]): string {
  const places = new Set(faults.filter((fault) => isCovered(fault, deviation)).map(({ at, what }) => `${at || '(whole reply)'}: ${what}`))
  return [deviation.reason, ...[...places].map((place) => `    ${place}`)].join('\n')
}

const tellPlace = ({ operations = ['any operation'], at, what }: Deviation): string => `${operations.join(', ')} ${at} ${what}`
const tellFault = ({ operation, title, status, at, what }: Fault): string => `${operation} (${title}) ${status} ${at}: ${what}`

function groupByTag(operations: readonly { readonly id: string; readonly tag: string }[]): [string, string[]][] {
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return tags.map((tag) => [tag, operations.filter((operation) => operation.tag === tag).map(({ id }) => id)])
}

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n')

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((found, row) => row.map((cell, index) => Math.max(found[index] ?? 0, cell.length)), [])
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
