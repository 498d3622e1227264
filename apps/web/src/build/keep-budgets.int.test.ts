import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepBudgets, OVER_BUDGET } from './keep-budgets.ts'

describe('a build with budgets', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keep-budgets-'))
    await writeFile(join(folder, 'page.js'), 'document.title = "A page that takes some bytes of script"')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const buildWith = async (maxBytes: number): Promise<string> => {
    const outDir = join(folder, `within-${maxBytes}`)
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      plugins: [keepBudgets([{ page: 'The page', modules: ['/page.js'], maxBytes }])],
      build: { outDir, rolldownOptions: { input: join(folder, 'page.js') } },
    })
    return outDir
  }

  it('leaves word of a page that is over its budget, beside output that works', async () => {
    const output = await buildWith(10)
    expect(await readFile(join(output, OVER_BUDGET), 'utf8')).toMatch(/^The page takes 0\.1 kB of compressed script; its budget is 0\.0 kB\./)
    expect(await readdir(output)).toContain('assets')
  })

  it('leaves none where every page is within', async () => {
    expect(await readdir(await buildWith(10_000))).toEqual(['assets'])
  })
})
