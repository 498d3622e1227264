import { describe, expect, it } from 'vitest'
import { readPress } from './shortcuts.ts'

describe('shortcuts', () => {
  it('are one key, in either case', () => {
    expect(readPress({ key: '?', atMs: 0 }, null)).toEqual({ shortcut: 'help', pending: null })
    expect(readPress({ key: 'C', atMs: 0 }, null)).toEqual({ shortcut: 'create', pending: null })
    expect(readPress({ key: 'x', atMs: 0 }, null)).toEqual({ shortcut: null, pending: null })
  })

  it('or two in a row, soon after each other', () => {
    const { pending, shortcut } = readPress({ key: 'g', atMs: 0 }, null)
    expect(shortcut).toBeNull()
    expect(readPress({ key: 's', atMs: 400 }, pending)).toEqual({ shortcut: 'studio', pending: null })
    expect(readPress({ key: 's', atMs: 4000 }, pending)).toEqual({ shortcut: null, pending: null })
  })

  it('begin anew after a key that makes no pair', () => {
    const first = readPress({ key: 'g', atMs: 0 }, null)
    expect(readPress({ key: 'c', atMs: 100 }, first.pending)).toEqual({ shortcut: 'create', pending: null })
    const second = readPress({ key: 'g', atMs: 100 }, first.pending)
    expect(readPress({ key: 'l', atMs: 1550 }, second.pending).shortcut).toBe('logs')
  })
})
