import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepBudgets } from './keep-budgets.ts'

describe('a build with budgets', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keep-budgets-'))
    await writeFile(join(folder, 'page.js'), 'document.title = "A page that takes some bytes of script"')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const buildWith = async (maxBytes: number) => {
    const outDir = join(folder, `within-${maxBytes}`)
    const words: (readonly string[])[] = []
    const plugin = keepBudgets({
      budgets: [{ page: 'The page', modules: ['/page.js'], maxBytes }],
      bytesOf: (code) => code.length,
      leaveWord: async (...word) => void words.push(word),
    })
    const rolldownOptions = { input: join(folder, 'page.js') }
    await build({ root: folder, configFile: false, logLevel: 'error', plugins: [plugin], build: { outDir, rolldownOptions } })
    return { outDir, words }
  }

  it('leaves word of a page that is over its budget, beside output that works', async () => {
    const { outDir, words } = await buildWith(10)
    expect(words).toEqual([[outDir, expect.stringMatching(/^The page takes 0\.1 kB of compressed script; its budget is 0\.0 kB\./)]])
    expect(await readdir(outDir)).toEqual(['assets'])
  })

  it('leaves none where every page is within', async () => {
    expect((await buildWith(10_000)).words).toEqual([])
  })
})
