import { createEgress } from '@trellis/kit'
import { type Egress, type ModelCall, type ModelEvent, type ProviderClient, ProviderError, type ProviderFailureKind } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONFORMANCE_KEY, type FakeProvider, startFakeProvider } from './fake-provider.ts'
import { collectEvents, expectWellFormed, reasoningIn, textIn } from './model-events.ts'
import { FAKE_USAGE, type ProviderFailure, RETRY_AFTER_SECONDS, type Scenario } from './scenario.ts'
import { anthropicWire } from './wires/anthropic.ts'
import { bedrockWire } from './wires/bedrock.ts'
import { googleWire } from './wires/google.ts'
import { openAiWire } from './wires/openai.ts'

const wires = { openai: openAiWire, anthropic: anthropicWire, google: googleWire, bedrock: bedrockWire } as const

export interface LanguageModelSuite {
  readonly name: string
  readonly wire: keyof typeof wires
  readonly model: string
  /** A client of the provider whose address is `baseUrl`, without a path. */
  readonly createClient: (options: { readonly baseUrl: string; readonly apiKey: string; readonly egress: Egress }) => ProviderClient
  /** What it takes besides text and images. */
  readonly files?: readonly ('document' | 'audio' | 'video')[]
  /** Turned off where the provider has it not; without `schema` it is asked in words. */
  readonly supports?: { readonly reasoning?: boolean; readonly schema?: boolean; readonly validate?: boolean }
}

