import { ApiError } from '@trellis/client'
import type { Ask, KeptAsks } from '../api/kept-asks.ts'
import type { WebAppApi } from '../api/web-app-api.ts'
import type { Observable } from '../observable.ts'
import type { ChatAsk } from './chat-ask.ts'
import {
  activeThread,
  beginNew,
  type ChatState,
  changeThread,
  findThread,
  joinHistory,
  newThread,
  removeConversation,
  type Thread,
} from './chat-state.ts'
import { isPerhapsOpen, toChatTurns } from './chat-turn.ts'
import type { LiveTurns } from './live-turns.ts'
import type { OpenTurns } from './open-turns.ts'

export interface OpenThreadsDependencies {
  readonly api: WebAppApi
  readonly state: Observable<ChatState>
  readonly live: LiveTurns
  readonly asks: KeptAsks<ChatAsk>
  readonly openTurns: OpenTurns
  readonly nextKey: () => string
}

/** Asks again, by the same names, what had no first frame when the page was left. Of several new conversations the last one is on view. */
export function takeUpQuestions(context: OpenThreadsDependencies): void {
  const { asks, state, live, nextKey } = context
  const known = new Map<string, Ask<ChatAsk>[]>()
  for (const ask of asks.takeUp()) {
    const { conversationId, inputs } = ask.what
    if (conversationId !== undefined) {
      known.set(conversationId, [...(known.get(conversationId) ?? []), ask])
      continue
    }
    const key = nextKey()
    state.update((now) => ({ ...now, threads: [...now.threads, { ...newThread(key), inputs }], activeKey: key }))
    void live.ask({ threadKey: key, key: nextKey(), ask })
  }
  for (const [conversationId, left] of known) {
    const key = nextKey()
    state.update((now) => ({ ...now, threads: [...now.threads, { ...newThread(key), conversationId, status: 'loading' }] }))
    for (const ask of left) void live.ask({ threadKey: key, key: nextKey(), ask })
    void loadThread(context, key, conversationId)
  }
}

export function openConversation(context: OpenThreadsDependencies, conversationId: string): void {
  const { state, nextKey } = context
  const known = state.read().threads.find((thread) => thread.conversationId === conversationId)
  if (known) state.update((now) => ({ ...now, activeKey: known.key }))
  if (known && known.status !== 'failed') return
  const key = known?.key ?? nextKey()
  const thread: Thread = { ...newThread(key), conversationId, status: 'loading', turns: known?.turns ?? [] }
  state.update((now) => ({ ...now, threads: [...now.threads.filter((each) => each.key !== key), thread], activeKey: key }))
  void loadThread(context, key, conversationId)
}

async function loadThread(context: OpenThreadsDependencies, key: string, conversationId: string): Promise<void> {
  const { api, state, live, openTurns } = context
  try {
    const page = await api.listMessages(conversationId)
    const history = toChatTurns(page.items)
    state.update((now) =>
      changeThread(now, key, (thread) => ({
        ...thread,
        status: 'ready',
        turns: joinHistory(history, thread.turns),
        hasOlder: page.hasMore,
      })),
    )
    const last = history.at(-1)
    if (!last || !(isPerhapsOpen(last) || openTurns.list().includes(last.key))) return
    // A question that is asked again may turn out to be this one: then it is being told already.
    await live.settled(key)
    if (findThread(state.read(), key)?.turns.some((turn) => turn.key === last.key)) await live.rejoin(key, last)
  } catch (error) {
    const isUnasked = findThread(state.read(), key)?.turns.length === 0
    if (isUnasked && isMissing(error)) takeAway(context, key, conversationId)
    else state.update((now) => changeThread(now, key, (thread) => ({ ...thread, status: 'failed', error })))
  }
}

/** It was deleted, or never was this visitor's. */
export const isMissing = (error: unknown): boolean => error instanceof ApiError && error.status === 404 && error.code === 'not_found'

/** To ask for it once more would never help; a new one can be written in. */
function takeAway({ state, nextKey }: OpenThreadsDependencies, key: string, conversationId: string): void {
  const freshKey = nextKey()
  state.update((now) => {
    const rest = removeConversation(now, conversationId)
    return now.activeKey === key ? beginNew(rest, freshKey, true) : rest
  })
}

export async function loadOlder({ api, state }: OpenThreadsDependencies): Promise<void> {
  const { key, conversationId, turns } = activeThread(state.read())
  const oldest = turns[0]?.messageId
  if (conversationId === undefined || oldest === undefined) return
  const page = await api.listMessages(conversationId, oldest)
  state.update((now) =>
    changeThread(now, key, (thread) => {
      const older = toChatTurns(page.items)
      const [first, ...rest] = thread.turns
      // The first turn's parent was out of sight until now.
      const joined = first && first.parentId === null ? { ...first, parentId: older.at(-1)?.messageId ?? null } : first
      return { ...thread, hasOlder: page.hasMore, turns: [...older, ...(joined ? [joined] : []), ...rest] }
    }),
  )
}
