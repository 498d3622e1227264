import { readFileSync } from 'node:fs'
import { ExtractionError } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { chooseFormat, listCandidates } from './choose-format.ts'
import { defaultLimits } from './limits.ts'
import { formats } from './registry.ts'
import { aDocx, anXlsx } from './testing/office-files.ts'

const choose = (description: Parameters<typeof chooseFormat>[0], content: Uint8Array | string = 'words'): string =>
  chooseFormat(description, Buffer.from(content), defaultLimits).id
const oldWorkbook = readFileSync(new URL('./__fixtures__/excel-97.xls', import.meta.url))

describe('the choice of a reader', () => {
  it.each([
    ['its MIME type', { mimeType: 'application/json; charset=utf-8', filename: 'a.txt' }, 'json'],
    ['its extension where the type is vague', { mimeType: 'application/octet-stream', filename: 'A.MD' }, 'text'],
    ['its extension where the type is plain text', { mimeType: 'text/plain', filename: 'a.csv' }, 'csv'],
    ['an extension with its dot', { extension: '.yaml' }, 'yaml'],
    ['any text type', { mimeType: 'text/x-unheard-of' }, 'text'],
    ['source code that is called a video', { mimeType: 'video/mp2t', filename: 'a.ts' }, 'text'],
  ])('goes by %s', (_, description, id) => expect(choose(description)).toBe(id))

  it.each([
    ['a workbook called a document', { filename: 'a.docx' }, anXlsx(''), 'xlsx'],
    ['a new document called an old one', { filename: 'a.doc' }, aDocx(''), 'docx'],
    ['a container called text', { filename: 'a.txt' }, oldWorkbook, 'xls'],
    ['a page called a workbook', { filename: 'a.xls' }, '<table><tr><td>1</td></tr></table>', 'markup'],
    ['CSV that Windows calls a workbook', { filename: 'a.csv', mimeType: 'application/vnd.ms-excel' }, 'a,b', 'csv'],
    ['a file without any name', {}, '%PDF-1.7', 'pdf'],
  ])('is put right by the content of %s', (_, description, content, id) => expect(choose(description, content)).toBe(id))

  it.each([
    ['an image', { filename: 'a.png', mimeType: 'image/png' }, 'words'],
    ['nothing known', {}, 'words'],
    ['rich text', { filename: 'a.doc' }, '{\\rtf1 words}'],
  ])('is none for %s, and says what to do', (_, description, content) => {
    const error = (() => {
      try {
        return choose(description, content)
      } catch (thrown) {
        return thrown
      }
    })()
    expect(ExtractionError.is(error) && error.failure).toBe('unsupported-type')
    expect(ExtractionError.is(error) && error.message).toMatch(/Convert it|Save it/)
  })

  it('is told apart by names that no two formats share', () => {
    const names = formats.flatMap(({ mimeTypes, extensions }) => [...mimeTypes, ...extensions])
    expect(new Set(names).size).toBe(names.length)
    expect(names.every((name) => name === name.toLowerCase())).toBe(true)
    expect(listCandidates({ filename: 'constructor.__proto__' })).toEqual([])
  })
})
