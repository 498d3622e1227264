import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { type ConsoleSession, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'
import { createWorkflowApp, graphOf } from '../../testing/workflows/workflow-app.ts'

const side = (preset_response: string) => ({ enabled: true, preset_response })
const off = { enabled: false, preset_response: '' }
const section = (type: string, config: object) => ({
  enabled: true,
  type,
  config: { inputs_config: side('Not that.'), outputs_config: side('I cannot say.'), ...config },
})
const byWords = section('keywords', { keywords: 'Rhubarb\n\n forbidden fruit ' })
const byModel = section('openai_moderation', {})

describe('moderation', () => {
  let server: TestServer
  let session: ConsoleSession
  let provider: FakeOpenai
  let chat: TestApp

  beforeAll(async () => {
    // Says what the question has behind "say".
    provider = await startFakeOpenai({
      respond: ({ body }) => ({ text: /say ([\w ]+)/.exec(JSON.stringify(body ?? ''))?.[1] ?? 'Good day' }),
    })
    server = await startTestServer()
    session = await server.setup()
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await session.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    chat = await server.createApp(session, { mode: 'chat', config: { ...answering, sensitive_word_avoidance: byWords } })
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })

  const ask = async (app: Pick<TestApp, 'send'>, query: string, inputs: object = {}) =>
    (await app.send('POST', '/chat-messages', { inputs, query, user: 'ann' })).body
  /** The turn as operators read it. */
  const logged = async (app: { readonly id: string }, { message_id: id }: { readonly message_id: string }) =>
    (await session.send('GET', `/apps/${app.id}/messages/${id}`)).body
  const publish = async (app: TestApp, sensitive_word_avoidance: object) => {
    const { model_config: config } = (await session.send('GET', `/apps/${app.id}`)).body
    return session.send('POST', `/apps/${app.id}/model-config`, { ...config, sensitive_word_avoidance })
  }
  const modelCalls = () => provider.requests.filter(({ path }) => path.endsWith('/chat/completions')).length

  it('answers a question with a word of the list by what is set, and asks no model', async () => {
    const before = modelCalls()
    const answered = await ask(chat, 'Do you like RHUBARB?')
    expect(answered).toMatchObject({ answer: 'Not that.' })
    expect(modelCalls()).toBe(before)
    expect(await logged(chat, answered)).toMatchObject({ query: 'Do you like RHUBARB?', moderated: 'inputs' })
    expect(await ask(chat, 'Hello')).toMatchObject({ answer: 'Good day' })
    expect((await chat.send('GET', '/parameters')).body.sensitive_word_avoidance).toMatchObject({ enabled: true })
  })

  it('looks at inputs too, of texts without a question', async () => {
    const form = [{ paragraph: { label: 'Text', variable: 'text', required: false } }]
    const app = await server.createApp(session, {
      mode: 'completion',
      config: { ...answering, user_input_form: form, pre_prompt: 'say {{text}}', sensitive_word_avoidance: byWords },
    })
    const write = async (text: string) => (await app.send('POST', '/completion-messages', { inputs: { text }, user: 'ann' })).body.answer
    expect(await write('a forbidden fruit')).toBe('Not that.')
    expect(await write('a plum')).toBe('a plum')
  })

  it('replaces an answer, for readers and in what is kept', async () => {
    const outputsOnly = { ...byWords, config: { ...byWords.config, inputs_config: off } }
    expect((await publish(chat, outputsOnly)).status).toBe(200)
    const stream = await chat.fetch('POST', '/chat-messages', {
      inputs: {},
      query: 'say much rhubarb',
      user: 'ann',
      response_mode: 'streaming',
    })
    const text = await stream.text()
    expect(text).toContain('"event":"message_replace"')
    expect(text).toContain('"answer":"I cannot say."')
    expect(text).toContain('"event":"message_end"')
    const told = await ask(chat, 'say rhubarb again')
    expect(told).toMatchObject({ answer: 'I cannot say.' })
    const { data } = (await chat.send('GET', `/messages?user=ann&conversation_id=${told.conversation_id}`)).body
    expect(data).toMatchObject([{ answer: 'I cannot say.', status: 'normal' }])
    expect(await logged(chat, told)).toMatchObject({ moderated: 'outputs', status: 'normal', is_stopped: false })
  })

  it('asks a model of the workspace', async () => {
    expect((await publish(chat, byModel)).status).toBe(200)
    expect(await ask(chat, 'please flag me')).toMatchObject({ answer: 'Not that.' })
    expect(await ask(chat, 'Hello')).toMatchObject({ answer: 'Good day' })
    expect(provider.requests.findLast(({ path }) => path.endsWith('/moderations'))?.body).toMatchObject({ input: 'Good day' })
  })

  it('guards chatflows, on both sides', async () => {
    const graph = graphOf({ start: { type: 'start' }, answer: { type: 'answer', answer: 'You said {{#sys.query#}}' } }, ['start -> answer'])
    const features = { sensitive_word_avoidance: byWords }
    const flow = await createWorkflowApp(server, session, graph, 'advanced-chat', { features })
    const blocked = await ask(flow, 'rhubarb')
    expect(blocked).toMatchObject({ answer: 'Not that.' })
    expect(await logged(flow, blocked)).toMatchObject({ moderated: 'inputs' })
    const passed = await ask(flow, 'plum')
    expect(passed).toMatchObject({ answer: 'You said plum' })
    expect(await logged(flow, passed)).toMatchObject({ moderated: null })
    const outputsOnly = { sensitive_word_avoidance: { ...byWords, config: { ...byWords.config, inputs_config: off } } }
    const mute = await createWorkflowApp(server, session, graph, 'advanced-chat', { features: outputsOnly })
    const told = await ask(mute, 'rhubarb')
    expect(told).toMatchObject({ answer: 'I cannot say.' })
    const { data } = (await mute.send('GET', `/messages?user=ann&conversation_id=${told.conversation_id}`)).body
    expect(data).toMatchObject([{ answer: 'I cannot say.', status: 'normal' }])
    expect(await logged(mute, told)).toMatchObject({ moderated: 'outputs' })
  })

  it.each([
    [
      /inputs_config or outputs_config/,
      section('keywords', { inputs_config: off, outputs_config: off, keywords: 'a' }),
      'moderation_sides',
      {},
    ],
    [/preset_response must say/, section('keywords', { inputs_config: side(' '), keywords: 'a' }), 'moderation_preset', { side: 'inputs' }],
    [
      /at most 100 characters/,
      section('keywords', { outputs_config: side('x'.repeat(101)), keywords: 'a' }),
      'moderation_preset_long',
      { side: 'outputs', limit: 100 },
    ],
    [/must have a word/, section('keywords', { keywords: ' \n' }), 'moderation_keywords', {}],
    [/at most 100 lines/, section('keywords', { keywords: 'a\n'.repeat(101) }), 'moderation_keywords_lines', { limit: 100 }],
    [/at most 10000 characters/, section('keywords', { keywords: 'x'.repeat(10_001) }), 'moderation_keywords_long', { limit: 10_000 }],
    [/must name an API extension/, section('api', {}), 'moderation_extension', {}],
    [/not in this workspace/, section('api', { api_based_extension_id: 'x' }), 'moderation_extension_gone', {}],
    [/"x" is no kind/, section('x', {}), 'moderation_type', { type: 'x' }],
  ])('is refused where it would not work: %s', async (message, moderation, reason, values) => {
    const expected = {
      status: 400,
      body: {
        code: 'invalid_param',
        params: 'sensitive_word_avoidance',
        message: expect.stringMatching(message),
        details: { reason, values },
      },
    }
    expect(await publish(chat, moderation)).toMatchObject(expected)
  })
})

const answering = { model: { provider: 'openai', name: 'gpt-4o-mini', completion_params: {} } }
