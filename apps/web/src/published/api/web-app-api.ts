import { type Client, createClient, type StreamFrame } from '@trellis/client'
import type {
  AppParameters,
  Conversation,
  FileInput,
  ResponseOf,
  SimpleMessageEvent,
  UploadedFile,
  WebMessage,
  WebSite,
  WorkflowEvent,
  webRoutes,
} from '@trellis/contracts'
import type { SpeechPort } from '../../api/audio-api.ts'
import type { UploadOptions } from '../../api/files-api.ts'
import { sendFile } from '../../api/send-file.ts'
import type { ChatflowEvent } from '../../api/types/conversations.ts'
import { basePath } from '../../base-path.ts'

import { createFormApi, type FormAnswer } from '../form/form-api.ts'
import type { RunPlace } from './follow-run.ts'
import { createPassportSource, type PassportSource } from './passport-source.ts'
import { routes } from './routes.ts'

/** One frame of a message's stream; `id` names it for a later continuation. */
export type MessageFrame = StreamFrame<SimpleMessageEvent | ChatflowEvent>
/** One frame of a run's stream. */
export type RunFrame = StreamFrame<WorkflowEvent>
type RunStream = AsyncGenerator<RunFrame, void, undefined>
export type MessageStream = AsyncGenerator<MessageFrame, void, undefined>

type RemoteFileInfo = ResponseOf<(typeof webRoutes)['getWebRemoteFileInfo']>

export type Rating = 'like' | 'dislike'

export interface RunInput {
  readonly inputs: Record<string, unknown>
  readonly files: FileInput[]
}
export interface ChatInput extends RunInput {
  readonly query: string
  readonly conversationId: string | undefined
  readonly parentMessageId: string | undefined
}

/** One try to have something begun. */
export interface Sending {
  /** The name of what is asked for: the server begins it once, however often it is sent. */
  readonly askId: string
  readonly signal: AbortSignal
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly hasMore: boolean
}

export interface SavedMessage {
  readonly id: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly answer: string
  readonly created_at: number
}

/** Everything that a published page asks its server. Each call throws ApiError. */
export interface WebAppApi extends SpeechPort {
  getSite(): Promise<WebSite>
  getParameters(): Promise<AppParameters>
  /** Lets go of a passport that is not taken any more: the next call asks for a new one. False where that would change nothing. */
  renewPassport(): boolean
  /** Who asks; undefined until the first call was answered. */
  visitor(): string | undefined
  chat(input: ChatInput, sending: Sending): MessageStream
  complete(input: RunInput, sending: Sending): MessageStream
  /** Another text of what a message was made of. */
  completeLike(messageId: string, sending: Sending): MessageStream
  /** A message's stream from its beginning, or from the frame after `lastEventId`. */
  resume(messageId: string, lastEventId: string | undefined, signal: AbortSignal): MessageStream
  stop(kind: 'chat' | 'completion', taskId: string): Promise<void>
  runWorkflow(inputs: Record<string, unknown>, sending: Sending): RunStream
  stopWorkflow(taskId: string): Promise<void>
  /** Goes on with a run, behind its pauses too: after a frame, or from now on where none is named; one that is over tells its end. */
  followWorkflow(place: RunPlace, signal: AbortSignal): RunStream
  answerForm(token: string, answer: FormAnswer): Promise<void>
  listConversations(query: { readonly isPinned: boolean; readonly lastId: string | undefined }): Promise<Page<Conversation>>
  renameConversation(id: string, name: string): Promise<Conversation>
  nameConversation(id: string): Promise<Conversation>
  setPinned(id: string, isPinned: boolean): Promise<void>
  deleteConversation(id: string): Promise<void>
  /** Oldest first; `beforeId` goes back in time. */
  listMessages(conversationId: string, beforeId?: string): Promise<Page<WebMessage>>
  /** A further rating replaces the one before, reason and all. */
  rate(messageId: string, rating: Rating | null, reason?: string): Promise<void>
  suggestQuestions(messageId: string): Promise<readonly string[]>
  listSaved(lastId?: string): Promise<Page<SavedMessage>>
  save(messageId: string): Promise<void>
  forgetSaved(messageId: string): Promise<void>
  upload(file: File, options: UploadOptions): Promise<UploadedFile>
  describeFile(url: string, signal: AbortSignal): Promise<RemoteFileInfo>
}

