import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExtensionReply, type FakeExtension, startFakeExtension } from '../../../../../tools/fake-extension/index.ts'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { type ConsoleSession, readFrames, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'
import { conversing } from '../../testing/workflows/approval.ts'
import { createWorkflowApp, graphOf } from '../../testing/workflows/workflow-app.ts'

const INPUT = 'app.moderation.input'
const OUTPUT = 'app.moderation.output'
const LONG = 'word '.repeat(70)

describe('moderation by an API extension', () => {
  let server: TestServer
  let session: ConsoleSession
  let provider: FakeOpenai
  let extension: FakeExtension
  let extensionId: string
  /** What the extension answers, by point. */
  const replies = new Map<string, ExtensionReply>()

  beforeAll(async () => {
    provider = await startFakeOpenai({
      respond: ({ body }) => ({ text: /say ([\w *]+)/.exec(JSON.stringify(body ?? ''))?.[1] ?? 'Good day' }),
    })
    extension = await startFakeExtension(({ point }) => replies.get(point) ?? { body: { flagged: false } })
    server = await startTestServer({ env: { EGRESS_ALLOWED_HOSTS: '127.0.0.1' } })
    session = await server.setup()
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await session.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    const added = { name: 'Words', api_endpoint: extension.url, api_key: 'a-key-of-an-extension' }
    extensionId = (await session.send('POST', '/api-based-extension', added)).body.id
  })
  afterAll(async () => {
    await server.close()
    await extension.close()
    await provider.close()
  })

  const moderated = (sides: 'both' | 'outputs' = 'both') => ({
    enabled: true,
    type: 'api',
    config: {
      inputs_config: { enabled: sides === 'both', preset_response: '' },
      outputs_config: { enabled: true, preset_response: '' },
      api_based_extension_id: extensionId,
    },
  })
  const createApp = (mode: 'chat' | 'completion', config: object = {}): Promise<TestApp> =>
    server.createApp(session, { mode, config: { ...answering, sensitive_word_avoidance: moderated(), ...config } })
  const ask = async (app: Pick<TestApp, 'send'>, query: string, inputs: object = {}) =>
    app.send('POST', '/chat-messages', { inputs, query, user: 'ann', auto_generate_name: false })
  /** The turn as operators read it. */
  const logged = async (app: { readonly id: string }, { message_id: id }: { readonly message_id: string }) =>
    (await session.send('GET', `/apps/${app.id}/messages/${id}`)).body
  /** What its visitor finds the conversation by, until a name is made, and what a model is told to make one of. */
  const namingOf = async (app: Pick<TestApp, 'send'>, { conversation_id: id }: { readonly conversation_id: string }) => {
    const { data } = (await app.send('GET', '/conversations?user=ann')).body
    await app.send('POST', `/conversations/${id}/name`, { user: 'ann', auto_generate: true })
    const prompt = JSON.stringify(provider.requests.at(-1)?.body)
    return { name: data.find((conversation: { readonly id: string }) => conversation.id === id).name, prompt }
  }
  const asked = (point: string) => extension.calls.filter((call) => call.point === point)

  it('tells the extension app, inputs and query, then the answer, and lets pass what it lets pass', async () => {
    const form = [{ 'text-input': { label: 'Tone', variable: 'tone', required: false } }]
    const app = await createApp('chat', { user_input_form: form })
    const { body: told } = await ask(app, 'please say hello', { tone: 'mild' })
    expect(told).toMatchObject({ answer: 'hello' })
    expect(await logged(app, told)).toMatchObject({ query: 'please say hello', asked: null })
    expect(asked(INPUT).at(-1)).toEqual({
      method: 'POST',
      authorization: 'Bearer a-key-of-an-extension',
      point: INPUT,
      params: { app_id: app.id, inputs: { tone: 'mild' }, query: 'please say hello' },
    })
    expect(asked(OUTPUT).at(-1)?.params).toEqual({ app_id: app.id, text: 'hello' })
  })

  it('answers by itself what it flags, and asks no model', async () => {
    replies.set(INPUT, { body: { flagged: true, action: 'direct_output', preset_response: 'Not that.' } })
    const app = await createApp('chat')
    expect((await ask(app, 'please say nothing that a model hears')).body).toMatchObject({ answer: 'Not that.' })
    expect(JSON.stringify(provider.requests.map(({ body }) => body))).not.toContain('nothing that a model hears')
    replies.clear()
  })

  it('asks the model with what it puts in the place of inputs and query', async () => {
    replies.set(INPUT, { body: { flagged: true, action: 'overridden', inputs: { tone: '***', more: 'x' }, query: 'say *** now' } })
    const form = ['tone', 'place'].map((variable) => ({ 'text-input': { label: variable, variable, required: false } }))
    const app = await createApp('chat', { user_input_form: form, pre_prompt: 'Tone {{tone}}, place {{place}}.' })
    const { body: told } = await ask(app, 'say rhubarb', { tone: 'rhubarb', place: 'rhubarb' })
    expect(told).toMatchObject({ answer: '*** now' })
    expect(await logged(app, told)).toMatchObject({
      query: 'say *** now',
      inputs: { tone: '***', place: '' },
      asked: { query: 'say rhubarb', inputs: { tone: 'rhubarb', place: 'rhubarb' } },
      moderated: null,
    })
    const prompt = provider.requests.map(({ body }) => JSON.stringify(body)).find((body) => body?.includes('Tone ***, place .'))
    expect(prompt).toBeDefined()
    expect(prompt).not.toContain('rhubarb')
    const naming = await namingOf(app, told)
    expect(naming).toEqual({ name: 'say *** now', prompt: expect.stringContaining('say *** now') })
    expect(naming.prompt).not.toContain('rhubarb')
    replies.clear()
  })

  it('replaces an answer for good, or what of it was looked at', async () => {
    const app = await createApp('completion', { pre_prompt: 'say {{text}}', user_input_form: textForm })
    const write = async (text: string) => {
      const body = { inputs: { text }, user: 'ann', response_mode: 'streaming' }
      return (await readFrames(await app.fetch('POST', '/completion-messages', body))).map(({ data }) => data)
    }
    replies.set(OUTPUT, { body: { flagged: true, action: 'direct_output', preset_response: 'I cannot say.' } })
    const frames = await write('a plum')
    expect(frames.find(({ event }) => event === 'message_replace')).toMatchObject({ answer: 'I cannot say.', reason: '' })
    expect(frames.at(-1)).toMatchObject({ event: 'message_end' })
    replies.set(OUTPUT, { body: { flagged: true, action: 'overridden', text: 'a p***' } })
    const masked = await write('a plum')
    expect(masked.find(({ event }) => event === 'message_replace')).toMatchObject({ answer: 'a p***' })
    const { id } = masked.find(({ event }) => event === 'message_end')
    const row = await server.process.platform.database.db
      .selectFrom('messages')
      .select(['answer', 'is_stopped'])
      .where('id', '=', id)
      .executeTakeFirst()
    expect(row).toEqual({ answer: 'a p***', is_stopped: 0 })
    replies.clear()
  })

  it('guards chatflows, on both sides', async () => {
    const graph = graphOf({ start: { type: 'start' }, answer: { type: 'answer', answer: 'You said {{#sys.query#}}' } }, ['start -> answer'])
    const flow = await createWorkflowApp(server, session, graph, 'advanced-chat', { features: { sensitive_word_avoidance: moderated() } })
    replies.set(INPUT, { body: { flagged: true, action: 'overridden', inputs: {}, query: 'plum' } })
    const { body: told } = await ask(flow, 'rhubarb')
    expect(told).toMatchObject({ answer: 'You said plum' })
    expect(await logged(flow, told)).toMatchObject({ query: 'plum', asked: { query: 'rhubarb', inputs: {} } })
    const naming = await namingOf(flow, told)
    expect(naming).toEqual({ name: 'plum', prompt: expect.stringContaining('plum') })
    expect(naming.prompt).not.toContain('rhubarb')
    replies.set(OUTPUT, { body: { flagged: true, action: 'overridden', text: 'You said p***' } })
    expect((await ask(flow, 'rhubarb')).body).toMatchObject({ answer: 'You said p***' })
    replies.clear()
  })

  it('keeps what was said before a pause when it replaces what comes after', async () => {
    const features = { sensitive_word_avoidance: moderated('outputs') }
    const flow = await createWorkflowApp(server, session, conversing(), 'advanced-chat', { features })
    replies.set(OUTPUT, { body: { flagged: true, action: 'overridden', text: 'W*** ' } })
    const { body: paused } = await ask(flow, 'hi')
    replies.clear()
    const before = asked(OUTPUT).length
    replies.set(OUTPUT, { body: { flagged: true, action: 'overridden', text: 'W*** You said p***.' } })
    const [{ form_token: token }] = paused.data.reasons
    await flow.send('POST', `/form/human_input/${token}`, { inputs: { comment: 'plum' }, action: 'ok', user: 'ann' })
    const path = `/messages?conversation_id=${paused.conversation_id}&user=ann`
    const answer = async () => (await flow.send('GET', path)).body.data[0]
    await expect.poll(async () => (await answer()).status).toBe('normal')
    expect((await answer()).answer).toBe('W*** You said p***.')
    expect(
      asked(OUTPUT)
        .slice(before)
        .map(({ params }) => params['text']),
    ).toEqual(['W*** You said plum.'])
    replies.clear()
  })

  it.each([
    [
      'an error',
      { status: 500, body: 'Out of order at 10.0.0.1' },
      /"Words" could not be asked: it answered 500 instead of 200\.$/,
      { fault: 'status', status: '500' },
    ],
    ['something else', { body: { flagged: 'perhaps' } }, /its answer to app\.moderation\.input is not of the form/, { fault: 'form' }],
    ['a redirect', { status: 302, body: '' }, /it answered 302 instead of 200/, { fault: 'status', status: '302' }],
  ])('lets nothing pass that could not be judged: %s', async (_what, reply, message, values) => {
    replies.set(INPUT, reply)
    const app = await createApp('chat')
    const answer = await ask(app, 'please say hello')
    expect(answer).toMatchObject({ status: 400, body: { code: 'api_extension_failed', message: expect.stringMatching(message) } })
    expect(answer.body).toMatchObject({ details: { reason: 'extension_failed', values: { name: 'Words', ...values } } })
    expect(JSON.stringify(answer.body)).not.toContain('10.0.0.1')
    replies.clear()
  })

  it('lets an answer stand that could not be judged', async () => {
    replies.set(OUTPUT, { status: 500, body: '' })
    const app = await createApp('chat', { sensitive_word_avoidance: moderated('outputs') })
    expect((await ask(app, 'please say hello')).body).toMatchObject({ answer: 'hello' })
    replies.clear()
  })

  it('looks at a long answer while it comes', async () => {
    const app = await createApp('chat', { sensitive_word_avoidance: moderated('outputs') })
    const before = asked(OUTPUT).length
    expect((await ask(app, `say ${LONG}end`)).status).toBe(200)
    const looks = asked(OUTPUT).slice(before)
    expect(looks.length).toBeGreaterThan(1)
    expect(looks.at(-1)?.params['text']).toMatch(/end$/)
  })

  it('fails with what to do once the extension is gone', async () => {
    const app = await createApp('chat')
    await session.send('DELETE', `/api-based-extension/${extensionId}`)
    expect(await ask(app, 'hello')).toMatchObject({
      body: { code: 'api_extension_failed', message: expect.stringMatching(/is gone/), details: { reason: 'extension_gone' } },
    })
  })
})

const answering = { model: { provider: 'openai', name: 'gpt-4o-mini', completion_params: {} } }
const textForm = [{ paragraph: { label: 'Text', variable: 'text', required: false } }]
