import { expect, it } from 'vitest'
import { toApiError } from '../../api/api-error.ts'
import { faultyRowsOf, writeTemplate } from './import-file.ts'

it('reads the rows that a refusal names', () => {
  const row = { row: 3, code: 'question_empty', message: 'The question is empty.' }
  expect(faultyRowsOf(toApiError(400, { code: 'invalid_param', message: 'x', rows: [row, { row: 'x' }, 7] }))).toEqual([row])
  expect(faultyRowsOf(toApiError(413, { code: 'file_too_large', message: 'x' }))).toEqual([])
  expect(faultyRowsOf(new Error('x'))).toEqual([])
})

it('writes a template that spreadsheets read', async () => {
  const bytes = new Uint8Array(await writeTemplate([['a "b"', 'c']]).arrayBuffer())
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe('\uFEFF"a ""b""","c"\r\n')
})
