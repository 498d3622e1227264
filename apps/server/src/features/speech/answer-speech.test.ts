import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Logger } from '@trellis/spec'
import { describe, expect, it, vi } from 'vitest'
import { createAnswerSpeech } from './answer-speech.ts'
import type { SpeechService } from './speech.service.ts'

const app = { id: 'app' } as AppsTable // no more of it is looked at
const answer = { app, asker: { endUserId: 'ann', accountId: null, apiKeyId: 'key' }, messageId: 'message' }
const aloud = { text_to_speech: { enabled: true, voice: 'coral', autoPlay: 'enabled' } }

function aVoice(speak: SpeechService['speak']) {
  const warn = vi.fn<(fields: object, message: string) => void>()
  const quiet = () => undefined
  const logger: Logger = { debug: quiet, info: quiet, warn, error: quiet, fatal: quiet, child: () => logger }
  const speech: SpeechService = { speak, transcribe: async () => '', listVoices: async () => [] }
  return { warn, find: createAnswerSpeech({ speech, logger }) }
}

async function* soundOf(...lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const length of lengths) yield new Uint8Array(length)
}

async function hear(speak: SpeechService['speak'], signal = new AbortController().signal) {
  const { warn, find } = aVoice(speak)
  const lengths: number[] = []
  for await (const { length } of find({ ...answer, config: aloud })?.(signal) ?? []) lengths.push(length)
  return { lengths, logged: warn.mock.calls.map(([, message]) => message) }
}

describe('the speech of answers', () => {
  it.each([
    [{}],
    [{ text_to_speech: null }],
    [{ text_to_speech: { enabled: true } }],
    [{ text_to_speech: { enabled: true, autoPlay: 'disabled' } }],
    [{ text_to_speech: { enabled: true, autoPlay: true } }],
    [{ text_to_speech: { enabled: false, autoPlay: 'enabled' } }],
  ])('is nothing to an app with %j', (config) => {
    expect(aVoice(async () => soundOf(1)).find({ ...answer, config })).toBeUndefined()
  })

  it('is that of the message, for whoever asked, in the voice of the app', async () => {
    const speak = vi.fn<SpeechService['speak']>(async () => soundOf(20_000, 1))
    expect(await hear(speak)).toEqual({ lengths: [16_383, 3_618], logged: [] })
    expect(speak.mock.calls[0]?.[0]).toMatchObject({
      app,
      asker: answer.asker,
      messageId: 'message',
      endUserId: 'ann',
      config: { voice: 'coral' },
    })
  })

  it('fails nobody, and is logged once', async () => {
    const logged = ['An answer was not spoken to its end']
    const fail = () => Promise.reject(new AppError('provider_not_initialize'))
    expect(await hear(fail)).toEqual({ lengths: [], logged })
    async function* breakOff() {
      yield* soundOf(20_000)
      throw new AppError('completion_request_error')
    }
    expect(await hear(async () => breakOff())).toEqual({ lengths: [16_383], logged })
  })

  it('says nothing of an answer without words, or to whoever has left', async () => {
    const refusal = { reason: 'nothing_to_speak', values: {} } as const
    expect(await hear(() => Promise.reject(new AppError('invalid_param', { refusal })))).toEqual({ lengths: [], logged: [] })
    expect(await hear(() => Promise.reject(new Error('gone')), AbortSignal.abort())).toEqual({ lengths: [], logged: [] })
  })
})
