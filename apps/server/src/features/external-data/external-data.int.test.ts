import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExtensionReply, type FakeExtension, startFakeExtension } from '../../../../../tools/fake-extension/index.ts'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { type ConsoleSession, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'

const POINT = 'app.external_data_tool.query'

describe('external data', () => {
  let server: TestServer
  let session: ConsoleSession
  let provider: FakeOpenai
  let extension: FakeExtension
  let extensionId: string
  /** Instead of what it answers otherwise. */
  let reply: ExtensionReply | undefined

  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'Good day' })
    extension = await startFakeExtension(({ params }) => reply ?? { body: { result: `the ${params['tool_variable']} of today` } })
    server = await startTestServer({ env: { EGRESS_ALLOWED_HOSTS: '127.0.0.1' } })
    session = await server.setup()
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await session.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    const added = { name: 'Facts', api_endpoint: extension.url, api_key: 'a-key-of-an-extension' }
    extensionId = (await session.send('POST', '/api-based-extension', added)).body.id
  })
  afterAll(async () => {
    await server.close()
    await extension.close()
    await provider.close()
  })

  const tool = (variable: string, more: object = {}) => ({
    enabled: true,
    type: 'api',
    variable,
    label: variable,
    config: { api_based_extension_id: extensionId },
    ...more,
  })
  const createApp = (mode: 'chat' | 'completion', config: object): Promise<TestApp> =>
    server.createApp(session, { mode, config: { ...answering, user_input_form: form, ...config } })
  /** All of them: a conversation is named beside its first answer. */
  const prompts = () => JSON.stringify(provider.requests.map(({ body }) => body?.messages))
  const publish = async (app: TestApp, external_data_tools: readonly object[]) => {
    const { model_config: config } = (await session.send('GET', `/apps/${app.id}`)).body
    return session.send('POST', `/apps/${app.id}/model-config`, { ...config, external_data_tools })
  }

  it('fills variables of a chat’s prompt, whoever gives them, and is not kept with the question', async () => {
    const app = await createApp('chat', {
      pre_prompt: 'In {{city}}: {{weather}}, {{menu}}, {{off}}.',
      external_data_tools: [tool('weather'), tool('menu'), tool('off', { enabled: false })],
    })
    const asked = { inputs: { city: 'Ulm', weather: 'what the caller says' }, query: 'How is it?', user: 'ann' }
    const answer = (await app.send('POST', '/chat-messages', asked)).body
    expect(answer).toMatchObject({ answer: 'Good day' })
    expect(prompts()).toContain('In Ulm: the weather of today, the menu of today')
    const calls = extension.calls.filter(({ point }) => point === POINT)
    expect(calls.map(({ params }) => params)).toEqual(
      expect.arrayContaining(
        ['weather', 'menu'].map((tool_variable) => ({ app_id: app.id, tool_variable, inputs: { city: 'Ulm' }, query: 'How is it?' })),
      ),
    )
    expect(calls).toHaveLength(2)
    const { data } = (await app.send('GET', `/messages?user=ann&conversation_id=${answer.conversation_id}`)).body
    expect(data).toMatchObject([{ inputs: { city: 'Ulm' } }])
    expect(JSON.stringify(data)).not.toContain('of today')
  })

  it('fills variables of texts too, from where Dify’s editor has them', async () => {
    const item = { external_data_tool: tool('weather', { required: true, enabled: undefined }) }
    const app = await createApp('completion', { pre_prompt: 'A poem on {{weather}}.', user_input_form: [item] })
    expect((await app.send('POST', '/completion-messages', { inputs: {}, user: 'ann' })).body).toMatchObject({ answer: 'Good day' })
    expect(prompts()).toContain('A poem on the weather of today.')
  })

  it('comes after what keeps questions out', async () => {
    const words = {
      enabled: true,
      type: 'keywords',
      config: { keywords: 'rhubarb', inputs_config: { enabled: true, preset_response: 'No.' } },
    }
    const app = await createApp('chat', { external_data_tools: [tool('weather')], sensitive_word_avoidance: words })
    const before = extension.calls.length
    expect((await app.send('POST', '/chat-messages', { inputs: {}, query: 'rhubarb', user: 'ann' })).body).toMatchObject({ answer: 'No.' })
    expect(extension.calls.length).toBe(before)
  })

  it('ends the turn where it cannot be had', async () => {
    const app = await createApp('chat', { external_data_tools: [tool('weather'), tool('menu')] })
    const ask = () => app.send('POST', '/chat-messages', { inputs: {}, query: 'Nobody else asks this', user: 'ann' })
    reply = { body: { result: 7 } }
    const failed = {
      status: 400,
      body: { code: 'api_extension_failed', message: expect.stringMatching(/"Facts" could not be asked: its answer/) },
    }
    expect(await ask()).toMatchObject(failed)
    reply = { status: 503, body: '' }
    expect(await ask()).toMatchObject({ body: { message: expect.stringMatching(/it answered 503/) } })
    reply = undefined
    expect(prompts()).not.toContain('Nobody else asks this')
    expect((await ask()).status).toBe(200)
    expect(prompts()).toContain('Nobody else asks this')
  })

  it('is tried in the editor before it is published, and comes back from an app’s file', async () => {
    const app = await createApp('chat', {})
    const { model_config: config } = (await session.send('GET', `/apps/${app.id}`)).body
    const draft = { ...config, pre_prompt: 'Now {{weather}}.', external_data_tools: [tool('weather')] }
    const trial = await session.send('POST', `/apps/${app.id}/chat-messages`, { inputs: {}, query: 'Hello', model_config: draft })
    expect(trial).toMatchObject({ status: 200, body: { answer: 'Good day' } })
    expect(prompts()).toContain('Now the weather of today.')

    expect((await publish(app, [tool('weather', { icon: '🌧', label: 'Weather' })])).status).toBe(200)
    const file = (await session.send('GET', `/apps/${app.id}/export`)).body.data
    const imported = (await session.send('POST', '/apps/imports', { mode: 'yaml-content', yaml_content: file })).body
    const { model_config: again } = (await session.send('GET', `/apps/${imported.app_id}`)).body
    expect(again.external_data_tools).toEqual([tool('weather', { icon: '🌧', label: 'Weather' })])
  })

  it.each([
    [
      /"x" is of the type "weather_search"/,
      { type: 'weather_search' },
      { reason: 'external_data_type', values: { variable: 'x', type: 'weather_search' } },
    ],
    [/"x" must name an API extension/, { config: {} }, { reason: 'external_data_extension', values: { variable: 'x' } }],
    [
      /not in this workspace/,
      { config: { api_based_extension_id: '0196f1b2-7a3c-7d00-8000-0123456789b1' } },
      { reason: 'external_data_extension_gone', values: { variable: 'x' } },
    ],
    // Worded by what it says of the obstacle.
    [/the form asks for "city" already/, { variable: 'city' }, undefined],
  ])('is refused where it would not work: %s', async (message, change, told) => {
    const app = await createApp('chat', {})
    const refused = { code: 'invalid_param', params: 'external_data_tools', message: expect.stringMatching(message) }
    const answer = await publish(app, [tool('x', change)])
    expect(answer).toMatchObject({ status: 400, body: refused })
    expect(answer.body.details).toEqual(told)
  })
})

const answering = { model: { provider: 'openai', name: 'gpt-4o-mini', completion_params: {} } }
const form = [{ 'text-input': { label: 'City', variable: 'city', required: false } }]
