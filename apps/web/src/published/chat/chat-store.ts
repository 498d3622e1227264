import type { FileInput } from '@trellis/contracts'
import { isTurnOpen } from '../../features/chat/turn.ts'
import { type TurnFile, toFileInput } from '../../features/chat/turn-file.ts'
import type { Pause } from '../api/follow-message.ts'
import type { KeptAsks } from '../api/kept-asks.ts'
import type { Rating, WebAppApi } from '../api/web-app-api.ts'
import type { FormAnswer } from '../form/form-api.ts'
import { createObservable, type Observable } from '../observable.ts'
import type { ChatAsk } from './chat-ask.ts'
import {
  activeThread,
  beginNew,
  type ChatState,
  changeEntry,
  changeThread,
  findThread,
  initialState,
  removeConversation,
  threadOfTurn,
} from './chat-state.ts'
import type { ChatTurn } from './chat-turn.ts'
import { loadList, loadMore } from './conversation-list.ts'
import { createLiveTurns, type LiveTurns } from './live-turns.ts'
import { loadOlder, openConversation, takeUpQuestions } from './open-threads.ts'
import type { OpenTurns } from './open-turns.ts'
import { refreshThread } from './refresh-chat.ts'
import { newestDescendant, visibleThread } from './thread.ts'

export interface Question {
  readonly query: string
  readonly inputs: Record<string, unknown>
  readonly files: FileInput[]
  readonly attachments: readonly TurnFile[]
}

export interface ChatStoreDependencies {
  readonly api: WebAppApi
  readonly openTurns: OpenTurns
  readonly asks: KeptAsks<ChatAsk>
  readonly suggestsQuestions: boolean
  readonly onConnection: (isConnected: boolean) => void
  /** A conversation, or what the list shows of it, was changed here. */
  readonly onChanged: (conversationId: string) => void
  readonly draw: (show: () => void) => void
  /** Waits before another try to reach the server. */
  readonly pause: Pause
}

/** What a person can do on the chat page. Methods that return a promise throw ApiError; the others end in the state. */
export interface ChatStore extends Pick<Observable<ChatState>, 'read' | 'subscribe'> {
  /** Loads the list and opens a conversation; what was asked or being answered when the page was left goes on. */
  start(conversationId: string | undefined): Promise<void>
  loadList(): Promise<void>
  loadMore(): Promise<void>
  /** Brings what other tabs and devices have changed meanwhile; of this conversation, or of the one on view. */
  refresh(conversationId?: string): Promise<void>
  startNew(): void
  open(conversationId: string): void
  loadOlder(): Promise<void>
  /** Asks in the thread on view, or in the one whose page the question was written on: another may have come on view since. */
  send(question: Question, threadKey?: string): void
  /** Asks a question again, perhaps in other words: beside its answer, or in its place where it was never taken. */
  askAgain(turn: ChatTurn, query?: string): void
  stop(): void
  /** Answers a form that a turn waits for, and goes on with it. Throws ApiError. */
  answerForm(turn: ChatTurn, token: string, answer: FormAnswer): Promise<void>
  choose(turn: ChatTurn): void
  rate(turn: ChatTurn, rating: Rating | null, reason?: string): Promise<void>
  rename(id: string, name: string): Promise<void>
  setPinned(id: string, isPinned: boolean): Promise<void>
  remove(id: string): Promise<void>
}

interface Context extends ChatStoreDependencies {
  readonly state: Observable<ChatState>
  readonly live: LiveTurns
  readonly missed: Set<string>
  readonly nextKey: () => string
}

export function createChatStore(dependencies: ChatStoreDependencies): ChatStore {
  const { api, onChanged } = dependencies
  const state = createObservable(initialState('new-0'))
  let keys = 0
  const live = createLiveTurns({
    ...dependencies,
    state,
    onAsked: onChanged,
    onEnd(key, turn, isFirst) {
      void afterAnswer(context, key, turn, isFirst)
      if (turn.conversationId !== undefined && context.missed.has(turn.conversationId)) void refresh(context, turn.conversationId)
    },
  })
  const context: Context = { ...dependencies, state, live, missed: new Set(), nextKey: () => `new-${++keys}` }
  return {
    read: state.read,
    subscribe: state.subscribe,
    start: (conversationId) => start(context, conversationId),
    loadList: () => loadList(context),
    loadMore: () => loadMore(context),
    refresh: (conversationId) => refresh(context, conversationId),
    startNew: () => startNew(context),
    open: (conversationId) => openConversation(context, conversationId),
    loadOlder: () => loadOlder(context),
    send: (question, threadKey) => send(context, question, threadKey),
    askAgain: (turn, query) => askAgain(context, turn, query),
    stop() {
      const thread = activeThread(state.read())
      const turn = thread.turns.findLast(isTurnOpen)
      if (turn) live.stop(thread.key, turn)
    },
    async answerForm(turn, token, answer) {
      await api.answerForm(token, answer)
      void live.goOn(threadOfTurn(state.read(), turn).key, turn)
    },
    choose: (turn) =>
      state.update((now) =>
        changeThread(now, threadOfTurn(now, turn).key, (thread) => ({ ...thread, leafKey: newestDescendant(thread.turns, turn).key })),
      ),
    rate: (turn, rating, reason) => rate(context, turn, { rating, reason }),
    async rename(id, name) {
      const { name: taken } = await api.renameConversation(id, name)
      state.update((now) => changeEntry(now, id, { name: taken }))
      onChanged(id)
    },
    async setPinned(id, isPinned) {
      state.update((now) => changeEntry(now, id, { isPinned }))
      await api.setPinned(id, isPinned).catch((error: unknown) => {
        state.update((now) => changeEntry(now, id, { isPinned: !isPinned }))
        throw error
      })
      onChanged(id)
    },
    remove: (id) => remove(context, id),
  }
}

