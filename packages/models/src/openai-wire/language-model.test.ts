import type { ModelCall, ModelEvent } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectEvents, expectWellFormed, reasoningIn, textIn } from '../conformance/model-events.ts'
import { type Answer, delta, type FakeProvider, fixture, json, sse, startFakeProvider } from './fake-provider.ts'
import { createWireLanguageModel } from './language-model.ts'
import { sayHello } from './say-hello.ts'

let provider: FakeProvider
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider.close())

const open = (answer: Answer) => sayHello(provider, answer)
const run = (answer: Answer) => collectEvents(open(answer))

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
