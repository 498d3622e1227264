import { type ModelCall, type ModelEvent, ProviderError } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectEvents, expectWellFormed, reasoningIn, textIn } from '../conformance/model-events.ts'
import { type Answer, delta, type FakeProvider, fixture, json, SECRET, sse, startFakeProvider } from './fake-provider.ts'
import { createWireLanguageModel } from './language-model.ts'

let provider: FakeProvider
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider.close())

const HELLO: ModelCall = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} }
const open = (answer: Answer, signal = new AbortController().signal, call = HELLO) => {
  provider.answer(answer)
  return createWireLanguageModel(provider.endpoint(), 'some-model').stream(call, signal)
}
const run = (answer: Answer) => collectEvents(open(answer))

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

describe('an answer', () => {
  it('streams text, then finishes with its usage', async () => {
    const events = await run({ body: fixture('openai-text.sse') })
    expect(events).toEqual([
      { type: 'text-delta', text: 'Grüße' },
      { type: 'text-delta', text: ' 👋' },
      { type: 'finish', reason: 'stop', usage: { promptTokens: 1200, completionTokens: 3, cachedPromptTokens: 1024 } },
    ])
  })

  it('is the same however the network cuts it', async () => {
    const whole = Buffer.from(fixture('openai-text.sse'))
    const expected = await run({ body: whole })
    for (const size of [1, 7, 100]) {
      const events = await run((response) => {
        for (let start = 0; start < whole.length; start += size) response.write(whole.subarray(start, start + size))
        response.end()
      })
      expect(events).toEqual(expected)
    }
  })

  it('gives each token as soon as it is there', async () => {
    let proceed: (() => void) | undefined
    const stream = open((response) => {
      response.write(`data: ${JSON.stringify(delta({ content: 'first' }))}\n\n`)
      proceed = () => response.end(`data: ${JSON.stringify(delta({ content: 'second' }, 'stop'))}\n\n`)
    })
    const iterator = stream[Symbol.asyncIterator]()
    expect((await iterator.next()).value).toEqual({ type: 'text-delta', text: 'first' })
    proceed?.()
    expect((await iterator.next()).value).toEqual({ type: 'text-delta', text: 'second' })
    expect((await iterator.next()).value).toMatchObject({ type: 'finish', reason: 'stop' })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })

  it('begins with the content filter of Azure', async () => {
    const events = await run({ body: fixture('azure-text.sse') })
    expect(textIn(events)).toBe('Hi')
    expect(events.at(-1)).toMatchObject({ reason: 'stop', usage: { promptTokens: 9, completionTokens: 1 } })
  })

  it('keeps reasoning apart: reasoning_content', async () => {
    const events = await run({ body: fixture('deepseek-reasoning.sse') })
    expect([reasoningIn(events), textIn(events)]).toEqual(['Let me see.', '42'])
    expect(events.at(-1)).toMatchObject({ usage: { promptTokens: 20, completionTokens: 15, cachedPromptTokens: 16, reasoningTokens: 12 } })
  })

  it('keeps reasoning apart: reasoning, and content in parts', async () => {
    const parts = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'b' }] },
      { type: 'text', text: 'c' },
    ]
    const events = await run(sse(delta({ reasoning: 'a' }), delta({ content: parts }, 'stop'), '[DONE]'))
    expect([reasoningIn(events), textIn(events)]).toEqual(['ab', 'c'])
  })

  it('has the pictures that the model made, as content', async () => {
    const image = (url: string) => ({ type: 'image_url', image_url: { url } })
    const images = [image('data:image/png;base64,Yml0cw=='), image('https://example.com/a.png'), null]
    expect(await run(sse(delta({ content: 'x', images }, 'stop'), '[DONE]'))).toMatchObject([
      { type: 'text-delta', text: 'x' },
      { type: 'file', mimeType: 'image/png', base64: 'Yml0cw==' },
      { type: 'finish' },
    ])
  })

  it('does not touch think tags', async () => {
    expect(textIn(await run(sse(delta({ content: '<think>a</think>b' }, 'stop'), '[DONE]')))).toBe('<think>a</think>b')
  })

  it('may lack [DONE] once it has given a reason to end', async () => {
    expect((await run(sse(delta({ content: 'x' }), delta({}, 'stop')))).at(-1)).toMatchObject({ reason: 'stop' })
  })

  it('may lack a reason to end once it has said [DONE]', async () => {
    expect((await run(sse(delta({ content: 'x' }), '[DONE]'))).at(-1)).toMatchObject({ reason: 'stop' })
  })

  it('may come with CRLF, a type for each event, unknown events and other choices', async () => {
    const chunk = JSON.stringify(delta({ content: 'x' }, 'stop'))
    const other = JSON.stringify({ choices: [{ index: 1, delta: { content: 'y' } }] })
    const body = `event: message\r\ndata: ${chunk}\r\n\r\ndata: ${other}\r\n\r\ndata: {"object":"ping"}\r\n\r\ndata: [DONE]`
    expect(textIn(await run({ body }))).toBe('x')
  })

  it('may be empty', async () => {
    expect(await run(sse(delta({ content: '' }, 'stop'), '[DONE]'))).toMatchObject([{ type: 'finish', reason: 'stop' }])
  })

  it('ends the connection in good order, so that it is used again', async () => {
    const before = provider.requests.length
    for (let index = 0; index < 6; index++) expectWellFormed(await run({ body: fixture('openai-text.sse') }))
    const ports = new Set(provider.requests.slice(before).map((request) => request.clientPort))
    expect(ports.size).toBeLessThan(3)
  })

  it.each([
    ['length', 'length'],
    ['model_length', 'length'],
    ['eos', 'stop'],
    ['content_filter', 'content-filter'],
    ['weird', 'other'],
  ])('ends by %s: %s', async (wire, reason) => {
    expect((await run(sse(delta({ content: 'x' }, wire), '[DONE]'))).at(-1)).toMatchObject({ reason })
  })
})

