import { askUntilTaken } from '../api/ask-until-taken.ts'
import { followMessage, type Pause } from '../api/follow-message.ts'
import type { Ask } from '../api/kept-asks.ts'
import { runTurn } from '../api/run-turn.ts'
import { stopFollowed } from '../api/send-stop.ts'
import type { MessageStream, WebAppApi } from '../api/web-app-api.ts'
import type { Observable } from '../observable.ts'
import { applyFrame, rewindTurn } from '../streamed-turn.ts'
import { type ChatAsk, toInput, toTurn } from './chat-ask.ts'
import { type ChatState, changeThread, findThread, putEntry, putTurn } from './chat-state.ts'
import { type ChatTurn, toChatTurns } from './chat-turn.ts'
import type { OpenTurns } from './open-turns.ts'

export interface LiveTurnDependencies {
  readonly api: WebAppApi
  readonly state: Observable<ChatState>
  readonly openTurns: OpenTurns
  readonly onConnection: (isConnected: boolean) => void
  /** The server has taken a question. */
  readonly onAsked: (conversationId: string) => void
  /** An answer came to its end, whichever; `isFirst` where it opened its conversation. */
  readonly onEnd: (threadKey: string, turn: ChatTurn, isFirst: boolean) => void
  readonly draw: (show: () => void) => void
  readonly pause: Pause
}

export interface Asking {
  readonly threadKey: string
  /** Of the turn that it becomes. */
  readonly key: string
  readonly ask: Ask<ChatAsk>
}

/** The answers that are being written, in whichever conversation; they go on while another one is on view. */
export interface LiveTurns {
  ask(asking: Asking): Promise<void>
  /** Each question of a conversation has its first frame, or will have none. */
  settled(threadKey: string): Promise<void>
  /** Reads a turn of the history from the beginning of its stream. */
  rejoin(threadKey: string, turn: ChatTurn): Promise<void>
  /** Goes on with a turn that waited for somebody. */
  goOn(threadKey: string, turn: ChatTurn): Promise<void>
  stop(threadKey: string, turn: ChatTurn): void
  leave(turns: readonly ChatTurn[]): void
}

interface Context extends LiveTurnDependencies {
  readonly controllers: Map<string, AbortController>
  /** Of the turns that have no first frame yet, by their keys. */
  readonly asked: Map<string, Asked>
}

interface Asked extends Asking {
  readonly settled: Promise<void>
  readonly settle: () => void
}

export function createLiveTurns(dependencies: LiveTurnDependencies): LiveTurns {
  const context: Context = { ...dependencies, controllers: new Map(), asked: new Map() }
  const { api, controllers } = context
  return {
    ask: (asking) => ask(context, asking),
    async settled(threadKey) {
      await Promise.all([...context.asked.values()].flatMap((asked) => (asked.threadKey === threadKey ? [asked.settled] : [])))
    },
    async rejoin(threadKey, turn) {
      const { messageId } = turn
      if (messageId === undefined) return
      const open = (signal: AbortSignal) => api.resume(messageId, undefined, signal)
      await follow(context, { threadKey, first: rewindTurn(turn), open, messageId })
    },
    async goOn(threadKey, turn) {
      const { messageId, lastEventId } = turn
      if (messageId === undefined) return
      const open = (signal: AbortSignal) => api.resume(messageId, lastEventId, signal)
      await follow(context, { threadKey, first: { ...turn, status: 'streaming' }, open, messageId })
    },
    stop(threadKey, turn) {
      putInThread(context, threadKey, { ...readTurn(context, threadKey, turn), status: 'stopped' })
      // Before the first frame the task has no name; the stop is sent with it.
      const ask = context.asked.get(turn.key)?.ask
      ask?.change({ ...ask.what, isStopped: true })
      if (turn.taskId !== undefined) sendWish(context, turn.key, turn.taskId)
    },
    leave(turns) {
      for (const turn of turns) controllers.get(turn.key)?.abort()
    },
  }
}

const readTurn = ({ state }: Context, threadKey: string, turn: ChatTurn): ChatTurn =>
  findThread(state.read(), threadKey)?.turns.find((known) => known.key === turn.key) ?? turn

const putInThread = ({ state }: Context, threadKey: string, turn: ChatTurn) =>
  state.update((now) => changeThread(now, threadKey, (thread) => putTurn(thread, turn)))

const sendWish = (context: Context, key: string, taskId: string): void => stopFollowed(context, key, () => context.api.stop('chat', taskId))

