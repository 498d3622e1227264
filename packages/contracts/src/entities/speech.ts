import { z } from 'zod'
import { optionalCursor } from '../common/wire.ts'
import type { ErrorCode } from '../errors/catalog.ts'

export const transcriptSchema = z.object({ text: z.string() })

/** What is to be spoken (service-api 1.5): the answer of a message, or else a text. */
export const speechInput = {
  message_id: optionalCursor,
  text: z.string().nullish(),
  /** As the model knows it; the app’s where absent. */
  voice: z.string().nullish(),
  /** Without effect, as in Dify: audio is sent as it comes. */
  streaming: z.unknown().optional(),
}

const modelErrors = [
  'app_unavailable',
  'provider_not_initialize',
  'provider_quota_exceeded',
  'model_currently_not_support',
  'completion_request_error',
  'too_many_requests',
] as const satisfies readonly ErrorCode[]

export const transcriptionErrors = [
  ...modelErrors,
  'provider_not_support_speech_to_text',
  'bad_request_key_error',
  'no_audio_uploaded',
  'too_many_files',
  'audio_too_large',
  'unsupported_audio_type',
] as const satisfies readonly ErrorCode[]

export const speechErrors = [...modelErrors, 'not_found'] as const satisfies readonly ErrorCode[]

/** A voice that an app may speak with. */
export const voiceSchema = z.object({ name: z.string(), value: z.string() })
export type Voice = z.infer<typeof voiceSchema>
