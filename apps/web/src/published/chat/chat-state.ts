import type { ChatTurn } from './chat-turn.ts'
import type { ConversationEntry } from './conversation-groups.ts'

/** One conversation on the page: its turns, and where they come from. */
export interface Thread {
  /** Ours: a new conversation has no id until its first frame. */
  readonly key: string
  readonly conversationId: string | undefined
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  readonly turns: readonly ChatTurn[]
  /** The turn at which the thread on view ends; absent: the newest. */
  readonly leafKey: string | undefined
  readonly hasOlder: boolean
  /** What was entered in the form; of a conversation that goes on, what it began with. */
  readonly inputs: Readonly<Record<string, unknown>>
  readonly introduction: string | null
  /** A new one, in place of a conversation that an address named and that is not here. */
  readonly isForMissing: boolean
}

export interface ChatState {
  readonly list: {
    readonly status: 'loading' | 'ready' | 'failed'
    readonly error: unknown
    readonly entries: readonly ConversationEntry[]
    readonly hasMore: boolean
  }
  readonly threads: readonly Thread[]
  readonly activeKey: string
}

export const newThread = (key: string): Thread => ({
  key,
  conversationId: undefined,
  status: 'ready',
  error: undefined,
  turns: [],
  leafKey: undefined,
  hasOlder: false,
  inputs: {},
  introduction: null,
  isForMissing: false,
})

export function initialState(key: string): ChatState {
  return { list: { status: 'loading', error: undefined, entries: [], hasMore: false }, threads: [newThread(key)], activeKey: key }
}

export function activeThread(state: ChatState): Thread {
  return findThread(state, state.activeKey) ?? newThread(state.activeKey)
}

export function findThread(state: ChatState, key: string): Thread | undefined {
  return state.threads.find((thread) => thread.key === key)
}

/** The thread that a turn stands in: another one may have come on view since somebody saw it. */
export function threadOfTurn(state: ChatState, turn: ChatTurn): Thread {
  return state.threads.find(({ turns }) => turns.some(({ key }) => key === turn.key)) ?? activeThread(state)
}

export function changeThread(state: ChatState, key: string, change: (thread: Thread) => Thread): ChatState {
  return { ...state, threads: state.threads.map((thread) => (thread.key === key ? change(thread) : thread)) }
}

/** The thread with this turn put in, or replaced; whichever other turn is of the same message makes room for it. */
export function putTurn(thread: Thread, turn: ChatTurn): Thread {
  const isKnown = thread.turns.some((known) => known.key === turn.key)
  const turns = turn.messageId === undefined ? thread.turns : thread.turns.filter((known) => !isTwin(known, turn))
  return {
    ...thread,
    turns: isKnown ? turns.map((known) => (known.key === turn.key ? turn : known)) : [...turns, turn],
    conversationId: thread.conversationId ?? turn.conversationId,
  }
}

/** The history with what was asked before it came: turns that it tells of as well stay as they are being told. */
export function joinHistory(history: readonly ChatTurn[], asked: readonly ChatTurn[]): readonly ChatTurn[] {
  return [...history.filter((turn) => !asked.some((other) => isTwin(turn, other))), ...asked]
}

const isTwin = (one: ChatTurn, other: ChatTurn): boolean => one.key !== other.key && one.messageId === other.messageId

/** The list with this entry put in, or changed. */
export function putEntry(state: ChatState, entry: ConversationEntry): ChatState {
  const rest = state.list.entries.filter((known) => known.id !== entry.id)
  return { ...state, list: { ...state.list, entries: [entry, ...rest] } }
}

export function changeEntry(state: ChatState, id: string, change: Partial<ConversationEntry>): ChatState {
  const entries = state.list.entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry))
  return { ...state, list: { ...state.list, entries } }
}

/** A new conversation on view: the one in which nobody has asked anything, or, by this key, a fresh one. */
export function beginNew(state: ChatState, key: string, isForMissing = false): ChatState {
  const empty = state.threads.find((thread) => thread.conversationId === undefined && thread.turns.length === 0)
  const thread = { ...(empty ?? newThread(key)), isForMissing }
  return { ...state, threads: [...state.threads.filter((each) => each !== empty), thread], activeKey: thread.key }
}

export function removeConversation(state: ChatState, id: string): ChatState {
  return {
    ...state,
    list: { ...state.list, entries: state.list.entries.filter((entry) => entry.id !== id) },
    threads: state.threads.filter((thread) => thread.conversationId !== id),
  }
}
