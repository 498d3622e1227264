import { z } from 'zod'
import { speechErrors, speechInput, transcriptionErrors, transcriptSchema } from '../entities/speech.ts'
import { defineRoute } from '../routes/define-route.ts'
import { webApp } from './web-app.ts'

export const webAudioRoutes = {
  transcribeWebAudio: defineRoute({
    ...webApp,
    tag: 'Audio',
    method: 'POST',
    path: '/audio-to-text',
    summary: 'Write down what a visitor said (part `file`)',
    rawBody: 'multipart',
    responses: { 200: transcriptSchema },
    errors: [...transcriptionErrors],
  }),
  speakWebText: defineRoute({
    ...webApp,
    tag: 'Audio',
    method: 'POST',
    path: '/text-to-audio',
    summary: 'Speak a text, or the answer of a message',
    body: z.object(speechInput),
    responses: { 200: null },
    produces: 'audio',
    errors: [...speechErrors],
  }),
}
