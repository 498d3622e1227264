import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { type ConsoleSession, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'

const form = [{ 'text-input': { label: 'Topic', variable: 'topic', required: true, max_length: 20 } }]
const config = { pre_prompt: 'Speak of {{topic}}.', user_input_form: form }

describe('a basic app that becomes a graph', () => {
  let server: TestServer
  let session: ConsoleSession
  let provider: FakeOpenai
  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'An answer' })
    server = await startTestServer()
    session = await server.setup()
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await session.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })

  const convert = (id: string, body: object = {}) => session.send('POST', `/apps/${id}/convert-to-workflow`, body)
  /** Converts, publishes what came of it, and gives it a key. */
  const convertAndPublish = async (id: string, body: object = {}) => {
    const converted = await convert(id, body)
    expect(converted).toMatchObject({ status: 200, body: { new_app_id: expect.any(String), permission_keys: [] } })
    const newId: string = converted.body.new_app_id
    expect(await session.send('POST', `/apps/${newId}/workflows/publish`, {})).toMatchObject({ status: 200 })
    const { token } = (await session.send('POST', `/apps/${newId}/api-keys`)).body
    const send = (path: string, body: object) =>
      sendJson(`${server.url}/v1${path}`, 'POST', { user: 'ann', response_mode: 'blocking', ...body }, { authorization: `Bearer ${token}` })
    return { app: (await session.send('GET', `/apps/${newId}`)).body, send }
  }
  const lastPrompt = () => provider.requests.findLast(({ path }) => path.endsWith('/chat/completions'))?.body

  it('is a chatflow that asks the same model the same, and remembers what was said', async () => {
    const opening = { opening_statement: 'Welcome', suggested_questions: ['Why?'] }
    const { id } = await server.createApp(session, { mode: 'chat', name: 'Talker', config: { ...config, ...opening } })
    const { app, send } = await convertAndPublish(id)
    expect(app).toMatchObject({ mode: 'advanced-chat', name: 'Talker (workflow)' })
    const { features } = (await session.send('GET', `/apps/${app.id}/workflows/draft`)).body
    expect(features).toMatchObject(opening)
    const first = await send('/chat-messages', { inputs: { topic: 'tea' }, query: 'Hello', auto_generate_name: false })
    expect(first).toMatchObject({ status: 200, body: { answer: 'An answer' } })
    expect(lastPrompt()).toMatchObject({
      messages: [
        { role: 'system', content: 'Speak of tea.' },
        { role: 'user', content: expect.stringMatching(/^Hello\s*$/) },
      ],
    })
    await send('/chat-messages', { inputs: { topic: 'tea' }, query: 'And?', conversation_id: first.body.conversation_id })
    expect(lastPrompt()).toMatchObject({ messages: { length: 4, 2: { role: 'assistant', content: 'An answer' } } })
    expect((await session.send('GET', `/apps/${id}`)).body).toMatchObject({ mode: 'chat', name: 'Talker' })
  })

  it('is a workflow that writes the same text', async () => {
    const { id } = await server.createApp(session, { mode: 'completion', config })
    const { app, send } = await convertAndPublish(id, { name: 'Writer', icon_type: 'emoji', icon: '🖋' })
    expect(app).toMatchObject({ mode: 'workflow', name: 'Writer', icon: '🖋' })
    const { body } = await send('/workflows/run', { inputs: { topic: 'tea' } })
    expect(body.data).toMatchObject({ status: 'succeeded', outputs: { result: 'An answer' } })
    expect(lastPrompt()).toMatchObject({ messages: [{ role: 'user', content: 'Speak of tea.' }] })
    expect(await convert(app.id)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
  })

  it('is none where it asks for external data, which no node does', async () => {
    const { id } = await server.createApp(session, { mode: 'chat', config })
    const { model_config: draft, hash } = (await session.send('GET', `/apps/${id}/draft-config`)).body
    const tool = { enabled: true, variable: 'weather', type: 'api', config: { api_based_extension_id: 'x' } }
    const changed = { model_config: { ...draft, external_data_tools: [tool] }, hash }
    expect((await session.send('PUT', `/apps/${id}/draft-config`, changed)).status).toBe(200)
    const refused = { code: 'invalid_param', details: { reason: 'external_data_in_graph', values: {} } }
    expect(await convert(id)).toMatchObject({ status: 400, body: refused })
  })
})