const tool = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
const FILE_TYPES = { document: 'application/pdf', audio: 'audio/mpeg', video: 'video/mp4' } as const
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** What every language model promises, tried against a fake of its provider's own wire. */
export function describeLanguageModel(suite: LanguageModelSuite): void {
  describe(`${suite.name} as a language model`, () => {
    let provider: FakeProvider
    const egress = createEgress({ modelEndpointAllowPrivate: true })
    beforeAll(async () => {
      provider = await startFakeProvider(wires[suite.wire])
    })
    afterAll(async () => {
      await egress.close()
      await provider.close()
    })

    const client = (baseUrl = provider.url): ProviderClient => suite.createClient({ baseUrl, apiKey: CONFORMANCE_KEY, egress })
    const stream = (call: Partial<ModelCall> = {}, signal = new AbortController().signal, baseUrl?: string): AsyncIterable<ModelEvent> => {
      const model = client(baseUrl).languageModel?.(suite.model)
      if (model === undefined) throw new TypeError('the provider has no language model')
      return model.stream({ messages: [{ role: 'user', content: 'Hello' }], parameters: {}, ...call }, signal)
    }
    const run = (scenario: Scenario, call: Partial<ModelCall> = {}): Promise<readonly ModelEvent[]> => {
      provider.play(scenario)
      return collectEvents(stream(call))
    }
    const answer = (chunks: readonly string[], more: Partial<Extract<Scenario, { type: 'answer' }>> = {}): Scenario => ({
      type: 'answer',
      chunks,
      finish: 'stop',
      ...more,
    })
    const failureOf = async (scenario: Scenario): Promise<ProviderError> => {
      const error: unknown = await run(scenario).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (!ProviderError.is(error)) throw new TypeError(`expected a ProviderError, but got ${String(error)}`, { cause: error })
      return error
    }

    describe('a text', () => {
      it('comes in the pieces that the provider sent, then one finish with the usage', async () => {
        const events = await run(answer(['Hel', 'lo ', 'there']))
        expectWellFormed(events)
        expect(events.filter((event) => event.type === 'text-delta').map((event) => event.text)).toEqual(['Hel', 'lo ', 'there'])
        expect(events.at(-1)).toMatchObject({
          type: 'finish',
          reason: 'stop',
          usage: { promptTokens: FAKE_USAGE.prompt, completionTokens: FAKE_USAGE.completion, cachedPromptTokens: FAKE_USAGE.cached },
        })
      })

      it('survives being torn anywhere, in the middle of a character too', async () => {
        const text = 'héllo 你好 🎉 "quoted"\n\nnext'
        provider.play(answer([text]), { tornInto: 3 })
        expect(textIn(await collectEvents(stream()))).toBe(text)
      })

      it('ends with the reason of the provider', async () => {
        expect((await run(answer(['Hel'], { finish: 'length' }))).at(-1)).toMatchObject({ reason: 'length' })
        expect((await run(answer(['Hel'], { finish: 'content-filter' }))).at(-1)).toMatchObject({ reason: 'content-filter' })
      })

      it.runIf(suite.supports?.reasoning !== false)('comes with its reasoning apart', async () => {
        const events = await run(answer(['42'], { reasoning: ['Let me ', 'think.'] }))
        expect(reasoningIn(events)).toBe('Let me think.')
        expect(textIn(events)).toBe('42')
        expect(events.at(-1)).toMatchObject({ usage: { reasoningTokens: FAKE_USAGE.reasoning } })
      })
    })

    describe('a request', () => {
      it('carries the key, the model, the conversation, its length and its stop sequences', async () => {
        await run(answer(['ok']), {
          messages: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: 'One' },
            { role: 'assistant', content: 'Two' },
            { role: 'user', content: 'Three' },
          ],
          parameters: { max_tokens: 50 },
          stop: ['END'],
        })
        expect(provider.lastRequest()).toMatchObject({
          model: suite.model,
          apiKey: CONFORMANCE_KEY,
          system: 'Be brief.',
          userTexts: ['One', 'Three'],
          maxTokens: 50,
          stop: ['END'],
        })
      })

      it('carries images', async () => {
        const content = [
          { type: 'text', text: 'Look' },
          { type: 'image', mimeType: 'image/png', base64: PIXEL },
        ] as const
        await run(answer(['A pixel']), { messages: [{ role: 'user', content }] })
        expect(provider.lastRequest()).toMatchObject({ userTexts: ['Look'], images: [PIXEL] })
      })

      it.each(suite.files ?? [])('carries a %s', async (type) => {
        const content = [
          { type: 'text', text: 'Look' },
          { type, mimeType: FILE_TYPES[type], base64: PIXEL },
        ] as const
        await run(answer(['Seen']), { messages: [{ role: 'user', content }] })
        expect(provider.lastRequest()).toMatchObject({ userTexts: ['Look'], images: [], files: [PIXEL] })
      })

      it.runIf(suite.supports?.schema !== false)('carries the schema of the answer', async () => {
        const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false }
        const events = await run(answer(['{"title":', '"Bread"}']), { responseFormat: { type: 'json-schema', name: 'titled', schema } })
        expect(JSON.parse(textIn(events))).toEqual({ title: 'Bread' })
        expect(provider.lastRequest().schema).toMatchObject({ type: 'object', properties: { title: { type: 'string' } } })
      })

      it.runIf(suite.supports?.schema === false)('asks in words for the schema that it cannot send', async () => {
        const schema = { type: 'object', properties: { title: { type: 'string' } } }
        await run(answer(['{"title":"Bread"}']), { responseFormat: { type: 'json-schema', name: 'titled', schema } })
        expect(provider.lastRequest().system).toContain(JSON.stringify(schema))
      })
    })

    describe('tools', () => {
      const calls = [
        { id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris"}' },
        { id: 'call_2', name: 'get_weather', arguments: '{"city":"Rome, Italy"}' },
      ]

      it('are offered, and called with whole arguments', async () => {
        const events = await run({ type: 'tool-calls', calls }, { tools: [tool], toolChoice: 'auto' })
        expectWellFormed(events)
        expect(provider.lastRequest().toolNames).toEqual(['get_weather'])
        const made = events.filter((event) => event.type === 'tool-call').map((event) => event.call)
        expect(made.map((call) => [call.name, JSON.parse(call.arguments)])).toEqual([
          ['get_weather', { city: 'Paris' }],
          ['get_weather', { city: 'Rome, Italy' }],
        ])
        expect(new Set(made.map((call) => call.id)).size).toBe(2)
        expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'tool-calls' })
      })

      it('get their pieces before the whole, under the same id', async () => {
        const events = await run({ type: 'tool-calls', calls }, { tools: [tool] })
        const deltas = events.filter((event) => event.type === 'tool-call-delta')
        for (const { call } of events.filter((event) => event.type === 'tool-call')) {
          const own = deltas.filter((delta) => delta.id === call.id)
          if (own.length > 0) expect(JSON.parse(own.map((delta) => delta.argumentsDelta).join(''))).toEqual(JSON.parse(call.arguments))
        }
      })

      it('send their results back', async () => {
        await run(answer(['Sunny']), {
          tools: [tool],
          messages: [
            { role: 'user', content: 'Weather?' },
            { role: 'assistant', content: '', toolCalls: calls },
            { role: 'tool', toolCallId: 'call_1', toolName: 'get_weather', content: 'sunny' },
            { role: 'tool', toolCallId: 'call_2', toolName: 'get_weather', content: 'rain' },
          ],
        })
        expect(provider.lastRequest().toolCalls).toEqual([
          { name: 'get_weather', arguments: { city: 'Paris' } },
          { name: 'get_weather', arguments: { city: 'Rome, Italy' } },
        ])
        expect(provider.lastRequest().toolResults).toEqual([expect.stringContaining('sunny'), expect.stringContaining('rain')])
      })
    })

    describe('leaving', () => {
      it('ends in mid-stream with the reason of the abort, and closes the connection', async () => {
        provider.play({ type: 'hang', chunks: ['Hel', 'lo'] })
        const controller = new AbortController()
        const reason = new Error('stopped by the user')
        const seen: ModelEvent[] = []
        const reading = (async () => {
          for await (const event of stream({}, controller.signal)) {
            seen.push(event)
            if (textIn(seen) === 'Hello') controller.abort(reason)
          }
        })()
        await expect(reading).rejects.toBe(reason)
        expect(textIn(seen)).toBe('Hello')
        await provider.callerLeft()
      })

      it('closes the connection when nobody reads on', async () => {
        provider.play({ type: 'hang', chunks: ['Hello'] })
        for await (const event of stream()) if (event.type === 'text-delta') break
        await provider.callerLeft()
      })

      it('asks nothing with a signal that is aborted already', async () => {
        const reason = new Error('too late')
        await expect(collectEvents(stream({}, AbortSignal.abort(reason)))).rejects.toBe(reason)
      })
    })

    describe('failures', () => {
      const expected: readonly (readonly [ProviderFailure, ProviderFailureKind])[] = [
        ['bad-key', 'authorization'],
        ['rate-limit', 'rate-limit'],
        ['overload', 'server-unavailable'],
        ['context-length', 'context-length'],
        ['content-refused', 'content-refused'],
        ['bad-request', 'bad-request'],
      ]
      it.each(expected)('tells %s as %s, in words without the key', async (failure, kind) => {
        const error = await failureOf({ type: 'failure', failure })
        expect(error.kind).toBe(kind)
        expect(error.message).not.toBe('')
        expect(error.message).not.toContain(CONFORMANCE_KEY)
      })

      it('keeps what the provider says of trying again', async () => {
        const error = await failureOf({ type: 'failure', failure: 'rate-limit' })
        expect(error).toMatchObject({ status: 429, retryAfterMs: RETRY_AFTER_SECONDS * 1000 })
      })

      it('tells an overload in mid-stream, after what was said', async () => {
        provider.play({ type: 'failure-in-stream', chunks: ['Hel'] })
        const seen: ModelEvent[] = []
        const reading = (async () => {
          for await (const event of stream()) seen.push(event)
        })()
        await expect(reading).rejects.toMatchObject({ name: 'ProviderError', kind: 'server-unavailable' })
        expect(textIn(seen)).toBe('Hel')
      })

      it('tells a connection that is cut, after what was said', async () => {
        provider.play({ type: 'cut', chunks: ['Hel'] })
        const seen: ModelEvent[] = []
        const reading = (async () => {
          for await (const event of stream()) seen.push(event)
        })()
        await expect(reading).rejects.toMatchObject({ name: 'ProviderError', kind: 'connection' })
        expect(textIn(seen)).toBe('Hel')
      })

      it('tells an answer that is none', async () => {
        expect((await failureOf({ type: 'nonsense' })).kind).toBe('server-unavailable')
      })

      it('tells that nobody listens', async () => {
        const gone = await startFakeProvider(wires[suite.wire])
        await gone.close()
        await expect(collectEvents(stream({}, undefined, gone.url))).rejects.toMatchObject({ name: 'ProviderError', kind: 'connection' })
      })
    })

    describe.runIf(suite.supports?.validate !== false)('validation', () => {
      it('passes a key that the provider takes', async () => {
        provider.play(answer(['ok']))
        await expect(client().validate(new AbortController().signal)).resolves.toBeUndefined()
      })

      it('refuses one that it does not, in its words without the key', async () => {
        provider.play({ type: 'failure', failure: 'bad-key' })
        const error: unknown = await client()
          .validate(new AbortController().signal)
          .catch((reason: unknown) => reason)
        expect(error).toMatchObject({ name: 'ProviderError', kind: 'authorization', message: expect.not.stringContaining(CONFORMANCE_KEY) })
      })
    })
  })
}
