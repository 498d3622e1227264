import type { FileInput } from '@trellis/contracts'
import { isTurnOpen } from '../../features/chat/turn.ts'
import { askUntilTaken } from '../api/ask-until-taken.ts'
import { followMessage, type Pause } from '../api/follow-message.ts'
import { type Ask, createKeptAsks, type KeptAsks } from '../api/kept-asks.ts'
import { runTurn } from '../api/run-turn.ts'
import { stopFollowed } from '../api/send-stop.ts'
import type { MessageStream, Rating, SavedMessage, WebAppApi } from '../api/web-app-api.ts'
import { createObservable, type Observable } from '../observable.ts'
import type { KeyValueStore } from '../storage.ts'
import { applyFrame, rewindTurn } from '../streamed-turn.ts'
import { readResults, writeResults } from './kept-results.ts'
import { newTextTurn, sendText, type TextAsk } from './text-ask.ts'
import { addText, familyKey, type TextTurn } from './text-turn.ts'

export interface TextState {
  /** Newest first; further versions stand below the text that they are like. */
  readonly results: readonly TextTurn[]
  readonly saved: {
    readonly status: 'loading' | 'ready' | 'failed'
    readonly error: unknown
    readonly items: readonly SavedMessage[]
    readonly hasMore: boolean
  }
}

export interface TextStoreDependencies {
  readonly api: WebAppApi
  readonly code: string
  /** Results, and what was asked for, outlive a reload of the tab. */
  readonly tabStore: KeyValueStore
  readonly onConnection: (isConnected: boolean) => void
  readonly draw: (show: () => void) => void
  readonly pause: Pause
}

/** What a person can do on a text generator's page. Methods that return a promise throw ApiError; the others end in the state. */
export interface TextStore extends Pick<Observable<TextState>, 'read' | 'subscribe'> {
  /** Goes on with texts that were asked for or being written when the page was left, and brings the saved ones. */
  start(): Promise<void>
  loadSaved(): Promise<void>
  loadMoreSaved(): Promise<void>
  run(inputs: Record<string, unknown>, files?: readonly FileInput[]): void
  /** Writes a further version of a text. */
  runLike(turn: TextTurn): void
  stop(): void
  rate(turn: TextTurn, rating: Rating | null, reason?: string): Promise<void>
  save(turn: TextTurn): Promise<void>
  /** Saves again what was just removed. */
  keep(item: SavedMessage): Promise<void>
  forget(messageId: string): Promise<void>
}

interface Context extends TextStoreDependencies {
  readonly state: Observable<TextState>
  readonly asks: KeptAsks<TextAsk>
  /** Of the texts that have no first frame yet, by their keys. */
  readonly asked: Map<string, Ask<TextAsk>>
  readonly controllers: Map<string, AbortController>
}

export function createTextStore(dependencies: TextStoreDependencies): TextStore {
  const { api } = dependencies
  const saved = { status: 'loading', error: undefined, items: [], hasMore: false } as const
  const state = createObservable<TextState>({ results: readResults(dependencies), saved })
  const context: Context = { ...dependencies, state, asks: createKeptAsks(dependencies), asked: new Map(), controllers: new Map() }
  return {
    read: state.read,
    subscribe: state.subscribe,
    async start() {
      for (const turn of state.read().results) {
        const { messageId } = turn
        if (messageId !== undefined && isTurnOpen(turn) && !context.controllers.has(turn.key)) {
          void follow(context, rewindTurn(turn), (signal) => api.resume(messageId, undefined, signal))
        }
      }
      for (const ask of context.asks.takeUp()) void write(context, ask)
      await loadSaved(context)
    },
    loadSaved: () => loadSaved(context),
    async loadMoreSaved() {
      const page = await api.listSaved(state.read().saved.items.at(-1)?.id)
      changeSaved(state, (now) => ({ ...now, hasMore: page.hasMore, items: [...now.items, ...page.items] }))
    },
    run: (inputs, files = []) => void write(context, context.asks.begin({ inputs, files })),
    runLike(origin) {
      const { messageId, inputs, files } = origin
      if (messageId === undefined) return
      const like = { messageId, familyKey: familyKey(origin) }
      void write(context, context.asks.begin({ inputs, ...(files && { files }), like }))
    },
    stop: () => stop(context),
    rate: (turn, rating, reason) => rate(context, turn, { rating, reason }),
    async save(turn) {
      if (turn.messageId === undefined) return
      const { messageId: id, inputs, answer } = turn
      await keep(context, { id, inputs, answer, created_at: Math.floor(Date.now() / 1000) })
    },
    keep: (item) => keep(context, item),
    async forget(messageId) {
      await api.forgetSaved(messageId)
      changeSaved(state, (now) => ({ ...now, items: now.items.filter((item) => item.id !== messageId) }))
    },
  }
}

