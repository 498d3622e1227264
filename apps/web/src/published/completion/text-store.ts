import type { FileInput } from '@trellis/contracts'
import { isTurnOpen, newTurn } from '../../features/chat/turn.ts'
import { askUntilTaken } from '../api/ask-until-taken.ts'
import { followMessage, type Pause } from '../api/follow-message.ts'
import { runTurn } from '../api/run-turn.ts'
import { sendStop } from '../api/send-stop.ts'
import type { MessageStream, Rating, SavedMessage, Sending, WebAppApi } from '../api/web-app-api.ts'
import { createObservable, type Observable } from '../observable.ts'
import type { KeyValueStore } from '../storage.ts'
import { applyFrame, rewindTurn, type StreamedTurn } from '../streamed-turn.ts'

/** One generated text of this session. */
export interface TextTurn extends StreamedTurn {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly rating: Rating | null
  /** What went with the inputs. */
  readonly files?: readonly FileInput[]
  /** Key of the text that this one is a further version of. */
  readonly likeKey?: string
}

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
  /** Results outlive a reload of the tab. */
  readonly tabStore: KeyValueStore
  readonly onConnection: (isConnected: boolean) => void
  readonly draw: (show: () => void) => void
  readonly pause: Pause
}

/** What a person can do on a text generator's page. Methods that return a promise throw ApiError; the others end in the state. */
export interface TextStore extends Pick<Observable<TextState>, 'read' | 'subscribe'> {
  /** Goes on with texts that were being written when the page was left, and brings the saved ones. */
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
  readonly controllers: Map<string, AbortController>
}

const MAX_RESULTS = 20

export function createTextStore(dependencies: TextStoreDependencies): TextStore {
  const { api } = dependencies
  const saved = { status: 'loading', error: undefined, items: [], hasMore: false } as const
  const state = createObservable<TextState>({ results: readResults(dependencies), saved })
  const context: Context = { ...dependencies, state, controllers: new Map() }
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
      await loadSaved(context)
    },
    loadSaved: () => loadSaved(context),
    async loadMoreSaved() {
      const page = await api.listSaved(state.read().saved.items.at(-1)?.id)
      changeSaved(state, (now) => ({ ...now, hasMore: page.hasMore, items: [...now.items, ...page.items] }))
    },
    run(inputs, files = []) {
      const turn: TextTurn = { ...newTurn(newKey(state.read()), ''), inputs, files, answerFiles: [], rating: null }
      void write(context, turn, (sending) => api.complete({ inputs: { ...inputs }, files: [...files] }, sending))
    },
    runLike(origin) {
      const { messageId, inputs, files } = origin
      if (messageId === undefined) return
      const key = newKey(state.read())
      const turn: TextTurn = {
        ...newTurn(key, ''),
        inputs,
        ...(files && { files }),
        answerFiles: [],
        rating: null,
        likeKey: familyKey(origin),
      }
      void write(context, turn, (sending) => api.completeLike(messageId, sending))
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

async function write(context: Context, turn: TextTurn, send: (sending: Sending) => MessageStream): Promise<void> {
  const { pause, onConnection } = context
  const isWanted = () => readTurn(context, turn).status !== 'stopped'
  await follow(context, turn, (signal) =>
    askUntilTaken({ open: (askId) => send({ askId, signal }), pause: (attempt) => pause(attempt, signal), onConnection, isWanted }),
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
    return { ...now, results: isKnown ? now.results.map((known) => (known.key === turn.key ? turn : known)) : addTurn(now.results, turn) }
  })
}

/** The key that a text and its further versions share. */
export const familyKey = ({ key, likeKey }: TextTurn): string => likeKey ?? key

/** On top, or below the last of its family; where there are too many, the lowest one of another family makes room. */
function addTurn(results: readonly TextTurn[], turn: TextTurn): readonly TextTurn[] {
  const family = familyKey(turn)
  const place = results.findLastIndex((known) => familyKey(known) === family) + 1
  const all = results.toSpliced(place, 0, turn)
  if (all.length <= MAX_RESULTS) return all
  const stranger = all.findLastIndex((known) => familyKey(known) !== family)
  return all.toSpliced(stranger === -1 ? all.indexOf(turn) - 1 : stranger, 1)
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
        putTurn(context, turn)
        if (!isTurnOpen(turn)) writeResults(context)
      },
      read: () => readTurn(context, first),
      draw,
    })
  } catch (error) {
    // Left on purpose; everything else ends in the turn itself.
    if (!signal.aborted) throw error
  } finally {
    controllers.delete(first.key)
  }
}

/** Passes frames on; with the first one the text can be found again after a reload, and a stop that was asked for before is sent. */
async function* announced(context: Context, first: TextTurn, frames: MessageStream): MessageStream {
  let isKnown = false
  for await (const frame of frames) {
    const { event } = frame
    if (!isKnown) {
      isKnown = true
      const turn = readTurn(context, first)
      putTurn(context, { ...turn, messageId: event.message_id })
      writeResults(context)
      if (turn.status === 'stopped' && 'task_id' in event) void context.api.stop('completion', event.task_id).catch(() => undefined)
    }
    yield frame
  }
}

function stop(context: Context): void {
  const { api, state, controllers } = context
  const turn = state.read().results.find(isTurnOpen)
  if (!turn) return
  putTurn(context, { ...turn, status: 'stopped' })
  const { taskId } = turn
  const controller = controllers.get(turn.key)
  if (taskId === undefined || !controller) return
  const isOpen = () => controllers.get(turn.key) === controller
  const pause = (attempt: number) => context.pause(attempt, controller.signal)
  void sendStop({ stop: () => api.stop('completion', taskId), isOpen, pause }).catch(() => controller.abort())
}

interface Verdict {
  readonly rating: Rating | null
  readonly reason: string | undefined
}

async function rate(context: Context, turn: TextTurn, { rating, reason }: Verdict): Promise<void> {
  if (turn.messageId === undefined) return
  putTurn(context, { ...readTurn(context, turn), rating })
  await context.api.rate(turn.messageId, rating, reason).catch((error: unknown) => {
    putTurn(context, { ...readTurn(context, turn), rating: turn.rating })
    throw error
  })
}

const storageKey = (code: string) => `trellis.results.${code}`

function newKey({ results }: TextState): string {
  return String(1 + Math.max(0, ...results.map((turn) => Number(turn.key))))
}

function readResults({ code, tabStore }: Pick<TextStoreDependencies, 'code' | 'tabStore'>): readonly TextTurn[] {
  try {
    // Written by this page alone; a broken text means none. What never reached the server cannot be gone on with.
    const results = JSON.parse(tabStore.read(storageKey(code)) ?? '[]') as readonly TextTurn[]
    return results.filter((turn) => turn.messageId !== undefined || !isTurnOpen(turn))
  } catch {
    return []
  }
}

function writeResults({ code, tabStore, state }: Context): void {
  tabStore.write(storageKey(code), JSON.stringify(state.read().results))
}