export interface WebAppApiDependencies {
  readonly code: string
  /** The session that was passed in; this browser's own where absent. */
  readonly userId?: string | undefined
  readonly fetch: typeof fetch
  readonly store: { read(key: string): string | undefined; write(key: string, value: string | undefined): void }
}

const PAGE_SIZE = 50
/** Streams have a ping every ten seconds. */
const SILENCE_MS = 21_000
/** Of what the server answers at once: where nothing comes, the connection is dead, and nobody has said so. */
const answerMs = 10_000

export function createWebAppApi({ code, userId, fetch, store }: WebAppApiDependencies): WebAppApi {
  const open = createClient({ baseUrl: basePath(), fetch, headers: () => ({ 'x-app-code': code }), credentials: 'same-origin' })
  const passport = createPassportSource({
    key: `trellis.passport.${code}${userId === undefined ? '' : `.${userId}`}`,
    store,
    issue: async () => (await open.call(routes.getPassport, { query: { user_id: userId } })).access_token,
  })
  const headers = async () => ({ 'x-app-code': code, 'x-app-passport': await passport.get() })
  const client = createClient({ baseUrl: basePath(), fetch, credentials: 'same-origin', headers, silenceMs: SILENCE_MS })
  return {
    ...appCalls(client, passport),
    ...runCalls(client),
    ...workflowCalls(client),
    ...conversationCalls(client),
    ...messageCalls(client),
    ...fileCalls(client, headers),
    ...speechCalls(client),
  }
}

function appCalls(client: Client, passport: PassportSource) {
  return {
    getSite: () => client.call(routes.getWebSite, { answerMs }),
    getParameters: () => client.call(routes.getWebParameters),
    renewPassport: passport.renew,
    visitor: passport.visitor,
  }
}

/** Where the head of the answer does not come, the question is asked again: by its name it is the same one. */
const sent = ({ askId, signal }: Sending) => ({ headers: { 'x-ask-id': askId }, signal, answerMs: SILENCE_MS })

function runCalls(client: Client) {
  return {
    chat: ({ query, inputs, files, conversationId, parentMessageId }: ChatInput, sending: Sending): MessageStream =>
      client.stream(routes.sendWebChatMessage, {
        body: {
          query,
          inputs,
          files,
          response_mode: 'streaming',
          conversation_id: conversationId ?? null,
          parent_message_id: parentMessageId ?? null,
        },
        ...sent(sending),
      }),
    complete: ({ inputs, files }: RunInput, sending: Sending): MessageStream =>
      client.stream(routes.sendWebCompletionMessage, { body: { inputs, files, response_mode: 'streaming' }, ...sent(sending) }),
    completeLike: (messageId: string, sending: Sending): MessageStream =>
      client.stream(routes.generateMoreLikeThis, {
        params: { message_id: messageId },
        query: { response_mode: 'streaming' },
        ...sent(sending),
      }),
    resume: (messageId: string, lastEventId: string | undefined, signal: AbortSignal): MessageStream =>
      client.stream(routes.resumeWebMessageEvents, {
        params: { message_id: messageId },
        ...(lastEventId === undefined ? {} : { lastEventId }),
        signal,
        answerMs,
      }),
    stop: async (kind: 'chat' | 'completion', taskId: string) => {
      await client.call(kind === 'chat' ? routes.stopWebChatMessage : routes.stopWebCompletionMessage, { params: { task_id: taskId } })
    },
  }
}