async function write(context: Context, ask: Ask<TextAsk>): Promise<void> {
  const { api, state, asked, pause, onConnection } = context
  const turn = newTextTurn(state.read().results, ask.what)
  const isWanted = () => readTurn(context, turn).status !== 'stopped'
  asked.set(turn.key, ask)
  await follow(context, turn, (signal) =>
    askUntilTaken({
      ask,
      open: (askId) => sendText(api, ask.what, { askId, signal }),
      pause: (attempt) => pause(attempt, signal),
      onConnection,
      isWanted,
    }),
  )
}

function changeSaved(state: Observable<TextState>, change: (saved: TextState['saved']) => TextState['saved']): void {
  state.update((now) => ({ ...now, saved: change(now.saved) }))
}

async function keep({ api, state }: Context, item: SavedMessage): Promise<void> {
  await api.save(item.id)
  changeSaved(state, (now) => ({ ...now, items: [item, ...now.items.filter((each) => each.id !== item.id)] }))
}

async function loadSaved({ api, state }: Context): Promise<void> {
  try {
    const { items, hasMore } = await api.listSaved()
    changeSaved(state, () => ({ status: 'ready', error: undefined, items, hasMore }))
  } catch (error) {
    changeSaved(state, (now) => ({ ...now, status: 'failed', error }))
  }
}

const readTurn = ({ state }: Context, turn: TextTurn): TextTurn => state.read().results.find((known) => known.key === turn.key) ?? turn

function putTurn(context: Context, turn: TextTurn): void {
  context.state.update((now) => {
    const isKnown = now.results.some((known) => known.key === turn.key)
    return { ...now, results: isKnown ? now.results.map((known) => (known.key === turn.key ? turn : known)) : addText(now.results, turn) }
  })
}

async function follow(context: Context, first: TextTurn, open: (signal: AbortSignal) => MessageStream): Promise<void> {
  const { api, controllers, onConnection, draw, pause } = context
  const controller = new AbortController()
  const { signal } = controller
  controllers.set(first.key, controller)
  putTurn(context, first)
  const frames = followMessage({
    open: () => open(signal),
    resume: (id, lastEventId) => api.resume(id, lastEventId, signal),
    messageId: first.messageId,
    pause: (attempt) => pause(attempt, signal),
    onConnection,
  })
  try {
    await runTurn<TextTurn>({
      turn: first,
      frames: announced(context, first, frames),
      apply: applyFrame,
      onChange(turn) {
        // It may have been rated between its last picture and the end of its stream.
        const { rating, hasReason = false } = readTurn(context, turn)
        putTurn(context, { ...turn, rating, hasReason })
        if (isTurnOpen(turn)) return
        context.asked.delete(first.key)
        keepResults(context)
      },
      read: () => readTurn(context, first),
      draw,
    })
  } catch (error) {
    // Left on purpose; everything else ends in the turn itself.
    if (!signal.aborted) throw error
  } finally {
    controllers.delete(first.key)
    context.asked.delete(first.key)
  }
}

/** Passes frames on; with the first one the text can be found again after a reload, and a stop that was asked for before is sent. */
async function* announced(context: Context, first: TextTurn, frames: MessageStream): MessageStream {
  let isKnown = false
  for await (const frame of frames) {
    const { event } = frame
    if (!isKnown) {
      isKnown = true
      context.asked.delete(first.key)
      const turn = readTurn(context, first)
      // At once, not with the next picture: a stop may come before it.
      putTurn(context, { ...turn, messageId: event.message_id, ...('task_id' in event && { taskId: event.task_id }) })
      keepResults(context)
      if (turn.status === 'stopped' && 'task_id' in event) sendWish(context, turn.key, event.task_id)
    }
    yield frame
  }
}

function stop(context: Context): void {
  const { state, asked } = context
  const turn = state.read().results.find(isTurnOpen)
  if (!turn) return
  putTurn(context, { ...turn, status: 'stopped' })
  const ask = asked.get(turn.key)
  ask?.change({ ...ask.what, isStopped: true })
  // Before the first frame the task has no name; the stop is sent with it.
  if (turn.taskId !== undefined) sendWish(context, turn.key, turn.taskId)
}

const sendWish = (context: Context, key: string, taskId: string): void =>
  stopFollowed(context, key, () => context.api.stop('completion', taskId))

interface Verdict {
  readonly rating: Rating | null
  readonly reason: string | undefined
}

async function rate(context: Context, turn: TextTurn, { rating, reason }: Verdict): Promise<void> {
  if (turn.messageId === undefined) return
  const set = (verdict: Pick<TextTurn, 'rating' | 'hasReason'>) => {
    putTurn(context, { ...readTurn(context, turn), ...verdict })
    keepResults(context)
  }
  set({ rating, hasReason: false })
  await context.api.rate(turn.messageId, rating, reason).catch((error: unknown) => {
    set({ rating: turn.rating, hasReason: turn.hasReason ?? false })
    throw error
  })
  // Until it has arrived the reason stands in its form.
  if (reason !== undefined) set({ rating, hasReason: true })
}

/** What was not taken yet is kept as an ask. */
function keepResults(context: Context): void {
  const { state, asked } = context
  writeResults(
    context,
    state.read().results.filter(({ key }) => !asked.has(key)),
  )
}
