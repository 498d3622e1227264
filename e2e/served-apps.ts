import { type App, type Console, PROVIDER, setUp } from './console.ts'
import { type BuiltServer, startServer } from './server.ts'
import { asking, failing, greeting } from './workflow-graphs.ts'

/** A server with one app for each thing that a client can meet. */
export interface ServedApps {
  readonly server: BuiltServer
  readonly console: Console
  /** What an official client takes as its base address. */
  readonly baseUrl: string
  /** Answers `ANSWER`; has a form, an opening statement, files and suggested questions; hears and speaks. */
  readonly chat: App
  readonly completion: App
  /** Answers for minutes. */
  readonly slow: App
  /** Its provider refuses the key. */
  readonly refused: App
  /** Its provider dies after three words. */
  readonly broken: App
  readonly workflows: {
    /** Greets `name`. */
    readonly greeting: App
    /** Ends as failed. */
    readonly failing: App
    /** Runs for minutes. */
    readonly slow: App
  }
}

/** Also what the model answers when it is asked for follow-up questions: JSON, so that they can be read. */
export const ANSWER = '["Which one?", "And then?", "Why so?"]'

const features = {
  opening_statement: 'Welcome, {{name}}.',
  suggested_questions: ['What can you do?'],
  suggested_questions_after_answer: { enabled: true },
  user_input_form: [
    { 'text-input': { label: 'Name', variable: 'name', required: false, max_length: 48 } },
    { select: { label: 'Tone', variable: 'tone', required: false, options: ['short', 'long'] } },
  ],
  speech_to_text: { enabled: true },
  text_to_speech: { enabled: true, voice: 'alloy', language: 'en-US' },
  file_upload: {
    enabled: true,
    allowed_file_types: ['image'],
    allowed_file_upload_methods: ['local_file', 'remote_url'],
    number_limits: 3,
    image: { enabled: true, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] },
  },
}

export async function serveApps(env: Readonly<Record<string, string>> = {}): Promise<ServedApps> {
  const server = await startServer({ env })
  try {
    const console = await setUp(server)
    for (const model of ['answering', 'slow', 'refused', 'broken']) await console.addModel(model)
    await console.addModel('hearing', 'speech2text')
    await console.addModel('speaking', 'tts')
    // Only now: credentials are checked by asking the model.
    server.provider.behave('answering', { text: ANSWER })
    server.provider.behave('hearing', { text: 'What was said' })
    server.provider.behave('slow', { tokens: 5_000, rate: 20 })
    server.provider.behave('refused', { fault: 'unauthorized' })
    server.provider.behave('broken', { fault: 'error-midstream', after: 3 })
    const pre_prompt = 'Be friendly to {{name}}.'
    return {
      server,
      console,
      baseUrl: `${server.url}/v1`,
      chat: await console.createApp({ name: 'Chat', mode: 'chat', model: 'answering', config: { ...features, pre_prompt } }),
      completion: await console.createApp({
        name: 'Completion',
        mode: 'completion',
        model: 'answering',
        config: { file_upload: features.file_upload, pre_prompt: 'Rhyme on {{query}}.', user_input_form: [queryField] },
      }),
      slow: await console.createApp({ name: 'Slow', mode: 'chat', model: 'slow' }),
      refused: await console.createApp({ name: 'Refused', mode: 'chat', model: 'refused' }),
      broken: await console.createApp({ name: 'Broken', mode: 'chat', model: 'broken' }),
      workflows: {
        greeting: await console.createWorkflow('Greeting', greeting),
        failing: await console.createWorkflow('Failing', failing),
        slow: await console.createWorkflow('Slow workflow', asking({ provider: PROVIDER, name: 'slow' })),
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

const queryField = { paragraph: { label: 'Query', variable: 'query', required: true, default: '' } }

/** The smallest PNG: one transparent pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
