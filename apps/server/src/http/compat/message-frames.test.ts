import {
  chatEventSchema,
  completionEventSchema,
  type RunEvent,
  simpleChatEventSchema,
  simpleCompletionEventSchema,
} from '@trellis/contracts'
import { createSseDecoder, newId } from '@trellis/kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessageFrames, type FrameEnvelope } from './message-frames.ts'

const envelope: FrameEnvelope = {
  mode: 'chat',
  taskId: newId(),
  messageId: newId(),
  conversationId: newId(),
  createdAtMs: 1_700_000_000_999,
  detail: 'full',
}
const runEnd: RunEvent = {
  type: 'run-end',
  usage: {
    promptTokens: 1,
    completionTokens: 1,
    totalTokens: 2,
    promptPriceNano: 0,
    completionPriceNano: 0,
    totalPriceNano: 0,
    promptUnitPriceNano: 0,
    completionUnitPriceNano: 0,
    priceUnitTokens: 1000,
    currency: 'USD',
    latencyMs: 10,
    firstTokenMs: 5,
  },
  ledger: { queueMs: 0, engineMs: 0, databaseMs: 0, providerFirstTokenMs: 0, providerStreamMs: 0, totalMs: 0 },
  isStopped: false,
}
const runError: RunEvent = { type: 'run-error', code: 'run_timeout', message: 'Too long.', status: 400 }
/** Every event that a run can have. */
const events: readonly RunEvent[] = [
  { type: 'run-start', createdAtMs: 1 },
  { type: 'reasoning-delta', text: 'hm' },
  { type: 'text-delta', text: 'Hi' },
  { type: 'text-replace', text: 'Bye', reason: 'moderation' },
  runEnd,
  runError,
]

const translate = (batch: readonly RunEvent[], given: Partial<FrameEnvelope> = {}, hasIds = false): string =>
  createMessageFrames({ ...envelope, ...given }, { hasIds }).toFrames({ epoch: 2, firstOffset: 7, events: batch })

const PREFIX = 'data: '
const readAll = (frames: string) =>
  frames
    .split('\n')
    .filter((line) => line.startsWith(PREFIX))
    .map((line) => JSON.parse(line.slice(PREFIX.length)))

describe("a message's frames", () => {
  it.each([
    ['chat', 'full', chatEventSchema],
    ['chat', 'simple', simpleChatEventSchema],
    ['completion', 'full', completionEventSchema],
    ['completion', 'simple', simpleCompletionEventSchema],
  ] as const)('of a %s, %s, are what the contract says and no more', (mode, detail, schema) => {
    const frames = readAll(translate(events, { mode, detail }))
    expect(frames.map(({ event }) => event)).toEqual(['message', 'message_replace', 'message_end', 'error'])
    for (const frame of frames) {
      expect(schema.parse(frame)).toEqual(frame)
      expect('conversation_id' in frame).toBe(mode === 'chat')
      expect(frame.created_at).toBe(1_700_000_000)
      expect(frame.message_id).toBe(envelope.messageId)
    }
  })

  it('tell why, for pages in other languages, where a failure has more to say than its code', () => {
    const details = { reason: 'uploads_busy', values: {} } as const
    const [frame] = readAll(translate([{ ...runError, details }]))
    expect(chatEventSchema.parse(frame)).toMatchObject({ code: 'completion_request_error', message: 'Too long.', status: 400, details })
    expect(readAll(translate([runError]))[0]).not.toHaveProperty('details')
  })

  it('tell full callers that the answer was cut', () => {
    const cutOf = (detail: FrameEnvelope['detail']) => readAll(translate([{ ...runEnd, isCut: true }], { detail }))[0].is_cut
    expect([cutOf('full'), cutOf('simple')]).toEqual([true, undefined])
    expect(readAll(translate([runEnd]))[0]).not.toHaveProperty('is_cut')
  })

  it('tell usage to full callers only', () => {
    const metadataOf = (detail: FrameEnvelope['detail']) => readAll(translate([runEnd], { detail }))[0].metadata
    expect(Object.keys(metadataOf('full')).sort()).toEqual(['annotation_reply', 'reasoning', 'retriever_resources', 'usage'])
    expect(Object.keys(metadataOf('simple')).sort()).toEqual(['reasoning', 'retriever_resources'])
  })

  it('tell pages that somebody stopped the answer, and other callers what Dify tells', () => {
    const endOf = (detail: FrameEnvelope['detail']) => readAll(translate([{ ...runEnd, isStopped: true }], { detail }))[0]
    expect(endOf('simple')).toHaveProperty('is_stopped', true)
    expect(simpleChatEventSchema.parse(endOf('simple'))).toEqual(endOf('simple'))
    expect(endOf('full')).not.toHaveProperty('is_stopped')
  })

  it('tell pages that a person wrote the answer, and not who', () => {
    const annotationReply = { id: 'annotation', account: { id: 'author', name: 'Ann' } }
    const endOf = (detail: FrameEnvelope['detail']) => readAll(translate([{ ...runEnd, annotationReply }], { detail }))[0]
    expect(endOf('simple')).toHaveProperty('is_annotation', true)
    expect(JSON.stringify(endOf('simple'))).not.toContain('Ann"')
    expect(simpleChatEventSchema.parse(endOf('simple'))).toEqual(endOf('simple'))
    expect(endOf('full')).not.toHaveProperty('is_annotation')
    expect(endOf('full').metadata.annotation_reply).toEqual(annotationReply)
  })

  it('tell errors without the task, by codes that callers know', () => {
    const [frame] = readAll(translate([runError]))
    expect(frame).not.toHaveProperty('task_id')
    expect(frame).toMatchObject({ code: 'completion_request_error', message: 'Too long.', status: 400 })
  })

  it('have ids for those who ask, by which the stream can be continued', () => {
    expect(translate(events, {}, true).match(/^id: .*$/gm)).toEqual(['id: 2-7', 'id: 2-9', 'id: 2-10', 'id: 2-11', 'id: 2-12'])
    expect(translate(events)).not.toMatch(/^id:/m)
  })

  it('begin at once for those who may continue, with what there is to continue or to stop', () => {
    const [first] = readAll(translate(events, {}, true))
    expect(first).toMatchObject({ event: 'message', answer: '', message_id: envelope.messageId, task_id: envelope.taskId })
    expect(simpleChatEventSchema.parse(first)).toEqual(first)
  })

  it('carry every text whole, however its lines end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\r\n', '\u2028', '"', '\\', '\ud83c', '{{x}}')), {
          maxLength: 8,
        }),
        (texts) => {
          const said: string[] = []
          const decoder = createSseDecoder((data) => said.push(JSON.parse(data).answer))
          decoder.feed(Buffer.from(translate(texts.map((text) => ({ type: 'text-delta', text })))))
          expect(said).toEqual(texts)
        },
      ),
    )
  })

  it('are none where nothing is to be told', () => {
    expect(translate([])).toBe('')
  })
})
