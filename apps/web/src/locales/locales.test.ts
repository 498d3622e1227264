import { errorCatalog } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import errors from './en-US/errors.json' with { type: 'json' }

type Tree = { readonly [key: string]: string | Tree }

function leaves(tree: Tree, path: string[] = []): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[[...path, key].join('/'), value]] : leaves(value, [...path, key]),
  )
}

/** `count_one` and `count_other` are one text; languages have different plural forms. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/u, '')
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/gu) ?? [])].sort()

const files = import.meta.glob<Tree>('./*/*.json', { eager: true, import: 'default' })
/** Of a language, by namespace. */
const namespaces = (language: string): Tree =>
  Object.fromEntries(
    Object.entries(files).flatMap(([path, texts]) => {
      const [, folder, file = ''] = path.split('/')
      return folder === language ? [[file.replace('.json', ''), texts]] : []
    }),
  )

const en = leaves(namespaces('en-US'))
const zh = new Map(leaves(namespaces('zh-Hans')))

describe('locale files', () => {
  it('hold the same texts in every language', () => {
    expect([...new Set([...zh.keys()].map(withoutPlural))].sort()).toEqual([...new Set(en.map(([key]) => withoutPlural(key)))].sort())
  })

  it('fill in the same values in every language', () => {
    for (const [key, text] of en) {
      const other = zh.get(key) ?? zh.get(`${withoutPlural(key)}_other`)
      if (other !== undefined && !key.endsWith('_one')) expect([key, placeholders(other)]).toEqual([key, placeholders(text)])
    }
  })

  it('leave no text empty', () => {
    for (const [key, text] of [...en, ...zh]) expect([key, text.trim() !== '']).toEqual([key, true])
  })

  it('word only errors that exist', () => {
    const own = ['network_unreachable', 'malformed_answer', 'unexpected', 'locked_for']
    for (const code of Object.keys(errors)) expect([...Object.keys(errorCatalog), ...own]).toContain(code)
  })
})
