import { createKeptAsks } from '../api/kept-asks.ts'
import { activeThread } from '../chat/chat-state.ts'
import { type ChatStore, createChatStore } from '../chat/chat-store.ts'
import { createOpenTurns } from '../chat/open-turns.ts'
import { visibleThread } from '../chat/thread.ts'
import { createKeyValueStore } from '../storage.ts'
import type { FakeWebApp } from './fake-web-app-api.ts'

/** A tab's storage: it outlives the page. */
export function aTab() {
  return createKeyValueStore(() => {
    throw new Error('closed')
  })
}

export function aPage(
  app: FakeWebApp,
  tab = aTab(),
  suggestsQuestions = false,
  draw: (show: () => void) => void = queueMicrotask,
): ChatStore {
  return createChatStore({
    api: app.api,
    openTurns: createOpenTurns('code', tab),
    asks: createKeptAsks({ code: 'code', tabStore: tab }),
    suggestsQuestions,
    onConnection: () => undefined,
    onChanged: () => undefined,
    draw,
    pause: () => Promise.resolve(),
  })
}

export const ask = (store: ChatStore, query: string) => store.send({ query, inputs: { name: 'Ada' }, files: [], attachments: [] })
export const shown = (store: ChatStore) => {
  const { turns, leafKey } = activeThread(store.read())
  return visibleThread(turns, leafKey).map(({ turn }) => ({ query: turn.query, answer: turn.answer, status: turn.status }))
}

/** Resolves once the state is as wanted. */
export function until(store: ChatStore, isWanted: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isWanted()) return resolve()
    const stop = store.subscribe(() => {
      if (!isWanted()) return
      stop()
      resolve()
    })
  })
}
export const untilLast = (store: ChatStore, status: string, answer?: string) =>
  until(store, () => {
    const last = shown(store).at(-1)
    return last?.status === status && (answer === undefined || last.answer === answer)
  })
