import type { FormVariable } from '../../features/app/user-input-form.ts'
import type { BatchItem } from './batch-run.ts'

export interface ResultWords {
  readonly status: (item: BatchItem) => string
  readonly statusColumn: string
  readonly errorColumn: string
}

/** Names of the outputs that any row has, in the order of their first appearance. */
const outputNames = (items: readonly BatchItem[]): string[] => [...new Set(items.flatMap((item) => Object.keys(item.outputs)))]

/** The results as lines of a file: what went in, what came out, and how each row ended. */
export function resultLines(items: readonly BatchItem[], variables: readonly FormVariable[], words: ResultWords): unknown[][] {
  const outputs = outputNames(items)
  const hasErrors = items.some((item) => item.error !== null)
  const header = [...variables.map((variable) => variable.label), ...outputs, words.statusColumn, ...(hasErrors ? [words.errorColumn] : [])]
  const lines = items.map((item) => [
    ...variables.map(({ variable }) => item.cells[variable]),
    ...outputs.map((name) => item.outputs[name]),
    words.status(item),
    ...(hasErrors ? [item.error] : []),
  ])
  return [header, ...lines]
}
