import { type ModelEvent, ProviderError } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectEvents } from '../conformance/model-events.ts'
import { type Answer, delta, type FakeProvider, json, SECRET, sse, startFakeProvider } from './fake-provider.ts'
import { createWireLanguageModel } from './language-model.ts'
import { HELLO, sayHello } from './say-hello.ts'

let provider: FakeProvider
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider.close())

const open = (answer: Answer, signal?: AbortSignal) => sayHello(provider, answer, signal)

/** The events that came, and the error that ended them. */
async function runFailing(answer: Answer): Promise<{ readonly events: readonly ModelEvent[]; readonly error: ProviderError }> {
  const events: ModelEvent[] = []
  try {
    for await (const event of open(answer)) events.push(event)
  } catch (error) {
    if (ProviderError.is(error)) return { events, error }
    throw error
  }
  throw new TypeError('expected a ProviderError')
}

describe('a failure', () => {
  it.each<[string, number, unknown, string]>([
    ['a wrong key', 401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }, 'authorization'],
    ['a forbidden model', 403, { error: 'not allowed' }, 'authorization'],
    ['an empty account', 429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }, 'authorization'],
    ['an unpaid account', 402, { error: { message: 'Insufficient Balance' } }, 'authorization'],
    ['too many requests', 429, { error: { message: 'Rate limit reached' } }, 'rate-limit'],
    [
      'a long prompt',
      400,
      { error: { message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded' } },
      'context-length',
    ],
    [
      'a long prompt for vLLM',
      400,
      { object: 'error', message: 'The prompt is too long: 9 > 8', type: 'BadRequestError', code: 400 },
      'context-length',
    ],
    [
      'a long prompt for SiliconFlow',
      400,
      { code: 20015, message: 'length of prompt_tokens (57535) must be less than max_seq_len (32768)', data: null },
      'context-length',
    ],
    [
      'a long prompt for xAI',
      400,
      { code: 'Client specified an invalid argument', error: '[input_too_large] Current message (9 tokens) exceeds budget (8 tokens)' },
      'context-length',
    ],
    ['content refused by DeepSeek', 400, { error: { message: 'Content Exists Risk', type: 'invalid_request_error' } }, 'content-refused'],
    ['refused content', 400, { error: { message: 'filtered', code: 'content_filter' } }, 'content-refused'],
    ['a wrong parameter', 422, { detail: [{ loc: ['body', 'x'], msg: 'extra fields not permitted' }] }, 'bad-request'],
    ['an unknown model', 404, { error: { message: 'The model does not exist', code: 'model_not_found' } }, 'bad-request'],
    ['a gateway page', 502, '<html><head><title>502 Bad Gateway</title></head></html>', 'server-unavailable'],
    ['an overloaded provider', 503, '', 'server-unavailable'],
    ['a slow gateway', 408, '', 'connection'],
  ])('names %s', async (_title, status, body, kind) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const { events, error } = await runFailing({ status, headers: { 'content-type': 'application/json', 'retry-after': '7' }, body: text })
    expect(events).toEqual([])
    expect(error).toMatchObject({ kind, status, retryAfterMs: 7000 })
  })

  it('speaks in the words of the provider, without the key', async () => {
    const { error } = await runFailing(json({ error: { message: `Incorrect API key provided: ${SECRET}.` } }, 401))
    expect(error.message).toBe('Incorrect API key provided: ***.')
  })

  it.each<[string, Answer, string]>([
    [
      'a page instead of an answer',
      { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' },
      'server-unavailable',
    ],
    ['an error under a successful status', json({ error: { message: 'overloaded', code: 503 } }), 'server-unavailable'],
    ['JSON that is no answer', json({ hello: 'world' }), 'server-unavailable'],
    ['broken JSON', { body: '{"choices": [' }, 'server-unavailable'],
    ['nothing at all', { body: '' }, 'server-unavailable'],
    ['only [DONE]', sse('[DONE]'), 'server-unavailable'],
    ['events that are no JSON', sse('hello'), 'server-unavailable'],
    ['events that are no objects', sse('17'), 'server-unavailable'],
    ['a refusal without a word', sse(delta({}, 'content_filter'), '[DONE]'), 'content-refused'],
    ['a reason that is an error', sse(delta({}, 'error'), '[DONE]'), 'server-unavailable'],
  ])('is told for %s', async (_title, answer, kind) => {
    const { events, error } = await runFailing(answer)
    expect(events).toEqual([])
    expect(error).toMatchObject({ kind })
  })

  it.each<[string, Answer, string]>([
    ['the connection is cut', { ...(sse(delta({ content: 'half' })) as object), isCut: true } as Answer, 'connection'],
    ['the stream ends without an end', sse(delta({ content: 'half' })), 'connection'],
    ['an error object comes', sse(delta({ content: 'half' }), { error: { message: 'overloaded', code: 503 } }), 'server-unavailable'],
    ['an error text comes', sse(delta({ content: 'half' }), { error: 'rate limit' }), 'rate-limit'],
    [
      'an error event comes',
      { body: `data: ${JSON.stringify(delta({ content: 'half' }))}\n\nevent: error\ndata: {"code":"x","message":"bad"}\n\n` },
      'server-unavailable',
    ],
    ['nonsense comes', sse(delta({ content: 'half' }), 'nonsense'), 'server-unavailable'],
  ])('in mid-stream comes after what was said: %s', async (_title, answer, kind) => {
    const { events, error } = await runFailing(answer)
    expect(events).toEqual([{ type: 'text-delta', text: 'half' }])
    expect(error).toMatchObject({ kind })
  })

  it('is told for a host that does not answer', async () => {
    const endpoint = { ...provider.endpoint(), urlFor: () => 'http://127.0.0.1:1/' }
    const stream = createWireLanguageModel(endpoint, 'm').stream(HELLO, new AbortController().signal)
    await expect(collectEvents(stream)).rejects.toMatchObject({ kind: 'connection' })
  })

  it('is told for an address that is forbidden', async () => {
    const endpoint = { ...provider.endpoint(), urlFor: () => 'http://169.254.169.254/' }
    const stream = createWireLanguageModel(endpoint, 'm').stream(HELLO, new AbortController().signal)
    await expect(collectEvents(stream)).rejects.toMatchObject({ kind: 'bad-request', message: expect.stringContaining('metadata') })
  })
})

