import { newId } from '@trellis/kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { type ConsoleSession, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'
import { graphOf } from '../../testing/workflows/workflow-app.ts'

describe('generators', () => {
  let server: TestServer
  let session: ConsoleSession
  let provider: FakeOpenai
  let app: TestApp
  let answer = ''
  let fault: 'hang' | undefined

  beforeAll(async () => {
    provider = await startFakeOpenai({ respond: () => ({ text: answer, fault }) })
    server = await startTestServer()
    session = await server.setup()
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await session.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    app = await server.createApp(session, { mode: 'chat' })
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })

  const model_config = { provider: 'langgenius/openai/openai', name: 'gpt-4o', mode: 'chat', completion_params: { stop: ['\n'] } }
  /** What the generator makes of what the model says. */
  const write = async (path: string, body: object, says: string) => {
    answer = says
    return session.send('POST', path, { instruction: 'A guide of a museum', model_config, ...body })
  }
  const lastAsked = () => JSON.stringify(provider.requests.at(-1)?.body)

  it('write a prompt with its variables and an opening, in the app’s name', async () => {
    const says =
      'Sure.\n<written_prompt>\nYou guide {{name}} through {{hall}}.\n</written_prompt>\n<written_opening>Welcome, {{name}}!</written_opening>'
    const { status, body } = await write('/rule-generate', { app_id: app.id }, says)
    expect(status).toBe(200)
    expect(body).toEqual({
      prompt: 'You guide {{name}} through {{hall}}.',
      variables: ['name', 'hall'],
      opening_statement: 'Welcome, {{name}}!',
      error: '',
    })
    expect(lastAsked()).toContain('A guide of a museum')
    // What ends the app's answers would cut off what is written.
    expect(provider.requests.at(-1)?.body).not.toHaveProperty('stop')
    const { db } = server.process.platform.database
    const booked = () => db.selectFrom('model_calls').select('app_id').where('purpose', '=', 'generator').execute()
    await expect.poll(booked, { timeout: 10_000 }).toContainEqual({ app_id: app.id })
  })

  it('write a prompt without variables', async () => {
    const { body } = await write('/rule-generate', { no_variable: true }, '```\nYou read {{#start.text#}}.\n```')
    expect(body).toEqual({ prompt: 'You read {{#start.text#}}.', variables: [], opening_statement: '', error: '' })
  })

  it('write code and schemas', async () => {
    const code = await write('/rule-code-generate', { code_language: 'python3' }, 'Here:\n```python\ndef main():\n    return {}\n```')
    expect(code.body).toEqual({ code: 'def main():\n    return {}', language: 'python3', error: '' })
    expect(lastAsked()).toContain('Python 3')
    const schema = await write('/rule-structured-output-generate', {}, 'As asked: {"type":"object"}')
    expect(schema.body).toEqual({ output: '{\n  "type": "object"\n}', error: '' })
    expect((await write('/rule-structured-output-generate', {}, 'I would rather not.')).body).toEqual({
      output: '',
      error: expect.stringContaining('nothing that can be used'),
    })
  })

  it('improve a prompt, and say what changed', async () => {
    const says = '<written_result>You are a kind guide.</written_result><what_changed>Kinder.</what_changed>'
    const body = { flow_id: app.id, current: 'You are a guide.', instruction: 'Kinder', ideal_output: 'Dear visitor' }
    expect((await write('/instruction-generate', body, says)).body).toEqual({
      modified: 'You are a kind guide.',
      message: 'Kinder.',
      error: '',
    })
    for (const text of ['You are a guide.', 'Dear visitor']) expect(lastAsked()).toContain(text)
    expect((await write('/instruction-generate', { flow_id: app.id }, '')).body.code).toBe('bad_request')
    expect((await write('/instruction-generate', { ...body, flow_id: newId() }, '')).body.code).toBe('app_not_found')
  })

  it('write for nodes of the draft what these hold', async () => {
    const graph = graphOf({ start: { type: 'start' }, sum: { type: 'code' } }, ['start -> sum'])
    const { id: flow_id } = (await session.send('POST', '/apps', { name: 'Sums', mode: 'workflow' })).body
    const { hash, features } = (await session.send('GET', `/apps/${flow_id}/workflows/draft`)).body
    const draft = { graph, features, hash, environment_variables: [], conversation_variables: [] }
    expect((await session.send('POST', `/apps/${flow_id}/workflows/draft`, draft)).status).toBe(200)
    const code = await write('/instruction-generate', { flow_id, node_id: 'sum', language: 'javascript' }, '```js\nfunction main() {}\n```')
    expect(code.body).toMatchObject({ modified: 'function main() {}', code: 'function main() {}' })
    expect((await write('/instruction-generate', { flow_id, node_id: 'gone' }, '')).body.message).toMatch(/no node “gone”/)
  })

  it('offer a beginning for instructions', async () => {
    const { body } = await session.send('POST', '/instruction-generate/template', { type: 'code' })
    expect(body.data).toMatch(/code/)
  })

  it('say what is missing', async () => {
    expect(await write('/rule-generate', { instruction: ' ' }, '')).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
    const unknown = { model_config: { ...model_config, name: 'no-such-model' } }
    expect((await write('/rule-generate', unknown, '')).body.code).toBe('model_currently_not_support')
  })

  it('stop when the caller leaves', async () => {
    fault = 'hang'
    const left = new AbortController()
    const before = provider.requests.length
    const asked = fetch(`${server.url}/console/api/rule-generate`, {
      method: 'POST',
      headers: { ...session.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ instruction: 'Anything', model_config: { ...model_config } }),
      signal: left.signal,
    }).catch((error: unknown) => error)
    await expect.poll(() => provider.requests.length).toBeGreaterThan(before)
    left.abort()
    expect(await asked).toMatchObject({ name: 'AbortError' })
    await expect.poll(() => provider.requests.at(-1)?.outcome, { timeout: 10_000 }).toBe('aborted')
  })
})
