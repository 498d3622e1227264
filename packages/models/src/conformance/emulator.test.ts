import { LLMock } from '@copilotkit/aimock'
import { createEgress } from '@trellis/kit'
import type { ModelCall, ModelEvent, ProviderClient } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ability, Failure } from './abilities.ts'
import { emulatedBy } from './emulated.ts'
import { playEmulatedAnswers } from './emulator-answers.ts'
import { CONFORMANCE_KEY } from './fake-provider.ts'
import { collectEvents, expectWellFormed, reasoningIn, textIn } from './model-events.ts'
import { FAKE_USAGE, listAt, RETRY_AFTER_SECONDS, textAt } from './scenario.ts'
import { clientOf, languageModelOf, type Subject, serves, subjects } from './subjects.ts'

const { signal } = new AbortController()
const tool = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
const SCHEMA = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false }
const BYTES = 'aGVsbG8='

describe('against an independent emulator', () => {
  const emulator = new LLMock({ host: '127.0.0.1', port: 0, auth: { apiKeys: [CONFORMANCE_KEY] }, chunkSize: 6 })
  const egress = createEgress({ modelEndpointAllowPrivate: true })
  beforeAll(async () => {
    playEmulatedAnswers(emulator)
    await emulator.start()
  })
  afterAll(async () => {
    await egress.close()
    await emulator.stop()
  })

  const open = (subject: Subject, apiKey = CONFORMANCE_KEY): ProviderClient => clientOf(subject, { baseUrl: emulator.url, apiKey, egress })
  const say = (subject: Subject, prompt: string, call: Partial<ModelCall> = {}, apiKey?: string): Promise<readonly ModelEvent[]> => {
    const model = languageModelOf(open(subject, apiKey), subject)
    return collectEvents(model.stream({ messages: [{ role: 'user', content: prompt }], parameters: {}, ...call }, signal))
  }
  const ask = (subject: Subject, prompt: string, apiKey?: string): Promise<unknown> =>
    serves(subject, 'llm')
      ? say(subject, prompt, {}, apiKey)
      : (open(subject, apiKey).embeddingModel?.('m').embed([prompt], 'query', signal) ?? Promise.reject(new TypeError('no embeddings')))
  const sendPart = async (subject: Subject, part: object, type: string): Promise<void> => {
    // The parts are made below, one of each kind.
    const content = [{ type: 'text', text: 'text' }, part] as Extract<ModelCall['messages'][number], { role: 'user' }>['content']
    expect(textIn(await say(subject, '', { messages: [{ role: 'user', content }] }))).toBe('Hello there, you')
    const understood = listAt(emulator.getLastRequest()?.body, 'messages', 0, 'content').map((each) => textAt(each, 'type'))
    expect(understood).toEqual(['text', type])
  }

  const cases: Readonly<Record<Ability, (subject: Subject) => Promise<void>>> = {
    text: async (subject) => {
      const events = await say(subject, 'text')
      expectWellFormed(events)
      expect(textIn(events)).toBe('Hello there, you')
    },
    stream: async (subject) => {
      const deltas = (await say(subject, 'text')).filter((event) => event.type === 'text-delta')
      expect(deltas.map((event) => event.text)).toEqual(['Hello ', 'there,', ' you'])
    },
    usage: async (subject) => {
      const usage = { promptTokens: FAKE_USAGE.prompt, completionTokens: FAKE_USAGE.completion }
      expect((await say(subject, 'text')).at(-1)).toMatchObject({ type: 'finish', reason: 'stop', usage })
    },
    reasoning: async (subject) => {
      const events = await say(subject, 'think')
      expect([reasoningIn(events), textIn(events)]).toEqual(['Let me think.', '42'])
    },
    tools: async (subject) => {
      const events = await say(subject, 'weather', { tools: [tool], toolChoice: 'auto' })
      expectWellFormed(events)
      const calls = events.filter((event) => event.type === 'tool-call').map((event) => event.call)
      expect(calls.map((call) => [call.name, JSON.parse(call.arguments)])).toEqual([
        ['get_weather', { city: 'Paris' }],
        ['get_weather', { city: 'Rome, Italy' }],
      ])
      expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'tool-calls' })
      const results = calls.map((call) => ({ role: 'tool' as const, toolCallId: call.id, toolName: call.name, content: 'sunny' }))
      const messages = [{ role: 'user', content: 'weather' }, { role: 'assistant', content: '', toolCalls: calls }, ...results] as const
      expect(textIn(await say(subject, '', { messages, tools: [tool] }))).toBe('Sunny in both.')
    },
    'structured output': async (subject) => {
      const events = await say(subject, 'title', { responseFormat: { type: 'json-schema', name: 'titled', schema: SCHEMA } })
      expect(JSON.parse(textIn(events))).toEqual({ title: 'Bread' })
    },
    image: (subject) => sendPart(subject, { type: 'image', mimeType: 'image/png', base64: BYTES }, 'image_url'),
    document: (subject) => sendPart(subject, { type: 'document', mimeType: 'application/pdf', base64: BYTES }, 'file'),
    audio: (subject) => sendPart(subject, { type: 'audio', mimeType: 'audio/mpeg', base64: BYTES }, 'input_audio'),
    video: (subject) => sendPart(subject, { type: 'video', mimeType: 'video/mp4', base64: BYTES }, 'video_url'),
    embedding: async (subject) => {
      const { vectors, tokens } = (await open(subject).embeddingModel?.('m').embed(['bread'], 'document', signal)) ?? {}
      expect(vectors).toEqual([[0.5, 0.25]])
      expect(tokens).toBeGreaterThanOrEqual(0)
    },
    rerank: async (subject) => {
      const ranking = await open(subject).rerankModel?.('m').rerank('bread', ['steel', 'flour'], 2, signal)
      expect(ranking).toEqual([
        { index: 1, score: 0.9 },
        { index: 0, score: 0.1 },
      ])
    },
    speech: async (subject) => {
      const pieces: Uint8Array[] = []
      for await (const piece of open(subject).speechModel?.('m').speak('Hello', 'alloy', signal) ?? []) pieces.push(piece)
      expect(Buffer.concat(pieces).toString('base64')).toBe(BYTES)
    },
    transcription: async (subject) => {
      const sound = { bytes: Buffer.from(BYTES, 'base64'), filename: 'a.mp3', mimeType: 'audio/mpeg' }
      expect(await open(subject).transcriptionModel?.('m').transcribe(sound, signal)).toMatchObject({ text: 'Good day' })
    },
    moderation: async (subject) => {
      const model = open(subject).moderationModel?.('m')
      expect(await model?.isFlagged('I will hurt you', signal)).toBe(true)
      expect(await model?.isFlagged('Good day', signal)).toBe(false)
    },
  }

  const failing: Readonly<Record<Failure, (subject: Subject) => Promise<void>>> = {
    'bad-key': (subject) =>
      expect(ask(subject, 'text', 'wrong-key-0123')).rejects.toMatchObject({ kind: 'authorization', message: 'Invalid API key' }),
    'rate-limit': (subject) =>
      expect(ask(subject, 'too often')).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: RETRY_AFTER_SECONDS * 1000 }),
    overload: (subject) => expect(ask(subject, 'too many')).rejects.toMatchObject({ kind: 'server-unavailable', status: 503 }),
    'context-length': (subject) => expect(ask(subject, 'too long')).rejects.toMatchObject({ kind: 'context-length', status: 400 }),
    'content-refused': (subject) =>
      expect(ask(subject, `forbidden ${subject.wire}`)).rejects.toMatchObject({ name: 'ProviderError', kind: 'content-refused' }),
    cut: (subject) => expect(ask(subject, 'torn')).rejects.toMatchObject({ name: 'ProviderError', kind: 'connection' }),
  }

  const played = subjects.filter((subject) => emulatedBy(subject).failures.length > 0)
  describe.each(played.map((subject) => [subject.provider.id, subject] as const))('%s', (_, subject) => {
    const emulated = emulatedBy(subject)
    it.each(emulated.abilities)('has %s', (ability) => cases[ability](subject))
    it.each(emulated.failures)('tells %s', (failure) => failing[failure](subject))
  })
})
