import { readFileSync } from 'node:fs'
import type { ExtractedDocument } from '@trellis/spec'
import fastCheck from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractDocument } from './extract-document.ts'
import { defaultLimits, type ExtractionLimits } from './limits.ts'
import { buildCompoundFile } from './testing/build-compound-file.ts'
import { buildZip } from './testing/build-zip.ts'
import { aDocx, anEpub, anOdt, anXlsx, aPptx } from './testing/office-files.ts'
import { aPresentation97 } from './testing/presentation-97.ts'

const fixture = (name: string): Uint8Array => readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url))
const extract = (bytes: Uint8Array | string, filename: string, limits: Partial<ExtractionLimits> = {}): Promise<ExtractedDocument> =>
  extractDocument({ bytes: Buffer.from(bytes), filename }, { ...defaultLimits, ...limits })
const textOf = async (bytes: Uint8Array | string, filename: string): Promise<string> => (await extract(bytes, filename)).text
const failureOf = async (bytes: Uint8Array | string, filename: string, limits: Partial<ExtractionLimits> = {}): Promise<unknown> => {
  const result = await extract(bytes, filename, limits).catch((error: unknown) => error)
  return result instanceof Error && 'failure' in result ? result.failure : result
}
const paragraph = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const shape = (text: string, placeholder = ''): string =>
  `<p:sp><p:nvSpPr><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`

describe('text', () => {
  it.each([
    ['UTF-8', Buffer.from('你好，世界')],
    ['UTF-8 with its mark', Buffer.from('\ufeff你好，世界')],
    ['UTF-16', Buffer.from('\ufeff你好，世界', 'utf16le')],
    ['UTF-16 big-endian', Buffer.from('\ufeff你好，世界', 'utf16le').swap16()],
  ])('is read in %s', async (_, bytes) => expect(await textOf(bytes, 'a.txt')).toBe('你好，世界'))

  it('is read in GB18030 and Big5 by its look', async () => {
    const gb = Buffer.from(
      'd6d0b9fab5c4cad7b6bccac7b1b1bea9a3acd5e2cac7d2bbbef8d6d0cec4a1a3cef2c3c7d2bbc6f0d1a7cfb0d6d0cec4b0c9a1a3',
      'hex',
    )
    expect(await textOf(gb, 'a.txt')).toContain('中国的首都是北京')
    const big5 = Buffer.from('a4a4a4e5a6d2b8d5a4e5a672a4c0aa52a6b3acb0a8cfa5ceaabaa8e4a5a6ab4ea7daadcca6b3a440adcdaba5', 'hex')
    expect(await textOf(big5, 'a.md')).toContain('中文')
  })

  it('keeps HTML and XML with their tags, in the encoding that they declare', async () => {
    const page = Buffer.concat([Buffer.from('<meta charset="gbk"><p>'), Buffer.from('c4e3', 'hex'), Buffer.from('</p>')])
    expect(await textOf(page, 'a.html')).toBe('<meta charset="gbk"><p>你</p>')
    expect(await textOf('<?xml version="1.0"?>\r\n<a/>', 'a.xml')).toBe('<?xml version="1.0"?>\n<a/>')
  })

  it('is nothing where the file is empty, and broken where it is binary', async () => {
    expect(await textOf('', 'a.txt')).toBe('')
    expect(await failureOf(Buffer.from([0, 1, 2, 0, 3, 0, 0, 4, 1, 2, 3]), 'a.txt')).toBe('broken-file')
  })

  it('has no NULs and no halves of characters, whatever the bytes', async () => {
    await fastCheck.assert(
      fastCheck.asyncProperty(fastCheck.uint8Array({ maxLength: 200 }), async (bytes) => {
        const result = await extract(bytes, 'a.log').catch(() => undefined)
        expect(result?.text.includes('\0') ?? false).toBe(false)
        expect(result?.text.isWellFormed() ?? true).toBe(true)
      }),
    )
  })
})

describe('json', () => {
  it('is indented by two as JSON.stringify does', async () => {
    await fastCheck.assert(
      fastCheck.asyncProperty(fastCheck.jsonValue(), async (value) => {
        expect(await textOf(JSON.stringify(value), 'a.json')).toBe(JSON.stringify(value, null, 2).toWellFormed())
      }),
    )
  })

  it('keeps long numbers and shows what was escaped', async () => {
    expect(await textOf('{"id":12345678901234567890,"名":"\\u4e2d"}', 'a.json')).toBe('{\n  "id": 12345678901234567890,\n  "名": "中"\n}')
  })

  it('is broken where it is not JSON, and bounded where it is all brackets', async () => {
    expect(await failureOf('{"a":', 'a.json')).toBe('broken-file')
    expect(await failureOf('['.repeat(200_000), 'a.json')).toBe('broken-file')
    expect((await textOf('['.repeat(3000) + ']'.repeat(3000), 'a.json')).length).toBeLessThan(2_000_000)
  })
})

