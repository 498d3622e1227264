import { z } from 'zod'
import { orNull } from '../common/wire.ts'
import { inputFormItemSchema } from './input-form.ts'

/** How a section does its work stays inside: callers would read the words that moderation looks for, and what models are told. */
const switchable = z.object({ enabled: z.boolean() })

/** What a caller must know to offer an app (service-api 1.7). */
export const appParametersSchema = z.object({
  opening_statement: orNull(z.string()),
  suggested_questions: z.array(z.string()),
  suggested_questions_after_answer: switchable,
  speech_to_text: switchable,
  text_to_speech: switchable.extend({
    voice: z.string().nullish(),
    language: z.string().nullish(),
    autoPlay: z.enum(['enabled', 'disabled']).nullish(),
  }),
  retriever_resource: switchable,
  annotation_reply: switchable,
  more_like_this: switchable,
  sensitive_word_avoidance: switchable.extend({ type: z.string().nullish(), configs: z.array(z.unknown()).nullish() }),
  user_input_form: z.array(inputFormItemSchema),
  file_upload: z.record(z.string(), z.unknown()),
  /** Sizes in MB. */
  system_parameters: z.object({
    image_file_size_limit: z.number().int(),
    video_file_size_limit: z.number().int(),
    audio_file_size_limit: z.number().int(),
    file_size_limit: z.number().int(),
    workflow_file_upload_limit: z.number().int(),
  }),
})
export type AppParameters = z.infer<typeof appParametersSchema>

export const appMetaSchema = z.object({
  tool_icons: z.record(z.string(), z.union([z.string(), z.object({ background: z.string(), content: z.string() })])),
})
