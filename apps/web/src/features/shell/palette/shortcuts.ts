/** What a key, or two in a row, does. Those of single letters can be switched off, for people who speak to their computers. */
export const shortcuts = [
  { id: 'help', keys: ['?'], place: 'everywhere' },
  { id: 'search', keys: ['/'], place: 'everywhere' },
  { id: 'create', keys: ['c'], place: 'everywhere' },
  { id: 'studio', keys: ['g', 's'], place: 'everywhere' },
  { id: 'models', keys: ['g', 'm'], place: 'everywhere' },
  { id: 'configuration', keys: ['g', 'o'], place: 'app' },
  { id: 'develop', keys: ['g', 'a'], place: 'app' },
  { id: 'logs', keys: ['g', 'l'], place: 'app' },
  { id: 'overview', keys: ['g', 'p'], place: 'app' },
] as const

export type ShortcutId = (typeof shortcuts)[number]['id']

export interface Press {
  /** As the browser names it: the letter that is written, not the place of the key. */
  readonly key: string
  readonly atMs: number
}

/** The first key waits this long for the second. */
const PAIR_MS = 1500

/** Tells what a press asks for, given the one before it where that began a pair. */
export function readPress(press: Press, before: Press | null): { readonly shortcut: ShortcutId | null; readonly pending: Press | null } {
  const key = press.key.toLowerCase()
  const isPair = before !== null && press.atMs - before.atMs <= PAIR_MS
  const pair = isPair ? shortcuts.find(({ keys }) => keys.length === 2 && keys[0] === before.key && keys[1] === key) : undefined
  if (pair) return { shortcut: pair.id, pending: null }
  if (shortcuts.some(({ keys }) => keys.length === 2 && keys[0] === key)) return { shortcut: null, pending: { key, atMs: press.atMs } }
  return { shortcut: shortcuts.find(({ keys }) => keys.length === 1 && keys[0] === key)?.id ?? null, pending: null }
}

const STORAGE_KEY = 'trellis.shortcuts'

export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}

/** Remembered on this device. */
export function switchShortcuts(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, 'off')
  } catch {
    // Closed storage: they stay as they are.
  }
}
