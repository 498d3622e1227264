import { isTurnOpen } from '../../features/chat/turn.ts'
import type { WebAppApi } from '../api/web-app-api.ts'
import type { Observable } from '../observable.ts'
import { type ChatState, changeThread, type Thread } from './chat-state.ts'
import { type ChatTurn, isPerhapsOpen, toChatTurns } from './chat-turn.ts'
import type { LiveTurns } from './live-turns.ts'
import { isMissing } from './open-threads.ts'
import { newestDescendant, visibleThread } from './thread.ts'

export interface RefreshDependencies {
  readonly api: WebAppApi
  readonly state: Observable<ChatState>
  readonly live: LiveTurns
  /** Conversations in which something was said elsewhere while an answer was written here. */
  readonly missed: Set<string>
}

/** Brings what was said in a conversation elsewhere: in another tab, or on another device. True where the conversation is gone. */
export async function refreshThread({ api, state, live, missed }: RefreshDependencies, conversationId: string): Promise<boolean> {
  const find = () => state.read().threads.find((thread) => thread.conversationId === conversationId)
  const isIdle = (thread: Thread | undefined) => thread?.status === 'ready' && !thread.turns.some(isTurnOpen)
  const miss = () => {
    if (find()) missed.add(conversationId)
    return false
  }
  if (!isIdle(find())) return miss()
  missed.delete(conversationId)
  try {
    const page = await api.listMessages(conversationId)
    const thread = find()
    // Something was asked here meanwhile: its own stream tells of it, and the rest waits for its end.
    if (!thread || !isIdle(thread)) return miss()
    const before = new Set(thread.turns.map(({ messageId }) => messageId))
    const added = toChatTurns(page.items).filter(({ messageId }) => !before.has(messageId))
    if (added.length === 0) return false
    state.update((now) => changeThread(now, thread.key, (each) => addTurns(each, added)))
    const last = added.at(-1)
    if (last && isPerhapsOpen(last)) void live.rejoin(thread.key, last)
    return false
  } catch (error) {
    return isMissing(error)
  }
}

/** What is on view stays on view, with what follows it; what stands beside it is leafed to. */
function addTurns(thread: Thread, added: readonly ChatTurn[]): Thread {
  const turns = [...thread.turns, ...added]
  const leaf = visibleThread(thread.turns, thread.leafKey).at(-1)?.turn
  return { ...thread, turns, leafKey: leaf && newestDescendant(turns, leaf).key }
}
