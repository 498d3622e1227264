import type { RunEvent } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { OutputGuard } from './output-guard.ts'

/** Guards an answer that is given in pieces; `bad` may not stand in it. */
async function guard(pieces: readonly string[], { told = '', run = new AbortController() } = {}) {
  const seen: RunEvent[] = []
  const checked: string[] = []
  const guarded = new OutputGuard({
    check: {
      async findReplacement(text) {
        checked.push(text)
        return text.includes('bad') ? 'No.' : undefined
      },
    },
    signal: run.signal,
    tell: (event) => seen.push(event),
    told,
  })
  for (const text of pieces) {
    guarded.tell({ type: 'text-delta', text })
    await Promise.resolve()
  }
  const replacement = await guarded.settle()
  return { replacement, seen, checked, signal: guarded.signal }
}

const replaced = { type: 'text-replace', text: 'No.', reason: 'output_moderation' }
const long = 'x'.repeat(300)

describe('OutputGuard', () => {
  it('lets pieces pass at once and looks at all of them at the end', async () => {
    const { seen, checked, replacement, signal } = await guard(['Good ', 'day'])
    expect(seen).toHaveLength(2)
    expect(checked).toEqual(['Good day'])
    expect([replacement, signal.aborted]).toEqual([undefined, false])
  })

  it('replaces what may not stay', async () => {
    const { seen, replacement } = await guard(['so b', 'ad'])
    expect(seen.at(-1)).toEqual(replaced)
    expect(replacement).toBe('No.')
  })

  it('looks whenever there is enough more, stops what makes the text, and lets nothing pass behind', async () => {
    const { seen, checked, signal } = await guard([long, 'bad', long, 'more', 'more', 'more'])
    expect(checked).toEqual([long, `${long}bad${long}`])
    expect(seen.findIndex(({ type }) => type === 'text-replace')).toBe(seen.length - 1)
    expect(seen.length).toBeLessThan(7)
    expect([signal.aborted, signal.reason]).toEqual([true, 'stop'])
  })

  it('looks at what an earlier life told', async () => {
    expect((await guard([], { told: 'bad' })).seen).toEqual([replaced])
  })

  it('looks at an answer that was stopped, not at one that another process goes on with', async () => {
    const run = new AbortController()
    run.abort('stop')
    expect((await guard(['bad'], { run })).replacement).toBe('No.')
    const lost = new AbortController()
    lost.abort('lost')
    expect((await guard(['bad'], { run: lost })).checked).toEqual([])
  })
})
