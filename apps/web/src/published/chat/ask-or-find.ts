import { isConnectionLoss, type Pause } from '../api/follow-message.ts'
import { onceOnline } from '../api/once-online.ts'
import type { ChatInput, MessageStream, WebAppApi } from '../api/web-app-api.ts'
import type { Observable } from '../observable.ts'
import type { ChatState } from './chat-state.ts'

export interface AskingDependencies {
  readonly api: WebAppApi
  readonly state: Observable<ChatState>
  readonly onConnection: (isConnected: boolean) => void
  readonly pause: Pause
  /** Nobody has stopped the answer yet. */
  readonly isWanted: () => boolean
}

/**
 * Asks a question. Where the request is lost on its way, the server may have taken it all the same: as soon as somebody answers
 * again it is looked for, and only called failed where it is not there. Asked again it would stand there twice.
 */
export async function* askOrFind(dependencies: AskingDependencies, input: ChatInput, signal: AbortSignal): MessageStream {
  const { api, state, onConnection, pause, isWanted } = dependencies
  const known = knownIds(state.read())
  let hasBegun = false
  try {
    const open = () => api.chat(input, signal)
    for await (const frame of onceOnline({ open, pause: (attempt) => pause(attempt, signal), onConnection, isWanted })) {
      hasBegun = true
      yield frame
    }
  } catch (error) {
    if (hasBegun || !isConnectionLoss(error)) throw error
    onConnection(false)
    const messageId = await findTaken(dependencies, { input, known, signal })
    if (messageId === undefined) throw error
    yield* api.resume(messageId, undefined, signal)
  }
}

interface Known {
  readonly conversations: ReadonlySet<string>
  readonly messages: ReadonlySet<string | undefined>
}

function knownIds({ list, threads }: ChatState): Known {
  return {
    conversations: new Set([...list.entries.map(({ id }) => id), ...threads.flatMap(({ conversationId }) => conversationId ?? [])]),
    messages: new Set(threads.flatMap(({ turns }) => turns.map(({ messageId }) => messageId))),
  }
}

interface LostRequest {
  readonly input: ChatInput
  readonly known: Known
  readonly signal: AbortSignal
}

/** The message that a lost request became, if it did; one that was known before is not it. */
async function findTaken(
  { api, pause, onConnection }: AskingDependencies,
  { input, known, signal }: LostRequest,
): Promise<string | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    await pause(attempt, signal)
    try {
      const conversationId = input.conversationId ?? (await findNewConversation(api, known))
      const { items } = conversationId === undefined ? { items: [] } : await api.listMessages(conversationId)
      onConnection(true)
      return items.findLast((message) => message.query === input.query && !known.messages.has(message.id))?.id
    } catch (error) {
      if (!isConnectionLoss(error)) return undefined
    }
  }
}

async function findNewConversation(api: WebAppApi, known: Known): Promise<string | undefined> {
  const { items } = await api.listConversations({ isPinned: false, lastId: undefined })
  return items.find(({ id }) => !known.conversations.has(id))?.id
}
