import { describe, expect, it } from 'vitest'
import { parseForm } from '../../features/app/user-input-form.ts'
import { headerOf, MAX_ROWS, readSheet } from './batch-sheet.ts'

const variables = parseForm([
  { 'text-input': { variable: 'name', label: 'First name', required: true, max_length: 5 } },
  { select: { variable: 'tone', label: 'Tone', required: true, options: ['calm', 'loud'], default: 'calm' } },
  { number: { variable: 'count', label: 'Count', required: false } },
  { checkbox: { variable: 'short', label: 'Short', required: false } },
  { json_object: { variable: 'extra', label: 'Extra', required: false } },
  { file: { variable: 'scan', label: 'Scan', required: false, allowed_file_types: ['image'] } },
  { 'file-list': { variable: 'papers', label: 'Papers', required: false, max_length: 2 } },
])
const read = (...lines: readonly string[][]) => readSheet(lines, variables)
const header = headerOf(variables)

describe('a file of rows', () => {
  it('gives inputs in their types, by row as spreadsheets count', () => {
    const { rows, faults } = read(
      header,
      ['Ada', 'loud', '2.5', 'yes', '{"a":1}', 'https://x.y/a.png', 'https://x.y/1.pdf\nhttps://x.y/2'],
      ['', '', '', '', '', '', ''],
      ['Bob', '', '', '', '', '', ''],
    )
    expect(faults).toEqual([])
    expect(rows).toMatchObject([
      {
        line: 2,
        inputs: {
          name: 'Ada',
          tone: 'loud',
          count: 2.5,
          short: true,
          extra: { a: 1 },
          scan: { type: 'image', transfer_method: 'remote_url', url: 'https://x.y/a.png' },
          papers: [{ type: 'document' }, { type: 'custom', url: 'https://x.y/2' }],
        },
      },
      { line: 4, cells: { name: 'Bob', tone: '' } },
    ])
    expect(rows[1]?.inputs).toEqual({ name: 'Bob', tone: 'calm', short: false })
  })

  it('finds columns by label or name, in any order and case, and tells which it leaves out', () => {
    const { rows, ignored } = read(['COUNT', 'remark', 'name'], ['3', 'x', 'Ada'])
    expect(rows[0]?.inputs).toMatchObject({ name: 'Ada', count: 3, tone: 'calm' })
    expect(ignored).toEqual(['remark'])
  })

  it('is refused where a column is missing or double, or there is nothing to run', () => {
    expect(read(['Tone'], ['calm']).faults).toEqual([{ reason: 'missingColumn', column: 'First name' }])
    expect(read(['First name', 'first name'], ['a', 'b']).faults).toEqual([{ reason: 'doubleColumn', column: 'First name' }])
    expect(read([]).faults).toEqual([{ reason: 'empty' }])
    expect(read(header, ['', ' ']).faults).toEqual([{ reason: 'noRows' }])
    const many = Array.from({ length: MAX_ROWS + 1 }, () => ['Ada'])
    expect(read(['name'], ...many).faults).toEqual([{ reason: 'tooManyRows', count: MAX_ROWS + 1 }])
  })

  it('tells what is wrong by row and column', () => {
    const { faults } = read(
      header,
      ['Augusta', 'shrill', 'two', 'maybe', '[]', 'x.png', 'https://a https://b https://c'],
      [' ', 'calm'],
      ['Ada', 'calm', '', '', '', 'https://x.y/a.pdf'],
    )
    expect(faults).toEqual([
      { line: 2, column: 'First name', reason: 'tooLong', limit: 5 },
      { line: 2, column: 'Tone', reason: 'notOption', options: ['calm', 'loud'] },
      { line: 2, column: 'Count', reason: 'notNumber' },
      { line: 2, column: 'Short', reason: 'notTick' },
      { line: 2, column: 'Extra', reason: 'notJson' },
      { line: 2, column: 'Scan', reason: 'notAddress' },
      { line: 2, column: 'Papers', reason: 'tooManyFiles', limit: 2 },
      { line: 3, column: 'First name', reason: 'missing' },
      { line: 4, column: 'Scan', reason: 'wrongFileType' },
    ])
  })
})
