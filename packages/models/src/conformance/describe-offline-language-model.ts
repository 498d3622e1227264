import type { LanguageModel, ModelCall, ModelEvent } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { collectEvents, expectWellFormed, textIn } from './model-events.ts'

export interface OfflineLanguageModelSuite {
  readonly name: string
  readonly create: () => LanguageModel
}

/** What a language model without a wire promises: the same as the others, but for what only a provider can do wrong. */
export function describeOfflineLanguageModel(suite: OfflineLanguageModelSuite): void {
  describe(`${suite.name} as a language model`, () => {
    const run = (call: Partial<ModelCall> & Pick<ModelCall, 'messages'>): Promise<readonly ModelEvent[]> =>
      collectEvents(suite.create().stream({ parameters: { delay_ms: 0 }, ...call }, new AbortController().signal))

    it('streams a text in pieces and finishes once, with its usage', async () => {
      const events = await run({ messages: [{ role: 'user', content: 'Hello there' }] })
      expectWellFormed(events)
      expect(events.filter((event) => event.type === 'text-delta').length).toBeGreaterThan(3)
    })

    it('calls a tool: pieces, the whole call, then the finish', async () => {
      const tool = { name: 'get_weather', description: 'Weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } }
      const events = await run({ messages: [{ role: 'user', content: 'Use get_weather for Paris' }], tools: [tool] })
      expectWellFormed(events)
      const deltas = events.filter((event) => event.type === 'tool-call-delta')
      const calls = events.filter((event) => event.type === 'tool-call')
      expect(calls).toHaveLength(1)
      expect(deltas.map((event) => event.argumentsDelta).join('')).toBe(calls[0]?.call.arguments)
      expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'tool-calls' })
    })

    it('takes an image', async () => {
      const image = { type: 'image', mimeType: 'image/png', base64: 'aGVsbG8=' } as const
      expect(textIn(await run({ messages: [{ role: 'user', content: [{ type: 'text', text: 'Look' }, image] }] }))).toContain('image/png')
    })

    it('answers in JSON that fits the schema', async () => {
      const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }
      const events = await run({
        messages: [{ role: 'user', content: 'Bread at home' }],
        responseFormat: { type: 'json-schema', name: 'titled', schema },
      })
      expect(JSON.parse(textIn(events))).toEqual({ title: expect.any(String) })
    })

    it('leaves out the stop sequence and what follows it', async () => {
      const events = await run({ messages: [{ role: 'user', content: 'repeat: one two three' }], stop: ['two'] })
      expect(textIn(events).trimEnd()).toMatch(/one$/)
    })

    it('ends in mid-stream with the reason of the abort', async () => {
      const controller = new AbortController()
      const reason = new Error('stopped by the user')
      const stream = suite
        .create()
        .stream({ messages: [{ role: 'user', content: 'Hello' }], parameters: { delay_ms: 1 } }, controller.signal)
      const seen: ModelEvent[] = []
      const reading = (async () => {
        for await (const event of stream) {
          seen.push(event)
          if (seen.length === 2) controller.abort(reason)
        }
      })()
      await expect(reading).rejects.toBe(reason)
      expect(seen).toHaveLength(2)
    })
  })
}