async function start(context: Context, conversationId: string | undefined): Promise<void> {
  takeUpQuestions(context)
  if (conversationId !== undefined) openConversation(context, conversationId)
  await loadList(context)
}

function startNew({ state, nextKey }: Context): void {
  const key = nextKey()
  state.update((now) => beginNew(now, key))
}

function send(context: Context, { query, inputs, files, attachments }: Question, threadKey = context.state.read().activeKey): void {
  const now = context.state.read()
  const { key, turns, leafKey, conversationId } = findThread(now, threadKey) ?? activeThread(now)
  const before = visibleThread(turns, leafKey).findLast((item) => item.turn.messageId !== undefined)
  context.state.update((now) => changeThread(now, key, (thread) => ({ ...thread, inputs, leafKey: undefined })))
  const parentId = before?.turn.messageId ?? null
  ask(context, key, { query, inputs, files, attachments, parentId, ...(conversationId !== undefined && { conversationId }) })
}

function askAgain(context: Context, turn: ChatTurn, query = turn.query): void {
  const { state } = context
  const { key, inputs, conversationId } = threadOfTurn(state.read(), turn)
  const entry = state.read().list.entries.find((known) => known.id === conversationId)
  const wasTaken = turn.messageId !== undefined
  state.update((now) =>
    changeThread(now, key, (thread) => ({
      ...thread,
      leafKey: undefined,
      turns: wasTaken ? thread.turns : thread.turns.filter((each) => each.key !== turn.key),
    })),
  )
  ask(context, key, {
    query,
    inputs: entry?.inputs ?? inputs,
    files: turn.attachments.map(toFileInput),
    attachments: turn.attachments,
    parentId: turn.parentId,
    ...(conversationId !== undefined && { conversationId }),
  })
}

function ask({ live, asks, nextKey }: Context, threadKey: string, what: ChatAsk): void {
  void live.ask({ threadKey, key: nextKey(), ask: asks.begin(what) })
}

interface Verdict {
  readonly rating: Rating | null
  readonly reason: string | undefined
}

async function rate({ api, state }: Context, turn: ChatTurn, { rating, reason }: Verdict): Promise<void> {
  if (turn.messageId === undefined) return
  const { key } = threadOfTurn(state.read(), turn)
  const set = (verdict: Pick<ChatTurn, 'rating' | 'hasReason'>) =>
    state.update((now) =>
      changeThread(now, key, (thread) => ({
        ...thread,
        turns: thread.turns.map((each) => (each.key === turn.key ? { ...each, ...verdict } : each)),
      })),
    )
  set({ rating, hasReason: false })
  await api.rate(turn.messageId, rating, reason).catch((error: unknown) => {
    set({ rating: turn.rating, hasReason: turn.hasReason })
    throw error
  })
  // Until it has arrived the reason stands in its form.
  if (reason !== undefined) set({ rating, hasReason: true })
}

async function refresh(context: Context, conversationId = activeThread(context.state.read()).conversationId): Promise<void> {
  await loadList(context)
  if (conversationId !== undefined && (await refreshThread(context, conversationId))) drop(context, conversationId)
}

async function remove(context: Context, id: string): Promise<void> {
  await context.api.deleteConversation(id)
  drop(context, id)
  context.onChanged(id)
}

function drop(context: Context, id: string): void {
  const { state, live, nextKey } = context
  const thread = state.read().threads.find((each) => each.conversationId === id)
  if (thread) live.leave(thread.turns)
  const key = nextKey()
  state.update((now) => {
    const rest = removeConversation(now, id)
    return thread?.key === now.activeKey ? beginNew(rest, key) : rest
  })
}

/** Extras: an answer without a made name or suggestions is whole. */
async function afterAnswer(context: Context, key: string, turn: ChatTurn, isFirst: boolean): Promise<void> {
  const { api, state, suggestsQuestions } = context
  const { conversationId, messageId } = turn
  if (isFirst && conversationId !== undefined && turn.answer !== '') {
    void api.nameConversation(conversationId).then(
      ({ name }) => state.update((now) => changeEntry(now, conversationId, { name })),
      () => undefined,
    )
  }
  if (!suggestsQuestions || turn.status !== 'done' || messageId === undefined) return
  const suggestions = await api.suggestQuestions(messageId).catch(() => [])
  state.update((now) =>
    changeThread(now, key, (thread) => ({
      ...thread,
      turns: thread.turns.map((each) => (each.messageId === messageId ? { ...each, suggestions } : each)),
    })),
  )
}
