import type { SpeechModel, Transcript, TranscriptionModel } from '@trellis/spec'
import { z } from 'zod'
import { postJson, readJson, sendRequest, type WireEndpoint } from './endpoint.ts'
import { fromExchangeFailure, nonsense } from './error.ts'

/** OpenAI refuses longer texts. */
const MAX_SPEECH_LENGTH = 4_096

const count = z.number().int().nonnegative()
const transcript = z.object({
  text: z.string(),
  // Others of the family tell nothing of it, or something else.
  usage: z
    .union([
      z.object({ type: z.literal('tokens'), input_tokens: count, output_tokens: count }),
      z.object({ type: z.literal('duration'), seconds: z.number().nonnegative() }),
    ])
    .optional()
    .catch(undefined),
})

/** A model behind `/audio/transcriptions`. */
export function createWireTranscriptionModel(endpoint: WireEndpoint, model: string): TranscriptionModel {
  return {
    async transcribe(audio, signal) {
      signal.throwIfAborted()
      const form = new FormData()
      // The bytes come from storage and are never shared memory, which a Blob could not hold.
      form.append('file', new Blob([audio.bytes as Uint8Array<ArrayBuffer>], { type: audio.mimeType }), audio.filename)
      form.append('model', model)
      form.append('response_format', 'json')
      const encoded = new Response(form)
      const headers = { 'content-type': encoded.headers.get('content-type') ?? 'multipart/form-data' }
      const body = new Uint8Array(await encoded.arrayBuffer())
      const url = endpoint.urlFor('/audio/transcriptions', model)
      const response = await sendRequest(endpoint, { url, method: 'POST', headers, body }, signal)
      const answer = transcript.safeParse(await readJson(response, endpoint, signal))
      if (!answer.success) throw nonsense('no transcript.', endpoint.secrets, answer.error)
      return toTranscript(answer.data)
    },
  }
}

function toTranscript({ text, usage }: z.infer<typeof transcript>): Transcript {
  if (usage?.type === 'tokens') return { text, tokens: { promptTokens: usage.input_tokens, completionTokens: usage.output_tokens } }
  return { text, ...(usage ? { soundSeconds: usage.seconds } : {}) }
}

/** A model behind `/audio/speech`; gives MP3. Texts beyond the provider's limit are spoken in several requests, cut between sentences. */
export function createWireSpeechModel(endpoint: WireEndpoint, model: string): SpeechModel {
  return {
    async *speak(text, voice, signal) {
      for (const input of splitForSpeech(text, MAX_SPEECH_LENGTH)) {
        const body = { model, input, voice, response_format: 'mp3' }
        const response = await postJson(endpoint, '/audio/speech', body, signal)
        try {
          yield* response.chunks
        } catch (error) {
          throw fromExchangeFailure(error, signal, endpoint.secrets)
        }
      }
    },
  }
}

/** Pieces of at most `maxLength` characters, cut after the last sentence that fits, else after the last space, else anywhere. */
export function splitForSpeech(text: string, maxLength: number): readonly string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > maxLength) {
    const window = rest.slice(0, maxLength)
    const sentence = Math.max(
      ...['. ', '! ', '? ', '\n', '。', '！', '？'].map((mark) => window.lastIndexOf(mark) + (window.includes(mark) ? mark.length : 0)),
    )
    const space = window.lastIndexOf(' ') + 1
    const cut = sentence > 0 ? sentence : space > 0 ? space : maxLength
    pieces.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  return rest === '' ? pieces : [...pieces, rest]
}