describe('usage', () => {
  const usageOf = async (...chunks: readonly unknown[]) => {
    const finish = (await run(sse(delta({ content: 'one two three' }, 'stop'), ...chunks, '[DONE]'))).at(-1)
    return finish?.type === 'finish' ? finish.usage : undefined
  }

  it('is estimated where the provider tells none, and says so', async () => {
    expect(await usageOf()).toEqual({ promptTokens: 2, completionTokens: 4, isEstimated: true })
  })

  it('is read where Groq puts it', async () => {
    expect(await usageOf({ choices: [], x_groq: { usage: { prompt_tokens: 5, completion_tokens: 6 } } })).toEqual({
      promptTokens: 5,
      completionTokens: 6,
    })
  })

  it('is read where Moonshot puts it', async () => {
    expect(await usageOf({ choices: [{ index: 0, delta: {}, usage: { prompt_tokens: 5, completion_tokens: 6 } }] })).toEqual({
      promptTokens: 5,
      completionTokens: 6,
    })
  })

  it('includes reasoning that xAI counts beside the completion', async () => {
    const usage = { prompt_tokens: 5, completion_tokens: 6, total_tokens: 31, completion_tokens_details: { reasoning_tokens: 20 } }
    expect(await usageOf({ choices: [], usage })).toEqual({ promptTokens: 5, completionTokens: 26, reasoningTokens: 20 })
  })

  it('is not believed when it is nonsense', async () => {
    expect(await usageOf({ choices: [], usage: { prompt_tokens: 'many', completion_tokens: -1 } })).toMatchObject({ isEstimated: true })
  })
})

