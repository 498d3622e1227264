import { useSyncExternalStore } from 'react'
import { isTurnOpen } from '../../features/chat/turn.ts'
import { threadOfTurn } from './chat-state.ts'
import type { ChatStore } from './chat-store.ts'
import type { ChatTurn } from './chat-turn.ts'

/**
 * Whether nothing is being written in the conversation of a turn, so that its question can be asked again. From the store, by those few that
 * show it: for a context whose value changes React looks through all turns, when a question is sent and when its answer ends.
 */
export function useCanAsk(store: ChatStore, turn: ChatTurn): boolean {
  return useSyncExternalStore(store.subscribe, () => !threadOfTurn(store.read(), turn).turns.some(isTurnOpen))
}

/** Of what holds all turns, while none of their questions can be asked again. */
export const whileAnswering = '[--while-askable:none]'

/**
 * The look of a button that is there only while its question can be asked again. Hundreds of turns have one: taking them all away and making
 * them anew would hold up the question and the end of its answer. A property is inherited by what is in sight, and by the rest when it comes
 * in sight; for a rule that asks for an attribute above, browsers walk through all turns.
 */
export const whileAskable = '[display:var(--while-askable,inline-flex)]!'
