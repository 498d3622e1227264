import { isTurnOpen } from '../../features/chat/turn.ts'
import type { KeyValueStore } from '../storage.ts'
import type { TextTurn } from './text-turn.ts'

interface KeptResultsDependencies {
  readonly code: string
  readonly tabStore: KeyValueStore
}

const storageKey = (code: string) => `trellis.results.${code}`

export function readResults({ code, tabStore }: KeptResultsDependencies): readonly TextTurn[] {
  try {
    // Written by this page alone; a broken text means none. What never reached the server cannot be gone on with.
    const results = JSON.parse(tabStore.read(storageKey(code)) ?? '[]') as readonly TextTurn[]
    return results.filter((turn) => turn.messageId !== undefined || !isTurnOpen(turn))
  } catch {
    return []
  }
}

export function writeResults({ code, tabStore }: KeptResultsDependencies, results: readonly TextTurn[]): void {
  tabStore.write(storageKey(code), JSON.stringify(results))
}
