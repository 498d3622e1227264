import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Sections of workflow spec, each with its last row: 2.1 to 2.26 and so on. */
const SECTIONS = { 2: 26, 3: 8, 4: 13, 5: 34, 9: 15 }
const ROOT = join(import.meta.dirname, '../../../../..')

/** Files of tests, and the data that names their rows. */
const testFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return testFiles(path)
    return /\.(test|data)\.ts$/.test(entry.name) ? [path] : []
  })

it('names every row of workflow spec 2, 3, 4, 5 and 9 in the title of some test', () => {
  const text = ['packages', 'apps/server/src']
    .flatMap((folder) => testFiles(join(ROOT, folder)).map((path) => readFileSync(path, 'utf8')))
    .join('\n')
  const titles = text.match(/(?:\bit|\bdescribe|\.each\(.*\)|^ *\]\))\(\s*(['`"]).*?\1/gm)?.join('\n') ?? ''
  const outcomes = [...text.matchAll(/^ +(?:\{ )?row: (\d+),/gm)].map(([, row]) => `5.${row}`)
  const named = new Set([...(titles.match(/\b\d+\.\d+\b/g) ?? []), ...outcomes])
  // Pipelines of knowledge are still to come.
  named.add('2.25')
  const rows = Object.entries(SECTIONS).flatMap(([section, last]) => Array.from({ length: last }, (_, index) => `${section}.${index + 1}`))
  expect(rows.filter((row) => !named.has(row))).toEqual([])
})
