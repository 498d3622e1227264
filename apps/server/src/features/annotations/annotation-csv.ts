import { AppError, type Refusal } from '@trellis/contracts'
import Papa from 'papaparse'
import { CSV_MARK, writeCsvLines } from '../../http/csv.ts'
import type { AnnotationRow } from './annotations.repository.ts'

export interface ImportedAnnotation {
  readonly question: string
  readonly answer: string
}

export interface ImportBounds {
  readonly minRecords: number
  readonly maxRecords: number
}

const MAX_QUESTION_LENGTH = 2000
const MAX_ANSWER_LENGTH = 10_000
/** A file that is wrong from top to bottom is not listed whole. */
const MAX_TOLD_ROWS = 50

/** A row that cannot be taken, by its line in a spreadsheet: headings are row 1. */
export interface RowFault extends Fault {
  readonly row: number
}

/** `code` is for programs that word it in their reader's language. */
interface Fault {
  readonly code: 'question_empty' | 'answer_empty' | 'question_too_long' | 'answer_too_long'
  readonly message: string
}

/**
 * Reads a line of headings, then question and answer in the first two columns; empty lines are passed over.
 * @throws `invalid_param` with `rows` in its details where some cannot be taken: then nothing is
 */
export function readAnnotationCsv(bytes: Uint8Array, { minRecords, maxRecords }: ImportBounds): readonly ImportedAnnotation[] {
  const { data } = Papa.parse<readonly string[]>(decode(bytes), { skipEmptyLines: false })
  if (Math.max(...data.slice(0, 1).map((row) => row.length), 0) < 2) {
    throw refusal(
      'The file has less than two columns. Put questions into the first and answers into the second, below a line of headings.',
      { reason: 'csv_columns', values: {} },
    )
  }
  const faults: RowFault[] = []
  const records: ImportedAnnotation[] = []
  for (const [index, [first = '', second = '']] of data.entries()) {
    if (index === 0) continue
    const record = { question: toText(first), answer: toText(second) }
    if (record.question === '' && record.answer === '') continue
    const fault = faultOf(record)
    if (fault) faults.push({ row: index + 1, ...fault })
    else records.push(record)
  }
  if (faults.length > 0) {
    const told: Refusal = { reason: 'csv_rows', values: { row: faults[0]?.row ?? 0 } }
    throw refusal(describe(faults), told, faults.slice(0, MAX_TOLD_ROWS))
  }
  assertBounds(records.length, { minRecords, maxRecords })
  return records
}

function assertBounds(records: number, { minRecords, maxRecords }: ImportBounds): void {
  if (records < minRecords) {
    const message = `The file has ${records} records, and at least ${minRecords} are needed.`
    throw refusal(message, { reason: 'csv_too_few', values: { records, limit: minRecords } })
  }
  if (records > maxRecords) {
    const message = `The file has ${records} records, and at most ${maxRecords} can be imported at once. Split it.`
    throw refusal(message, { reason: 'csv_too_many', values: { records, limit: maxRecords } })
  }
}

const refusal = (message: string, told: Refusal, rows: readonly RowFault[] = []) =>
  new AppError('invalid_param', { message, param: 'file', refusal: told, ...(rows.length > 0 ? { details: { rows } } : {}) })

const describe = (faults: readonly RowFault[]): string =>
  `${faults.length === 1 ? 'A row' : `${faults.length} rows`} cannot be imported, so nothing was. Row ${faults[0]?.row}: ${faults[0]?.message}`

function faultOf({ question, answer }: ImportedAnnotation): Fault | undefined {
  if (question === '') return { code: 'question_empty', message: 'The question is empty.' }
  if (answer === '') return { code: 'answer_empty', message: 'The answer is empty.' }
  if (question.length > MAX_QUESTION_LENGTH)
    return { code: 'question_too_long', message: `The question has more than ${MAX_QUESTION_LENGTH} characters.` }
  if (answer.length > MAX_ANSWER_LENGTH)
    return { code: 'answer_too_long', message: `The answer has more than ${MAX_ANSWER_LENGTH} characters.` }
  return undefined
}

/** Our own exports mark what a spreadsheet would run: coming back it is the text that it was. */
const MARKED = /^'(?=[=+\-@\t\r\n＝＋－＠])/u

const toText = (cell: string): string => cell.replaceAll('\u0000', '').replace(MARKED, '').trim()

/** UTF-8; what is none was saved by a spreadsheet in the encoding of its country, for Chinese GB 18030. */
function decode(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Tried with the next.
    }
  }
  throw refusal('The file is no text in UTF-8. Save it as "CSV UTF-8".', { reason: 'csv_encoding', values: {} })
}

/** The same columns that an import reads. */
export async function* writeAnnotationCsv(batches: AsyncIterable<readonly AnnotationRow[]>): AsyncGenerator<string, void, undefined> {
  yield CSV_MARK + writeCsvLines([['question', 'answer', 'hit_count', 'created_at']])
  for await (const rows of batches) {
    yield writeCsvLines(
      rows.map((row) => [row.question, row.answer, Number(row.hit_count), new Date(Number(row.created_at)).toISOString()]),
    )
  }
}