async function ask(context: Context, asking: Asking): Promise<void> {
  const { api, onConnection, pause, asked } = context
  const { threadKey, key, ask } = asking
  const turn = toTurn(key, ask.what)
  const isWanted = () => readTurn(context, threadKey, turn).status !== 'stopped'
  const open = (signal: AbortSignal) =>
    askUntilTaken({
      ask,
      open: (askId) => api.chat(toInput(ask.what), { askId, signal }),
      pause: (attempt) => pause(attempt, signal),
      onConnection,
      isWanted,
    })
  let settle = (): void => undefined
  const settled = new Promise<void>((resolve) => {
    settle = () => resolve(void asked.delete(key))
  })
  asked.set(key, { ...asking, settled, settle })
  await follow(context, { threadKey, first: turn, open, isNew: true }).finally(settle)
}

interface Following {
  readonly threadKey: string
  readonly first: ChatTurn
  readonly open: (signal: AbortSignal) => MessageStream
  readonly messageId?: string
  /** It is asked here and now: other tabs do not know of it. */
  readonly isNew?: boolean
}

/** The server ended without an end, or keeps no stream of this message any more: its history knows. */
const STREAM_IS_GONE: readonly string[] = ['stream_unfinished', 'not_found']

async function follow(context: Context, { threadKey, first, open, messageId, isNew = false }: Following): Promise<void> {
  const { api, state, openTurns, controllers, onConnection, onEnd, draw, pause } = context
  const controller = new AbortController()
  const { signal } = controller
  controllers.set(first.key, controller)
  const isFirst = findThread(state.read(), threadKey)?.conversationId === undefined
  putInThread(context, threadKey, first)
  const frames = followMessage({
    open: () => open(signal),
    resume: (id, lastEventId) => api.resume(id, lastEventId, signal),
    messageId,
    pause: (attempt) => pause(attempt, signal),
    onConnection,
  })
  try {
    const turn = await runTurn<ChatTurn>({
      turn: first,
      frames: announced({ ...context, onAsked: isNew ? context.onAsked : () => undefined }, threadKey, first, frames),
      apply: applyFrame,
      onChange(changed) {
        // It may have been rated between its last picture and the end of its stream.
        const { rating, hasReason } = readTurn(context, threadKey, changed)
        putInThread(context, threadKey, { ...changed, rating, hasReason })
      },
      read: () => readTurn(context, threadKey, first),
      draw,
    })
    const settled = STREAM_IS_GONE.includes(turn.error?.code ?? '') ? await readEnd(api, turn) : turn
    if (settled !== turn) putInThread(context, threadKey, settled)
    onEnd(threadKey, settled, isFirst)
  } catch (error) {
    // Left on purpose; everything else ends in the turn itself.
    if (!signal.aborted) throw error
  } finally {
    openTurns.remove(first.key)
    controllers.delete(first.key)
  }
}

/** Passes frames on; the first one tells which message this is, and a stop that was asked for before can be sent. */
async function* announced(context: Context, threadKey: string, first: ChatTurn, frames: MessageStream): MessageStream {
  const { openTurns } = context
  let isKnown = false
  for await (const frame of frames) {
    const { event } = frame
    if (!isKnown && 'conversation_id' in event) {
      isKnown = true
      openTurns.put(first.key, event.message_id)
      listConversation(context, threadKey, event.conversation_id, first)
      putInThread(context, threadKey, {
        ...readTurn(context, threadKey, first),
        conversationId: event.conversation_id,
        messageId: event.message_id,
        // At once, not with the next picture: a stop may come before it.
        ...('task_id' in event && { taskId: event.task_id }),
      })
      context.asked.get(first.key)?.settle()
      context.onAsked(event.conversation_id)
      const isStopped = readTurn(context, threadKey, first).status === 'stopped'
      if (isStopped && 'task_id' in event) sendWish(context, first.key, event.task_id)
    }
    yield frame
  }
}

/** A new conversation appears in the list, named by its question until a name is made for it; an old one moves up. */
function listConversation({ state }: Context, threadKey: string, id: string, turn: ChatTurn): void {
  state.update((now) => {
    const known = now.list.entries.find((entry) => entry.id === id)
    const inputs = findThread(now, threadKey)?.inputs ?? {}
    const fresh = { id, name: turn.query, isPinned: false, inputs, introduction: null }
    const listed = putEntry(now, { ...(known ?? fresh), updatedAt: Date.now() / 1000 })
    return changeThread(listed, threadKey, (thread) => ({ ...thread, conversationId: id }))
  })
}

/** What the history makes of a turn whose stream ended without an end. */
async function readEnd(api: WebAppApi, turn: ChatTurn): Promise<ChatTurn> {
  if (turn.conversationId === undefined) return turn
  const page = await api.listMessages(turn.conversationId).catch(() => undefined)
  const told = toChatTurns(page?.items ?? []).find((candidate) => candidate.messageId === turn.messageId)
  return told ? { ...told, key: turn.key, parentId: turn.parentId } : turn
}