describe('tool calls', () => {
  const callsIn = (events: readonly ModelEvent[]) => events.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []))
  const tool = (fragment: object) => delta({ tool_calls: [fragment] })

  it('are put together from fragments, several at once', async () => {
    const events = await run({ body: fixture('openai-tools.sse') })
    expect(events).toEqual([
      { type: 'tool-call-delta', index: 0, id: 'call_a', name: 'get_weather', argumentsDelta: '{"city":' },
      { type: 'tool-call-delta', index: 0, id: 'call_a', name: 'get_weather', argumentsDelta: '"Paris"}' },
      { type: 'tool-call-delta', index: 1, id: 'call_b', name: 'get_time', argumentsDelta: '{}' },
      { type: 'tool-call', call: { id: 'call_a', name: 'get_weather', arguments: '{"city":"Paris"}' } },
      { type: 'tool-call', call: { id: 'call_b', name: 'get_time', arguments: '{}' } },
      { type: 'finish', reason: 'tool-calls', usage: { promptTokens: 80, completionTokens: 30 } },
    ])
  })

  it('may come interleaved', async () => {
    const events = await run(
      sse(
        tool({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }),
        tool({ index: 1, id: 'b', function: { name: 'g', arguments: '{"y"' } }),
        tool({ index: 0, function: { arguments: ':1}' } }),
        tool({ index: 1, function: { arguments: ':2}' } }),
        delta({}, 'tool_calls'),
      ),
    )
    expect(callsIn(events)).toEqual([
      { id: 'a', name: 'f', arguments: '{"x":1}' },
      { id: 'b', name: 'g', arguments: '{"y":2}' },
    ])
  })

  it('may lack ids and index: each name is a call', async () => {
    const events = await run(
      sse(tool({ function: { name: 'f', arguments: '{}' } }), tool({ function: { name: 'f', arguments: '{"x":1}' } }), delta({}, 'stop')),
    )
    const calls = callsIn(events)
    expect(calls.map((call) => call.arguments)).toEqual(['{}', '{"x":1}'])
    expect(new Set(calls.map((call) => call.id)).size).toBe(2)
    expect(calls.every((call) => /^call_[0-9a-f]{32}$/.test(call.id))).toBe(true)
    expect(events.at(-1)).toMatchObject({ reason: 'tool-calls' })
  })

  it('may all have the same index', async () => {
    const events = await run(
      sse(
        tool({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }),
        tool({ index: 0, id: 'b', function: { name: 'f', arguments: '{}' } }),
        delta({}, 'tool_calls'),
      ),
    )
    expect(callsIn(events).map((call) => call.id)).toEqual(['a', 'b'])
  })

  it('may repeat id and name in each fragment', async () => {
    const fragment = (text: string) => tool({ index: 0, id: 'a', function: { name: 'f', arguments: text } })
    const events = await run(sse(fragment('{"x"'), fragment(':1}'), delta({}, 'tool_calls')))
    expect(callsIn(events)).toEqual([{ id: 'a', name: 'f', arguments: '{"x":1}' }])
  })

  it('may have no arguments, or an object of them', async () => {
    const events = await run(
      sse(
        tool({ index: 0, id: 'a', function: { name: 'f' } }),
        tool({ index: 1, id: 'b', function: { name: 'g', arguments: { x: 1 } } }),
        delta({}, 'stop'),
      ),
    )
    expect(callsIn(events).map((call) => call.arguments)).toEqual(['{}', '{"x":1}'])
  })
})

describe('a provider that does not stream', () => {
  const whole = (message: object, finish_reason: string | null = 'stop') => ({
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
    usage: { prompt_tokens: 3, completion_tokens: 4 },
  })

  it.each(['application/json', 'text/event-stream', 'text/plain'])('is understood, labelled %s', async (type) => {
    const events = await run({
      headers: { 'content-type': type },
      body: `\n${JSON.stringify(whole({ content: 'all of it', reasoning_content: 'hm' }), null, 2)}`,
    })
    expect(events).toEqual([
      { type: 'reasoning-delta', text: 'hm' },
      { type: 'text-delta', text: 'all of it' },
      { type: 'finish', reason: 'stop', usage: { promptTokens: 3, completionTokens: 4 } },
    ])
  })

  it('may call tools', async () => {
    const call = (name: string) => ({ type: 'function', function: { name, arguments: '{}' } })
    const events = await run(json(whole({ content: null, tool_calls: [call('f'), call('f')] }, 'tool_calls')))
    expect(events.filter((event) => event.type === 'tool-call')).toHaveLength(2)
  })

  it('is read to the end even when its events are labelled JSON', async () => {
    expect(textIn(await run({ headers: { 'content-type': 'application/json' }, body: fixture('openai-text.sse') }))).toBe('Grüße 👋')
  })
})

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

describe('a completion model', () => {
  it('gets one prompt and streams its text', async () => {
    const choice = (text: string, finish_reason: string | null = null) => ({ choices: [{ index: 0, text, finish_reason }] })
    provider.answer(sse(choice('once'), choice(' upon', 'stop'), '[DONE]'))
    const model = createWireLanguageModel(provider.endpoint(), 'davinci', 'completion')
    const call: ModelCall = {
      messages: [
        { role: 'system', content: 'Tell.' },
        { role: 'user', content: 'A story' },
      ],
      parameters: { temperature: 0.5 },
      stop: ['END'],
    }
    expect(textIn(await collectEvents(model.stream(call, new AbortController().signal)))).toBe('once upon')
    expect(provider.requests.at(-1)?.url).toBe('/v1/completions')
    expect(provider.lastBody()).toEqual({
      model: 'davinci',
      prompt: 'Tell.\nA story',
      temperature: 0.5,
      stop: ['END'],
      stream: true,
      stream_options: { include_usage: true },
    })
  })
})
