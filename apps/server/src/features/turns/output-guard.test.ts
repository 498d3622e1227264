import type { RunEvent } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { OutputGuard } from './output-guard.ts'

/** Guards an answer that is given in pieces: `bad` may not stand in it, and `ugly` is made pretty. */
async function guard(pieces: readonly string[], { told = '', run = new AbortController() } = {}) {
  const seen: RunEvent[] = []
  const checked: string[] = []
  const guarded = new OutputGuard({
    check: {
      async findReplacement(text) {
        checked.push(text)
        if (text.includes('bad')) return { text: 'No.', isLast: true }
        return text.includes('ugly') ? { text: text.replaceAll('ugly', 'pretty'), isLast: false } : undefined
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

  it('replaces what was looked at, and lets the answer go on', async () => {
    const { seen, checked, replacement, signal } = await guard([`${long}ugly`, ' one', ' ugly two', ' bye'])
    expect(seen.filter(({ type }) => type === 'text-replace')).toEqual([
      { ...replaced, text: `${long}pretty` },
      { ...replaced, text: `${long}pretty one pretty two bye` },
    ])
    expect(checked.at(-1)).toBe(`${long}pretty one ugly two bye`)
    expect(replacement).toBe(`${long}pretty one pretty two bye`)
    expect(signal.aborted).toBe(false)
  })

  it('keeps what came while it looked', async () => {
    const seen: RunEvent[] = []
    const looks = Promise.withResolvers<void>()
    const check = {
      async findReplacement(text: string) {
        await looks.promise
        return { text: text.replaceAll('x', '*'), isLast: false }
      },
    }
    const guarded = new OutputGuard({ check, signal: new AbortController().signal, tell: (event) => seen.push(event) })
    guarded.tell({ type: 'text-delta', text: long })
    guarded.tell({ type: 'text-delta', text: ' and on' })
    looks.resolve()
    expect(await guarded.settle()).toBe(`${'*'.repeat(300)} and on`)
    expect(seen.at(-1)).toEqual({ ...replaced, text: `${'*'.repeat(300)} and on` })
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
