import { describe, expect, it } from 'vitest'
import { judgePage, measurePage, type SizedChunk } from './page-budgets.ts'

const chunk = (fileName: string, bytes: number, more: Partial<SizedChunk> = {}): SizedChunk => ({
  fileName,
  bytes,
  facadeModuleId: null,
  moduleIds: [],
  imports: [],
  ...more,
})
const chunks = [
  chunk('console.js', 100, { facadeModuleId: '/web/index.html', imports: ['react.js', 'shared.js'] }),
  chunk('react.js', 50),
  chunk('shared.js', 10, { imports: ['react.js', 'console.js'] }),
  chunk('studio.js', 30, { moduleIds: ['/web/src/AppCard.tsx', '/web/src/StudioPage.tsx'], imports: ['shared.js', 'card.js'] }),
  chunk('card.js', 5),
  chunk('elsewhere.js', 1000),
]
const budget = { page: 'The page', modules: ['/index.html', '/StudioPage.tsx'], maxBytes: 195 }

describe('the budget of a page', () => {
  it('counts each chunk once that it needs at once, and no other', () => {
    const { bytes, chunks: needed } = measurePage(chunks, budget)
    expect(bytes).toBe(195)
    expect(needed.map(({ fileName }) => fileName)).toEqual(['console.js', 'react.js', 'studio.js', 'shared.js', 'card.js'])
  })

  it('tells what makes a page too heavy', () => {
    expect(judgePage(chunks, budget)).toBeUndefined()
    expect(judgePage(chunks, { ...budget, maxBytes: 194 })).toMatch(/^The page takes 0\.2 kB.*\n.*\n +0\.1 kB {2}console\.js\n/u)
  })

  it('guards nothing in silence', () => {
    expect(() => measurePage(chunks, { ...budget, modules: ['/Renamed.tsx'] })).toThrow('no chunk holds /Renamed.tsx')
  })
})