describe('yaml', () => {
  it('is written anew, documents and all', async () => {
    expect(await textOf('名: {a: 1}\nlist: [甲, 2]\n---\nb: yes # why\n', 'a.yml')).toBe('名:\n  a: 1\nlist:\n- 甲\n- 2\n---\nb: yes\n')
  })

  it('is broken where it is not YAML or its anchors multiply', async () => {
    expect(await failureOf('a: [1', 'a.yaml')).toBe('broken-file')
    const lines = Array.from({ length: 12 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(',')}]`)
    expect(await failureOf(['a0: &a0 [x]', ...lines].join('\n'), 'a.yaml')).toBe('broken-file')
  })
})

describe('csv', () => {
  it('is a table, whatever separates its fields', async () => {
    const table = '| 姓名 | 备注 |\n| --- | --- |\n| 张三 | a\\|b c |'
    expect(await textOf('姓名,备注\r\n张三,"a|b\nc"\r\n\r\n', 'a.csv')).toBe(table)
    expect(await textOf('姓名\t备注\n张三\t"a|b\nc"\n', 'a.tsv')).toBe(table)
  })

  it('takes cells of many blanks in its stride', async () => {
    expect(await textOf(`a,"${' '.repeat(2_000_000)}x ${'\n '.repeat(100_000)}y"`, 'a.csv')).toBe('| a | x y |\n| --- | --- |')
  })

  it('is refused where its quotes never end or its cells are too many', async () => {
    expect(await failureOf('a,"b\nc,d', 'a.csv')).toBe('broken-file')
    expect(await failureOf('a,b\n1,2\n', 'a.csv', { cells: 3 })).toBe('too-large')
  })
})

describe('docx', () => {
  it('has paragraphs and tables in order', async () => {
    const table = `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${paragraph('合并')}</w:tc></w:tr><w:tr><w:tc>${paragraph('a')}${paragraph('b')}</w:tc><w:tc>${paragraph('c|d')}</w:tc></w:tr></w:tbl>`
    const text = await textOf(aDocx(paragraph('标题') + table + paragraph('尾 &amp; end')), 'a.docx')
    expect(text).toBe('标题\n| 合并 |  |\n| --- | --- |\n| a b | c\\|d |\n尾 & end')
  })

  it('shows insertions, no deletions, and text boxes once', async () => {
    const box = `<mc:AlternateContent><mc:Choice><w:txbxContent>${paragraph('box')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${paragraph('box')}</w:txbxContent></mc:Fallback></mc:AlternateContent>`
    const body = `<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:tab/>${box}</w:r></w:p>`
    expect(await textOf(aDocx(body), 'a.docx')).toBe('new\nbox')
  })

  it('is broken where it is cut off, crossed, or declares entities', async () => {
    expect(await failureOf(aDocx(paragraph('x')).subarray(0, 300), 'a.docx')).toBe('broken-file')
    expect(await failureOf(aDocx('<w:p><w:r></w:p></w:r>'), 'a.docx')).toBe('broken-file')
    const bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document><w:body/></w:document>'
    const relations = '<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>'
    expect(
      await failureOf(buildZip({ '[Content_Types].xml': '<T/>', '_rels/.rels': relations, 'word/document.xml': bomb }), 'a.docx'),
    ).toBe('broken-file')
  })

  it('is too large where elements are nested without end', async () => {
    expect(await failureOf(aDocx('<w:p>'.repeat(5000) + '</w:p>'.repeat(5000)), 'a.docx')).toBe('too-large')
  })
})

describe('zip containers', () => {
  const big = paragraph('x'.repeat(100_000))

  it.each([
    ['too many files', { entries: 2 }, 'too-large'],
    ['too much in all', { unpackedBytes: 10_000 }, 'too-large'],
    ['too high a ratio', { ratio: 5, ratioFromBytes: 10_000 }, 'too-large'],
  ])('are refused for %s', async (_, limits, failure) => expect(await failureOf(aDocx(big), 'a.docx', limits)).toBe(failure))

  it('are refused where they lie about sizes or need a password', async () => {
    const parts = { '[Content_Types].xml': '<T/>'.repeat(1000), '_rels/.rels': '<R/>'.repeat(1000), 'word/document.xml': '<a/>' }
    expect(await failureOf(buildZip(parts, { claimedBytes: 5 }), 'a.docx')).toBe('broken-file')
    expect(await failureOf(buildZip(parts, { flags: 1 }), 'a.docx')).toBe('encrypted-file')
  })
})

describe('xlsx', () => {
  it('is a table a sheet, with dates, and named in the parts', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>日期</t></is></c></row>
      <row r="5"><c r="A5"><v>0.30000000000000004</v></c><c r="C5" s="1"><v>46053.5</v></c></row><row r="6"><c r="A6" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`
    const document = await extract(anXlsx(rows, { strings: ['姓名'], styles }), 'a.xlsx')
    expect(document.text).toBe('| 姓名 |  | 日期 |\n| --- | --- | --- |\n| 0.3 |  | 2026-01-31 12:00:00 |\n| TRUE | #N/A |  |')
    expect(document.parts).toEqual([{ kind: 'sheet', title: '成绩', start: 0, end: document.text.length }])
  })

  it('makes no large table of a cell far away, and counts its cells', async () => {
    const far = anXlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    expect(await textOf(far, 'a.xlsx')).toBe('| 1 |  |\n| --- | --- |\n|  | 2 |')
    expect(await failureOf(far, 'a.xlsx', { cells: 5 })).toBe('too-large')
  })

  it('is broken where it is cut off', async () => {
    expect(await failureOf(anXlsx('<row><c>'), 'a.xlsx')).toBe('broken-file')
  })
})

describe('pptx', () => {
  it('has slides in their order, tables and notes, and no slide numbers', async () => {
    const table = '<a:tbl><a:tr><a:tc><a:p><a:t>甲</a:t></a:p></a:tc><a:tc><a:p><a:t>2</a:t></a:p></a:tc></a:tr></a:tbl>'
    const document = await extract(aPptx([shape('第一') + shape('7', '<p:ph type="sldNum"/>'), shape('Two') + table], '备注'), 'a.pptx')
    expect(document.text).toBe('第一\n备注\n\nTwo\n| 甲 | 2 |\n| --- | --- |')
    expect(document.parts.map(({ start, end }) => document.text.slice(start, end).slice(0, 3))).toEqual(['第一\n', 'Two'])
  })

  it('is refused where slides are missing or too many', async () => {
    expect(await failureOf(aPptx([shape('a'), shape('b')], ''), 'a.pptx', { pages: 1 })).toBe('too-large')
    expect(await failureOf(buildZip({ '[Content_Types].xml': '<T/>', 'ppt/x': '' }), 'a.pptx')).toBe('broken-file')
  })
})

describe('binary Office files', () => {
  it('doc: has paragraphs and tables', async () => {
    expect(await textOf(fixture('word-97.doc'), 'a.doc')).toBe('标题\n你好，世界 hello\n| 名 | B\\|x |\n| --- | --- |\n| c d | e |\nend')
  })

  it('xls: is a table a sheet', async () => {
    const document = await extract(fixture('excel-97.xls'), 'a.xls')
    expect(document.text).toBe('| 甲 | b | d |\n| --- | --- | --- |\n| 1 | 2.5 | 2026-01-31 08:00:00 |\n| TRUE | 2 | 2026-01-02 |')
    expect(document.parts.map(({ title }) => title)).toEqual(['表一'])
  })

  it('ppt: has titles, boxes and notes', async () => {
    expect(await textOf(aPresentation97({ title: '标题', text: '正文', note: '备注' }), 'a.ppt')).toBe('标题\n正文\n备注')
    expect(await failureOf(aPresentation97({ title: '', text: '', note: '', token: 0xf3d1c4df }), 'a.ppt')).toBe('encrypted-file')
  })

  it.each([
    ['word-97.doc', 'a.doc'],
    ['excel-97.xls', 'a.xls'],
  ])('%s fails with a code wherever it is cut off or damaged', async (name, filename) => {
    const whole = fixture(name)
    await fastCheck.assert(
      fastCheck.asyncProperty(fastCheck.nat(whole.length - 1), fastCheck.integer({ min: 0, max: 255 }), async (at, byte) => {
        const damaged = Buffer.from(whole)
        damaged[at] = byte
        const failures = [await failureOf(whole.subarray(0, at), filename), await failureOf(damaged, filename)]
        for (const failure of failures)
          if (typeof failure === 'string') expect(failure).toMatch(/^(broken-file|too-large|encrypted-file|unsupported-type)$/)
      }),
      { numRuns: 60 },
    )
  })

  it('tell a password from damage', async () => {
    expect(await failureOf(buildCompoundFile({ EncryptedPackage: Buffer.alloc(10), EncryptionInfo: Buffer.alloc(10) }), 'a.docx')).toBe(
      'encrypted-file',
    )
    const locked = Buffer.from(fixture('word-97.doc'))
    const fib = locked.indexOf(Buffer.from([0xec, 0xa5]))
    locked.writeUInt16LE(locked.readUInt16LE(fib + 10) | 0x100, fib + 10)
    expect(await failureOf(locked, 'a.doc')).toBe('encrypted-file')
    expect(await failureOf('no such thing', 'a.doc')).toBe('broken-file')
  })
})

describe('pdf', () => {
  it('reads Chinese without fonts, a part a page', async () => {
    const document = await extract(fixture('chinese.pdf'), 'a.pdf')
    expect(document.text).toContain('中文文本 第一页\nHello PDF')
    expect(document.text).toContain('日本語テキスト')
    expect(document.text).toContain('한국어')
    expect(document.parts.map(({ kind }) => kind)).toEqual(['page', 'page'])
  })

  it('fails with a code for passwords, damage and too many pages', async () => {
    expect(await failureOf(fixture('encrypted.pdf'), 'a.pdf')).toBe('encrypted-file')
    expect(await failureOf('%PDF-1.7\nnothing', 'a.pdf')).toBe('broken-file')
    expect(await failureOf('', 'a.pdf')).toBe('broken-file')
    expect(await failureOf(fixture('chinese.pdf'), 'a.pdf', { pages: 1 })).toBe('too-large')
    expect(await failureOf(fixture('chinese.pdf'), 'a.pdf', { textLength: 5 })).toBe('too-large')
  })
})

describe('mail', () => {
  it('eml: tells who wrote what', async () => {
    const mail = [
      'From: =?utf-8?B?5byg5LiJ?= <z@example.com>',
      'To: b@example.com',
      'Subject: =?gb2312?B?xOO6ww==?=',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>第一段</p><script>x()</script><p>two &amp; three</p>',
    ].join('\r\n')
    expect(await textOf(mail, 'a.eml')).toBe('Subject: 你好\nFrom: 张三 <z@example.com>\nTo: b@example.com\n\n第一段\ntwo & three')
    expect(await failureOf('just some words', 'a.eml')).toBe('broken-file')
  })

  it('eml: is broken where parts are nested without end', async () => {
    const deep = Array.from(
      { length: 100 },
      (_, index) => `Content-Type: multipart/mixed; boundary="b${index}"\r\n\r\n--b${index}\r\n`,
    ).join('')
    expect(await failureOf(`From: a@example.com\r\n${deep}`, 'a.eml')).toBe('broken-file')
  })

  it('msg: tells who wrote what', async () => {
    const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')
    const msg = buildCompoundFile({
      '__properties_version1.0': Buffer.alloc(48),
      '__substg1.0_0037001F': wide('主题'),
      '__substg1.0_0C1A001F': wide('张三'),
      '__substg1.0_10130102': Buffer.from('<meta charset="utf-8"><p>正文</p>'),
      '__attach_version1.0_#00000000/__substg1.0_3707001F': wide('附件.pdf'),
    })
    expect(await textOf(msg, 'a.msg')).toBe('Subject: 主题\nFrom: 张三\nAttachments: 附件.pdf\n\n正文')
    expect(await failureOf(buildCompoundFile({ other: Buffer.alloc(3) }), 'a.msg')).toBe('broken-file')
  })
})

describe('epub', () => {
  it('has chapters in reading order', async () => {
    const document = await extract(
      anEpub(
        { 'b%20c.xhtml': '<p>x</p>', 'a.xhtml': '<h1>第二章</h1><ul><li>甲</li></ul>' },
        { 'OEBPS/b c.xhtml': '<h1>第一章</h1><p>从前&nbsp;有</p>' },
      ),
      'a.epub',
    )
    expect(document.text).toBe('第一章\n从前\u00a0有\n\n第二章\n- 甲')
    expect(document.parts.map(({ title }) => title)).toEqual(['第一章', '第二章'])
  })

  it('fails with a code where it is protected or chapters are missing', async () => {
    const encryption = '<e><CipherReference URI="OEBPS/a.xhtml"/></e>'
    expect(await failureOf(anEpub({ 'a.xhtml': '<p/>' }, { 'META-INF/encryption.xml': encryption }), 'a.epub')).toBe('encrypted-file')
    expect(await failureOf(anEpub({ 'missing%20one': '' }), 'a.epub')).toBe('broken-file')
  })
})

describe('odt', () => {
  it('has paragraphs and tables in order', async () => {
    const cell = '<table:table-cell><text:p>甲</text:p></table:table-cell>'
    const text = `<text:h>标题</text:h><text:p>a<text:s text:c="2"/>b\n  c<text:note>n</text:note></text:p><table:table><table:table-row>${cell}${cell}</table:table-row></table:table>`
    expect(await textOf(anOdt(text), 'a.odt')).toBe('标题\na  b c\n| 甲 | 甲 |\n| --- | --- |')
  })

  it('fails with a code where it is encrypted or damaged', async () => {
    expect(await failureOf(anOdt('', { 'META-INF/manifest.xml': '<m><manifest:encryption-data/></m>' }), 'a.odt')).toBe('encrypted-file')
    expect(await failureOf(anOdt('<text:p>'), 'a.odt')).toBe('broken-file')
  })
})