function fileCalls(client: Client, headers: () => Promise<Record<string, string>>) {
  return {
    upload: async (file: File, options: UploadOptions) => {
      // Our own server's answer, in the shape of its contract.
      return (await sendFile({
        url: `${basePath()}/api${routes.uploadWebFile.path}`,
        headers: await headers(),
        file,
        ...options,
      })) as UploadedFile
    },
    describeFile: (url: string, signal: AbortSignal) => client.call(routes.getWebRemoteFileInfo, { params: { url }, signal }),
  }
}

function speechCalls(client: Client): SpeechPort {
  return {
    async transcribe(recording, signal) {
      const body = new FormData()
      body.set('file', recording)
      return (await client.call(routes.transcribeWebAudio, { body, signal })).text
    },
    speak: ({ messageId: message_id, text }, signal) => client.request(routes.speakWebText, { body: { message_id, text }, signal }),
  }
}

function workflowCalls(client: Client) {
  return {
    runWorkflow: (inputs: Record<string, unknown>, sending: Sending): RunStream =>
      client.stream(routes.runWebWorkflow, { body: { inputs }, ...sent(sending) }),
    followWorkflow: ({ runId, lastEventId }: RunPlace, signal: AbortSignal): RunStream =>
      client.stream(routes.resumeWebWorkflowEvents, {
        params: { run_id: runId },
        query: { continue_on_pause: true },
        ...(lastEventId === undefined ? {} : { lastEventId }),
        signal,
        answerMs,
      }),
    // Whoever has a form's token may answer it.
    answerForm: (token: string, answer: FormAnswer) => createFormApi(token).answer(answer),
    stopWorkflow: async (taskId: string) => {
      await client.call(routes.stopWebWorkflow, { params: { task_id: taskId } })
    },
  }
}

function conversationCalls(client: Client) {
  const of = (id: string) => ({ params: { conversation_id: id } })
  return {
    listConversations: async ({ isPinned, lastId }: { readonly isPinned: boolean; readonly lastId: string | undefined }) =>
      toPage(await client.call(routes.listWebConversations, { query: { pinned: isPinned, limit: PAGE_SIZE, last_id: lastId }, answerMs })),
    renameConversation: (id: string, name: string) => client.call(routes.renameWebConversation, { ...of(id), body: { name } }),
    nameConversation: (id: string) => client.call(routes.renameWebConversation, { ...of(id), body: { auto_generate: true } }),
    setPinned: async (id: string, isPinned: boolean) => {
      await client.call(isPinned ? routes.pinConversation : routes.unpinConversation, of(id))
    },
    deleteConversation: async (id: string) => {
      await client.call(routes.deleteWebConversation, of(id))
    },
  }
}

function messageCalls(client: Client) {
  const of = (id: string) => ({ params: { message_id: id } })
  return {
    listMessages: async (conversationId: string, beforeId?: string) =>
      toPage(
        await client.call(routes.listWebMessages, {
          query: { conversation_id: conversationId, first_id: beforeId, limit: PAGE_SIZE },
          answerMs,
        }),
      ),
    rate: async (messageId: string, rating: Rating | null, reason?: string) => {
      await client.call(routes.rateWebMessage, { ...of(messageId), body: { rating, ...(reason && { content: reason }) } })
    },
    suggestQuestions: async (messageId: string) => (await client.call(routes.listWebSuggestedQuestions, of(messageId))).data,
    listSaved: async (lastId?: string) =>
      toPage(await client.call(routes.listSavedMessages, { query: { last_id: lastId, limit: PAGE_SIZE } })),
    save: async (messageId: string) => {
      await client.call(routes.saveMessage, { body: { message_id: messageId } })
    },
    forgetSaved: async (messageId: string) => {
      await client.call(routes.forgetSavedMessage, of(messageId))
    },
  }
}

function toPage<Item>({ data, has_more }: { readonly data: readonly Item[]; readonly has_more: boolean }): Page<Item> {
  return { items: data, hasMore: has_more }
}
