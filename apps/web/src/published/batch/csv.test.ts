import { describe, expect, it } from 'vitest'
import { parseCsv, readCsvText, writeCsv } from './csv.ts'

describe('csv', () => {
  it('is read with commas, semicolons or tabs, quoted or not; blank lines keep their place', () => {
    expect(parseCsv('\uFEFFa,b\r\n"1,\n2",3\r\n\r\n4,5').lines).toEqual([['a', 'b'], ['1,\n2', '3'], [''], ['4', '5']])
    expect(parseCsv('a;b\n1;2').lines).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    expect(parseCsv('a\n1').lines).toEqual([['a'], ['1']])
  })

  it('tells of a quotation mark that nothing closes', () => {
    expect(parseCsv('a,b\n1,"2\n3,4').brokenQuoteAt).toBe(2)
    expect(parseCsv('a,b\n1,2').brokenQuoteAt).toBeUndefined()
  })

  it('is written so that spreadsheets read it and run nothing of it', () => {
    expect(
      writeCsv([
        ['name', 'x'],
        ['=1+1', { a: [1] }],
        [null, 'say "hi"'],
      ]),
    ).toBe('\uFEFFname,x\r\n"\'=1+1","{""a"":[1]}"\r\n,"say ""hi"""\r\n')
  })

  it.each(['=1+1\nmore lines', '\n=1+1', '＝1+1', '＠x'])('lets no spreadsheet run %j', (cell) => {
    expect(writeCsv([[cell]])).toBe(`\uFEFF"'${cell}"\r\n`)
  })

  it('is understood in the encodings of older spreadsheets', async () => {
    expect(await readCsvText(new Blob(['Zoë']), 'en-US')).toBe('Zoë')
    expect(await readCsvText(new Blob([new Uint8Array([0x5a, 0x6f, 0xeb])]), 'en-US')).toBe('Zoë')
    expect(await readCsvText(new Blob([new Uint8Array([0xc4, 0xe3, 0xba, 0xc3])]), 'zh-Hans')).toBe('你好')
  })
})
