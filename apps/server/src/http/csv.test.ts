import { describe, expect, it } from 'vitest'
import { writeCsvLines } from './csv.ts'

describe('writeCsvLines', () => {
  it('quotes what needs it, and ends each line', () => {
    expect(
      writeCsvLines([
        ['a', 'b, c', 1],
        ['say "hi"', null, 'two\nlines'],
      ]),
    ).toBe('a,"b, c",1\r\n"say ""hi""",,"two\nlines"\r\n')
    expect(writeCsvLines([])).toBe('')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '=HYPERLINK("x")\nmore', '＝1+1', '＋1', '－1', '＠x'])(
    'lets no spreadsheet run %j',
    (cell) => {
      expect(writeCsvLines([[cell]])).toBe(`"'${cell.replaceAll('"', '""')}"\r\n`)
    },
  )

  it('leaves numbers numbers', () => {
    expect(writeCsvLines([[-1, 0.5]])).toBe('-1,0.5\r\n')
  })
})