describe('stopping', () => {
  const endless: Answer = (response) => {
    response.write(`data: ${JSON.stringify(delta({ content: 'a' }))}\n\ndata: ${JSON.stringify(delta({ content: 'b' }))}\n\n`)
  }

  it('by the signal ends with its reason, even when more is already here', async () => {
    const controller = new AbortController()
    const reason = new Error('stopped by the user')
    const seen: ModelEvent[] = []
    const reading = (async () => {
      for await (const event of open(endless, controller.signal)) {
        seen.push(event)
        controller.abort(reason)
      }
    })()
    await expect(reading).rejects.toBe(reason)
    expect(seen).toHaveLength(1)
  })

  it('by the signal ends a wait for the first token', async () => {
    const controller = new AbortController()
    const reason = new Error('stopped by the user')
    const stream = open(() => controller.abort(reason), controller.signal)
    await expect(collectEvents(stream)).rejects.toBe(reason)
  })

  it('before the start sends nothing', async () => {
    const count = provider.requests.length
    await expect(collectEvents(open(endless, AbortSignal.abort('no')))).rejects.toBe('no')
    expect(provider.requests).toHaveLength(count)
  })

  it('by the reader closes the connection', async () => {
    let closed: (() => void) | undefined
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    const stream = open((response) => {
      response.on('close', () => closed?.())
      response.write(`data: ${JSON.stringify(delta({ content: 'a' }))}\n\n`)
    })
    for await (const event of stream) {
      expect(event.type).toBe('text-delta')
      break
    }
    await isClosed
  })
})
