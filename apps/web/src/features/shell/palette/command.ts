import { go } from 'fuzzysort'
import type { LucideIcon } from 'lucide-react'
import type { AppIconProps } from '../../../design/index.ts'

/** What the palette can do: by name, or by the words under which people look for it. */
export interface Command {
  readonly id: string
  readonly label: string
  /** Said at the end of the row: of what kind it is. */
  readonly hint?: string
  /** Other names, which are searched and not shown. */
  readonly keywords?: string
  readonly Icon?: LucideIcon
  /** In place of `Icon`. */
  readonly appIcon?: AppIconProps
  readonly run: () => void
}

export interface CommandGroup {
  readonly label: string
  readonly items: readonly Command[]
}

/** Where `0` is no match and `1` the very words: what is as far off as this is no longer what was meant. */
const MIN_SCORE = 0.35
const SHOWN_PER_GROUP = 8

/**
 * Keeps what matches, best first, and puts first the group that holds the best of all. Letters may be left out and words may stand in
 * any order. Without a query everything stays as it is.
 */
export function findCommands(groups: readonly CommandGroup[], query: string): CommandGroup[] {
  const wanted = query.trim()
  if (wanted === '') return groups.filter((group) => group.items.length > 0)
  return groups
    .map(({ label, items }) => {
      const matches = go(wanted, items, {
        keys: ['label', 'hint', 'keywords'],
        threshold: MIN_SCORE,
        limit: SHOWN_PER_GROUP,
      })
      return { label, items: matches.map((match) => match.obj), best: matches[0]?.score ?? 0 }
    })
    .filter((group) => group.items.length > 0)
    .sort((one, other) => other.best - one.best)
    .map(({ label, items }) => ({ label, items }))
}
