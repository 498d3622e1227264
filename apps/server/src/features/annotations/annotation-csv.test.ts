import { AppError } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { readAnnotationCsv, writeAnnotationCsv } from './annotation-csv.ts'
import type { AnnotationRow } from './annotations.repository.ts'

const bounds = { minRecords: 1, maxRecords: 3 }
const read = (text: string) => readAnnotationCsv(new TextEncoder().encode(text), bounds)
const refusal = (text: string): AppError => {
  try {
    read(text)
  } catch (error) {
    if (AppError.is(error)) return error
  }
  throw new TypeError('It was taken')
}

describe('readAnnotationCsv', () => {
  it('takes the first two columns below the headings, and passes over empty lines', () => {
    expect(read('\uFEFFq,a,more\r\n"What, is\nit?",This,x\r\n\r\n , \r\nWhy?,"Be ""cause"""\r\n')).toEqual([
      { question: 'What, is\nit?', answer: 'This' },
      { question: 'Why?', answer: 'Be "cause"' },
    ])
  })

  it('reads what Chinese spreadsheets save', () => {
    // "问,答" and "你,好" in GB 18030
    const bytes = Uint8Array.from([0xce, 0xca, 0x2c, 0xb4, 0xf0, 0x0a, 0xc4, 0xe3, 0x2c, 0xba, 0xc3])
    expect(readAnnotationCsv(bytes, bounds)).toEqual([{ question: '你', answer: '好' }])
  })

  it.each([
    ['one column', 'question\nWhat?', /two columns/, 'csv_columns', {}],
    ['nothing', '', /two columns/, 'csv_columns', {}],
    ['headings alone', 'q,a\n', /0 records, and at least 1/, 'csv_too_few', { records: 0, limit: 1 }],
    ['too many records', `q,a\n${'x,y\n'.repeat(4)}`, /4 records, and at most 3/, 'csv_too_many', { records: 4, limit: 3 }],
  ])('refuses %s', (_what, text, message, reason, values) => {
    expect(refusal(text)).toMatchObject({ message: expect.stringMatching(message), refusal: { reason, values } })
  })

  it('names each row that it cannot take', () => {
    const error = refusal(`q,a\nWhat?,This\n,That\nWhy?,\n${'x'.repeat(2001)},y\nx,${'y'.repeat(10_001)}\n`)
    expect(error.message).toBe('4 rows cannot be imported, so nothing was. Row 3: The question is empty.')
    expect(error.refusal).toEqual({ reason: 'csv_rows', values: { row: 3 } })
    expect(error.details).toEqual({
      rows: [
        { row: 3, code: 'question_empty', message: 'The question is empty.' },
        { row: 4, code: 'answer_empty', message: 'The answer is empty.' },
        { row: 5, code: 'question_too_long', message: 'The question has more than 2000 characters.' },
        { row: 6, code: 'answer_too_long', message: 'The answer has more than 10000 characters.' },
      ],
    })
  })

  it('gives back what was exported, formulas disarmed in between', async () => {
    const row = (question: string, answer: string) => ({ question, answer, hit_count: 2, created_at: 0 }) as AnnotationRow // what is written
    const texts = [row('=1+1', "'quoted'"), row('＠who', '-5\n+"x",y')]
    async function* batches() {
      yield texts
    }
    let file = ''
    for await (const lines of writeAnnotationCsv(batches())) file += lines
    expect(file).toContain("'=1+1")
    expect(read(file)).toEqual(texts.map(({ question, answer }) => ({ question, answer })))
  })
})
