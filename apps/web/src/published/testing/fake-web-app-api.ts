import { ApiError } from '@trellis/client'
import type { Conversation, SimpleChatEvent, WebMessage } from '@trellis/contracts'
import type { ChatInput, MessageFrame, MessageStream, SavedMessage, Sending, WebAppApi } from '../api/web-app-api.ts'

export const refusal = (code: string, status = 400) => new ApiError({ code, status, message: '' })

/** One answer of the fake server, written by the test as it goes. */
export interface FakeAnswer {
  readonly messageId: string
  readonly conversationId: string
  readonly input: ChatInput
  say(text: string): void
  replace(text: string): void
  end(): void
  fail(code: string): void
  /** Breaks the connections of its readers; the answer itself goes on. */
  cut(): void
  readonly stopped: boolean
}

export interface FakeWebApp {
  readonly api: WebAppApi
  /** Resolves with the next question that the server takes. */
  nextAnswer(): Promise<FakeAnswer>
  /** The next question is refused, or lost on its way (`network_unreachable`). */
  refuseNext(error: Error): void
  /** Nothing that is asked for arrives any more, and nobody is told, until `find`; what was asked by then stays lost. */
  loseAll(): void
  find(): void
  /** The next wish to stop is lost on its way. */
  loseNextStop(): void
  readonly conversations: Map<string, Conversation>
  readonly messages: WebMessage[]
  readonly calls: string[]
  suggestions: string[]
  /** What is whole is kept as history alone. */
  forgetStreams(): void
}

interface Journal {
  readonly frames: MessageFrame[]
  readonly readers: Set<{ wake: () => void; error: Error | undefined }>
  isEnded: boolean
}

