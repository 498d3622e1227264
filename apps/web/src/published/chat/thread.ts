import type { ChatTurn } from './chat-turn.ts'

export interface ThreadItem {
  readonly turn: ChatTurn
  /** The answers to the same question (this one among them), oldest first, where there are others. */
  readonly siblings: readonly ChatTurn[] | undefined
}

/** The turns that lead to `leafKey` (the newest turn where it is absent), first to last. */
export function visibleThread(turns: readonly ChatTurn[], leafKey: string | undefined): ThreadItem[] {
  const byMessage = new Map<string, ChatTurn>()
  const byParent = new Map<string | null, ChatTurn[]>()
  for (const turn of turns) {
    if (turn.messageId !== undefined && !byMessage.has(turn.messageId)) byMessage.set(turn.messageId, turn)
    const siblings = byParent.get(turn.parentId)
    if (siblings) siblings.push(turn)
    else byParent.set(turn.parentId, [turn])
  }
  const thread: ThreadItem[] = []
  let turn = turns.find((candidate) => candidate.key === leafKey) ?? turns.at(-1)
  while (turn) {
    const { parentId } = turn
    const shown = turn
    const answers = (byParent.get(parentId) ?? []).filter((each, _, all) => each === shown || !isMadeGood(each, all, byParent))
    thread.push({ turn, siblings: answers.length > 1 ? answers : undefined })
    turn = parentId === null ? undefined : byMessage.get(parentId)
  }
  return thread.reverse()
}

/** A failure without a word, whose question was asked once more: nothing is lost where it cannot be leafed to. */
function isMadeGood(turn: ChatTurn, answers: readonly ChatTurn[], byParent: ReadonlyMap<string | null, readonly ChatTurn[]>): boolean {
  const isBlank = turn.status === 'failed' && turn.answer === '' && turn.answerFiles.length === 0
  if (!isBlank || byParent.has(turn.messageId ?? null)) return false
  return answers.some((other) => other !== turn && other.query === turn.query)
}

/** The newest turn that follows from this one, or itself: where a thread ends when one of several answers is chosen. */
export function newestDescendant(turns: readonly ChatTurn[], turn: ChatTurn): ChatTurn {
  // The last of several children stays.
  const newestChild = new Map(turns.map((candidate) => [candidate.parentId, candidate]))
  let newest = turn
  for (;;) {
    const child = newest.messageId === undefined ? undefined : newestChild.get(newest.messageId)
    if (!child) return newest
    newest = child
  }
}
