import type { ChatTurn } from './chat-turn.ts'

/** A turn on view, with the other answers to the same question (itself among them), oldest first. */
export interface ThreadItem {
  readonly turn: ChatTurn
  readonly siblings: readonly ChatTurn[]
}

/** The turns that lead to `leafKey` (the newest turn where it is absent), first to last. */
export function visibleThread(turns: readonly ChatTurn[], leafKey: string | undefined): ThreadItem[] {
  const thread: ThreadItem[] = []
  let turn = turns.find((candidate) => candidate.key === leafKey) ?? turns.at(-1)
  while (turn) {
    const { parentId } = turn
    thread.unshift({ turn, siblings: turns.filter((candidate) => candidate.parentId === parentId) })
    turn = parentId === null ? undefined : turns.find((candidate) => candidate.messageId === parentId)
  }
  return thread
}

/** The newest turn that follows from this one, or itself: where a thread ends when one of several answers is chosen. */
export function newestDescendant(turns: readonly ChatTurn[], turn: ChatTurn): ChatTurn {
  const child = turn.messageId === undefined ? undefined : turns.findLast((candidate) => candidate.parentId === turn.messageId)
  return child ? newestDescendant(turns, child) : turn
}
