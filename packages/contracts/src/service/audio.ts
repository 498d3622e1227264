import { z } from 'zod'
import { optionalUser } from '../common/wire.ts'
import { speechErrors, speechInput, transcriptionErrors, transcriptSchema } from '../entities/speech.ts'
import { defineRoute } from '../routes/define-route.ts'

const audio = { surface: 'service', tag: 'Audio', auth: { type: 'app-key' }, method: 'POST' } as const

export const serviceAudioRoutes = {
  transcribeAudio: defineRoute({
    ...audio,
    path: '/audio-to-text',
    summary: 'Write down what is said in a recording (part `file`)',
    rawBody: 'multipart',
    responses: { 200: transcriptSchema },
    errors: [...transcriptionErrors],
  }),
  speakText: defineRoute({
    ...audio,
    path: '/text-to-audio',
    summary: 'Speak a text, or the answer of a message',
    body: z.object({ ...speechInput, user: optionalUser }),
    responses: { 200: null },
    produces: 'audio',
    errors: [...speechErrors],
  }),
}
