import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { type ModelsServer, startModelsServer } from '../../testing/models-server.ts'

const PROVIDER = 'langgenius/openai/openai'

describe('trying a model', () => {
  let server: ModelsServer
  let provider: FakeOpenai
  let tenant: string

  beforeAll(async () => {
    server = await startModelsServer()
    provider = await startFakeOpenai({
      text: 'Good day to you',
      retry: 0,
      respond: ({ body }) => (JSON.stringify(body ?? '').includes('too much') ? { fault: 'context-length' } : {}),
    })
    tenant = await server.addWorkspace()
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await server.send(tenant, 'POST', `current/model-providers/${PROVIDER}/credentials`, { credentials })
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })

  const PATH = 'current/models/try'
  const toBody = (more: object) => ({ provider: PROVIDER, model: 'gpt-5.6-luna', ...more })
  const ask = (more: object) => server.stream(tenant, PATH, toBody(more))
  const eventsIn = (text: string): readonly Record<string, unknown>[] =>
    text.split('\n').flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6))] : []))

  it('streams what it says, then tokens, price and times', async () => {
    const reply = await ask({ system: 'Be kind.', prompt: 'Hello', parameters: { max_tokens: 50, stop: ['END'] } })
    expect(reply.type).toContain('text/event-stream')
    const events = eventsIn(reply.text)
    expect(events.map((event) => (event.event === 'text' ? event.text : '')).join('')).toBe('Good day to you')
    expect(events.at(-1)).toMatchObject({
      event: 'end',
      finish_reason: 'stop',
      prompt_tokens: expect.any(Number),
      completion_tokens: expect.any(Number),
      is_estimated: false,
      total_price: expect.stringMatching(/^0\.\d+$/),
      currency: 'USD',
      first_token_seconds: expect.any(Number),
      seconds: expect.any(Number),
    })
    expect(provider.requests.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hello' },
      ],
      max_completion_tokens: 50,
      stop: ['END'],
    })
  })

  it('knows that the demo costs nothing', async () => {
    const reply = await ask({ provider: 'demo', model: 'demo-chat', system: '', prompt: 'Hello', parameters: {} })
    expect(Number(eventsIn(reply.text).at(-1)?.['total_price'] ?? NaN)).toBe(0)
  })

  it('tells a failure of the model as the last event, with its code', async () => {
    const events = eventsIn((await ask({ prompt: 'too much' })).text)
    expect(events.at(-1)).toMatchObject({
      event: 'error',
      code: 'completion_request_error',
      message: expect.stringContaining('too long for this model'),
    })
  })

  it('tells a parameter that the model does not take', async () => {
    const events = eventsIn((await ask({ prompt: 'Hello', parameters: { max_tokens: 'many' } })).text)
    expect(events).toMatchObject([{ event: 'error', code: expect.any(String), message: expect.stringContaining('max_tokens') }])
  })

  it.each([
    [{ prompt: '' }, 'invalid_param'],
    [{ prompt: 'Hello', model: 'none' }, 'model_currently_not_support'],
    [{ prompt: 'Hello', provider: 'anthropic', model: 'claude-haiku-4-5' }, 'provider_not_initialize'],
  ])('refuses %j', async (body, code) => {
    expect(await server.send(tenant, 'POST', PATH, toBody(body))).toMatchObject({ status: 400, body: { code } })
  })
})