/** A server of published apps in memory: conversations, messages and resumable streams, behind the pages' own port. */
export function createFakeWebApp(): FakeWebApp {
  const journals = new Map<string, Journal>()
  const conversations = new Map<string, Conversation>()
  const messages: WebMessage[] = []
  const calls: string[] = []
  const waiting: ((answer: FakeAnswer) => void)[] = []
  const taken: FakeAnswer[] = []
  const stoppedTasks = new Set<string>()
  /** What was asked for, by the name that the page gave to it. */
  const asks = new Map<string, string>()
  let refused: Error | undefined
  let isLost = false
  let isStopLost = false
  let count = 0

  function take(input: ChatInput): FakeAnswer {
    count += 1
    const messageId = `m${count}`
    const conversationId = input.conversationId ?? `c${count}`
    if (!conversations.has(conversationId)) conversations.set(conversationId, aConversation(conversationId, count, input))
    const message = aMessage(messageId, conversationId, input)
    messages.push(message)
    const journal: Journal = { frames: [], readers: new Set(), isEnded: false }
    journals.set(messageId, journal)
    const ids = { conversation_id: conversationId, message_id: messageId, task_id: `t${count}`, created_at: count }
    const write = (event: SimpleChatEvent, isEnd = false) => {
      journal.frames.push({ id: `1-${journal.frames.length}`, event })
      if (isEnd) journal.isEnded = true
      for (const reader of journal.readers) reader.wake()
    }
    const answer: FakeAnswer = {
      messageId,
      conversationId,
      input,
      say(text) {
        write({ event: 'message', id: messageId, ...ids, answer: text, from_variable_selector: null })
      },
      replace: (text) => write({ event: 'message_replace', ...ids, answer: text, reason: '' }),
      end() {
        message.answer = textOf(journal.frames)
        write({ event: 'message_end', id: messageId, ...ids, files: null, metadata: { retriever_resources: [], reasoning: {} } }, true)
      },
      fail(code) {
        Object.assign(message, { answer: textOf(journal.frames), status: 'error', error: code })
        const { task_id: _, ...rest } = ids
        write({ event: 'error', ...rest, code, message: code, status: 400 }, true)
      },
      cut() {
        for (const reader of journal.readers) {
          reader.error = new TypeError('network error')
          reader.wake()
        }
      },
      get stopped() {
        return stoppedTasks.has(ids.task_id)
      },
    }
    const next = waiting.shift()
    if (next) next(answer)
    else taken.push(answer)
    return answer
  }

  async function* takeOnce(input: ChatInput, { askId, signal }: Sending): MessageStream {
    if (isLost) await new Promise<never>(() => undefined)
    const messageId = asks.get(askId) ?? take(input).messageId
    asks.set(askId, messageId)
    yield* read(messageId, 0, signal)
  }

  async function* read(messageId: string, from: number, signal: AbortSignal): MessageStream {
    const journal = journals.get(messageId)
    if (!journal) throw refusal('not_found', 404)
    let wake = () => {}
    const reader = { wake: () => wake(), error: undefined as Error | undefined }
    journal.readers.add(reader)
    const onAbort = () => wake()
    signal.addEventListener('abort', onAbort)
    try {
      for (let position = from; ; ) {
        const frame = journal.frames[position]
        if (signal.aborted) throw signal.reason
        if (reader.error) throw reader.error
        if (frame) {
          yield frame
          position += 1
        } else if (journal.isEnded) return
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    } finally {
      journal.readers.delete(reader)
      signal.removeEventListener('abort', onAbort)
    }
  }

  const called = (name: string) => void calls.push(name)
  const api: WebAppApi = {
    getSite: () => Promise.reject(refusal('not_found', 404)),
    getParameters: () => Promise.reject(refusal('not_found', 404)),
    renewPassport: () => false,
    visitor: () => 'visitor',
    transcribe: () => Promise.reject(refusal('invalid_param')),
    speak: () => Promise.reject(refusal('invalid_param')),
    async *chat(input, sending) {
      const error = refused
      refused = undefined
      if (error) throw error
      yield* takeOnce(input, sending)
    },
    async *complete(input, sending) {
      yield* takeOnce({ ...input, query: '', conversationId: undefined, parentMessageId: undefined }, sending)
    },
    async *completeLike(messageId, sending) {
      called(`like ${messageId}`)
      const { inputs } = found(messages.find(({ id }) => id === messageId))
      const input = { inputs, files: [], query: '', conversationId: undefined, parentMessageId: undefined }
      yield* takeOnce(input, sending)
    },
    async *resume(messageId, lastEventId, signal) {
      called(`resume ${messageId} ${lastEventId ?? 'from the beginning'}`)
      yield* read(messageId, lastEventId === undefined ? 0 : Number(lastEventId.split('-')[1]) + 1, signal)
    },
    async stop(_, taskId) {
      const isLost = isStopLost
      isStopLost = false
      if (isLost) throw refusal('network_unreachable', 0)
      stoppedTasks.add(taskId)
    },
    // Its apps are no workflows.
    // biome-ignore lint/correctness/useYield: it refuses before its first frame
    async *runWorkflow() {
      throw refusal('not_workflow_app', 400)
    },
    stopWorkflow: async (taskId) => void stoppedTasks.add(taskId),
    listConversations: async ({ isPinned }) => ({ items: isPinned ? [] : [...conversations.values()].reverse(), hasMore: false }),
    renameConversation: async (id, name) => ({ ...found(conversations.get(id)), name }),
    nameConversation: async (id) => ({ ...found(conversations.get(id)), name: `named ${id}` }),
    setPinned: async (id) => void found(conversations.get(id)),
    deleteConversation: async (id) => void conversations.delete(id),
    listMessages: async (conversationId) => {
      const { id } = found(conversations.get(conversationId))
      return { items: messages.filter((message) => message.conversation_id === id), hasMore: false }
    },
    rate: async (id, rating, reason) => called(`rate ${id} ${rating}${reason === undefined ? '' : ` because ${reason}`}`),
    suggestQuestions: async () => app.suggestions,
    listSaved: async () => ({ items: [] as SavedMessage[], hasMore: false }),
    save: async (id) => called(`save ${id}`),
    forgetSaved: async (id) => called(`forget ${id}`),
    upload: () => Promise.reject(refusal('unsupported_file_type', 415)),
    followWorkflow: () => Promise.reject(refusal('not_workflow_app')) as never,
    answerForm: () => Promise.reject(refusal('not_found', 404)),
    describeFile: () => Promise.reject(refusal('remote_file_upload_error')),
  }
  const app: FakeWebApp = {
    api,
    conversations,
    messages,
    calls,
    suggestions: [],
    forgetStreams: () => journals.clear(),
    nextAnswer: () => {
      const answer = taken.shift()
      return answer ? Promise.resolve(answer) : new Promise((resolve) => waiting.push(resolve))
    },
    refuseNext(error) {
      refused = error
    },
    loseAll() {
      isLost = true
    },
    find() {
      isLost = false
    },
    loseNextStop() {
      isStopLost = true
    },
  }
  return app
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw refusal('not_found', 404)
  return value
}

function textOf(frames: readonly MessageFrame[]): string {
  return frames.reduce((text, { event }) => {
    if (event.event === 'message') return text + event.answer
    return event.event === 'message_replace' ? event.answer : text
  }, '')
}

function aConversation(id: string, at: number, { query, inputs }: ChatInput): Conversation {
  return { id, name: query, inputs, status: 'normal', introduction: null, created_at: at, updated_at: at }
}

function aMessage(id: string, conversationId: string, { query, inputs, parentMessageId }: ChatInput): WebMessage {
  return {
    id,
    conversation_id: conversationId,
    parent_message_id: parentMessageId ?? null,
    inputs,
    query,
    answer: '',
    feedback: null,
    retriever_resources: [],
    created_at: 1,
    agent_thoughts: [],
    message_files: [],
    status: 'normal',
    error: null,
    extra_contents: [],
    is_stopped: false,
    is_annotation: false,
    has_rating_reason: false,
    metadata: null,
  }
}
