import { type FakeBehaviour, type FakeOpenai, startFakeOpenai } from '../../../../tools/fake-openai/index.ts'
import { type ConsoleSession, type Frame, parseFrames, type TestApp, type TestServer } from './test-server.ts'

const PROVIDER = 'langgenius/openai_api_compatible/openai_api_compatible'

/** A chat app on a provider that does what it is told, as one end user uses it. */
export interface FaultyChat {
  readonly app: TestApp
  /** How the provider answers from now on. */
  behave(behaviour: Partial<FakeBehaviour>): void
  readonly provider: FakeOpenai
  /** A turn as a stream, read to its end. */
  stream(conversationId?: string): Promise<readonly Frame[]>
  /** A turn as a stream whose reading is the caller's. */
  open(conversationId?: string): Promise<OpenStream>
  ask(conversationId?: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>
  messages(conversationId: string): Promise<readonly StoredMessage[]>
}

export interface OpenStream {
  /** Reads until so many frames are there, or the end. */
  read(count?: number): Promise<readonly Frame[]>
  leave(): Promise<void>
}

export interface StoredMessage {
  readonly id: string
  readonly answer: string
  readonly status: string
  readonly error: string | null
}

export const USER = 'ann'
let modelCount = 0

/** `endpoint` is where the model is said to be, where that is not the fake provider. */
export async function createFaultyChat(
  server: TestServer,
  session: ConsoleSession,
  { endpoint, config = {} }: { readonly endpoint?: string; readonly config?: object } = {},
): Promise<FaultyChat> {
  const provider = await startFakeOpenai()
  modelCount += 1
  const model = `fake-${modelCount}`
  const added = await session.send('POST', `/workspaces/current/model-providers/${PROVIDER}/models/credentials`, {
    model,
    model_type: 'llm',
    credentials: { api_key: 'sk-secret-0123456789', endpoint_url: endpoint ?? provider.url, mode: 'chat', context_size: '8192' },
  })
  if (added.status !== 201 && endpoint === undefined) throw new TypeError(`The model was refused: ${JSON.stringify(added.body)}`)
  const app = await server.createApp(session, {
    mode: 'chat',
    config: { model: { provider: PROVIDER, name: model, mode: 'chat', completion_params: {} }, ...config },
  })
  const bodyOf = (response_mode: string, conversation_id = ''): object => ({
    inputs: {},
    query: 'Hello',
    user: USER,
    response_mode,
    conversation_id,
    // A name would be asked of the provider as well.
    auto_generate_name: false,
  })
  const open = async (conversationId?: string): Promise<OpenStream> =>
    readStream(await app.fetch('POST', '/chat-messages', bodyOf('streaming', conversationId)))
  return {
    app,
    provider,
    behave: (behaviour) => provider.setDefaults(behaviour),
    open,
    stream: async (conversationId) => (await open(conversationId)).read(),
    ask: (conversationId) => app.send('POST', '/chat-messages', bodyOf('blocking', conversationId)),
    async messages(conversationId) {
      const { body } = await app.send('GET', `/messages?conversation_id=${conversationId}&user=${USER}&limit=100`)
      return body.data
    },
  }
}

export function readStream(response: Response): OpenStream {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async read(count = Number.POSITIVE_INFINITY) {
      while (parseFrames(text.slice(0, text.lastIndexOf('\n\n') + 2)).length < count) {
        const part = await reader?.read()
        if (!part || part.done) break
        text += part.value
      }
      return parseFrames(text.slice(0, text.lastIndexOf('\n\n') + 2))
    },
    leave: async () => reader?.cancel(),
  }
}

export const answerOf = (frames: readonly Frame[]): string =>
  frames.reduce((text, { data }) => {
    if (data.event === 'message_replace') return data.answer
    return data.event === 'message' ? text + data.answer : text
  }, '')
