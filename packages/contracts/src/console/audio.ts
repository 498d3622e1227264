import { z } from 'zod'
import { speechErrors, speechInput, transcriptionErrors, transcriptSchema, voiceSchema } from '../entities/speech.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

const audio = { surface: 'console', tag: 'Debugging', auth: editing, params: appParams } as const

export const consoleAudioRoutes = {
  transcribeDebugAudio: defineRoute({
    ...audio,
    method: 'POST',
    path: '/apps/:app_id/audio-to-text',
    summary: 'Write down what is said in a recording (part `file`), as the app’s page would',
    rawBody: 'multipart',
    responses: { 200: transcriptSchema },
    errors: [...transcriptionErrors, 'app_not_found'],
  }),
  speakDebugText: defineRoute({
    ...audio,
    method: 'POST',
    path: '/apps/:app_id/text-to-audio',
    summary: 'Speak a text, or the answer of a message; tries any voice',
    body: z.object(speechInput),
    responses: { 200: null },
    produces: 'audio',
    errors: [...speechErrors, 'app_not_found'],
  }),
  listVoices: defineRoute({
    ...audio,
    method: 'GET',
    path: '/apps/:app_id/text-to-audio/voices',
    summary: 'List the voices of the workspace’s text-to-speech model that speak a language',
    query: z.object({ language: z.string().min(1) }),
    responses: { 200: z.array(voiceSchema) },
    errors: ['app_not_found', 'provider_not_initialize'],
  }),
}
