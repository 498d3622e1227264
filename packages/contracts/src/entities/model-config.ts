import { z } from 'zod'
import { jsonObject, orDefault, orNull, timestamp, uuid } from '../common/wire.ts'
import { inputFormItemSchema } from './input-form.ts'

const switchedOff = { enabled: false }
const toggle = orDefault(z.looseObject({ enabled: z.boolean() }), switchedOff)

const completionParamsSchema = z.looseObject({
  /** Texts at which the model ends its answer. */
  stop: z.array(z.string()).max(4, 'stop takes at most 4 texts').nullish(),
})

export const configuredModelSchema = z.looseObject({
  /** `langgenius/openai/openai`, or the bare name. */
  provider: z.string().min(1),
  name: z.string().min(1),
  /** Overwritten by the model's own mode when the configuration is saved. */
  mode: z.string().nullish(),
  completion_params: completionParamsSchema,
})
export type ConfiguredModel = z.infer<typeof configuredModelSchema>

const chatPromptConfigSchema = z.looseObject({
  prompt: z.array(z.looseObject({ role: z.string(), text: z.string() })).nullish(),
})

const completionPromptConfigSchema = z.looseObject({
  prompt: z.looseObject({ text: z.string() }).nullish(),
  conversation_histories_role: z.looseObject({ user_prefix: z.string(), assistant_prefix: z.string() }).nullish(),
})

const suggestionsSchema = z.looseObject({
  enabled: z.boolean(),
  prompt: z.string().max(1000, 'the prompt for suggested questions takes at most 1000 characters').nullish(),
  model: z.looseObject({ provider: z.string(), name: z.string(), completion_params: jsonObject.nullish() }).nullish(),
})

const fileUploadSchema = z.looseObject({
  enabled: z.boolean().nullish(),
  allowed_file_types: z.array(z.string()).nullish(),
  allowed_file_extensions: z.array(z.string()).nullish(),
  allowed_file_upload_methods: z.array(z.string()).nullish(),
  number_limits: z.number().int().nullish(),
  /** The older form of the whole section. */
  image: z
    .looseObject({
      enabled: z.boolean().nullish(),
      number_limits: z.number().int().nullish(),
      detail: z.enum(['low', 'high']).nullish(),
      transfer_methods: z.array(z.string()).nullish(),
    })
    .nullish(),
})

const agentModeSchema = z.looseObject({
  enabled: z.boolean().nullish(),
  strategy: z.string().nullish(),
  max_iteration: z.number().int().nullish(),
  tools: z.array(jsonObject).nullish(),
  prompt: jsonObject.nullish(),
})

/**
 * The configuration of a basic app (workflow.md 1.8). Absent and `null` sections take their defaults; unknown keys stay.
 * What of it a mode does not use, and which form fields it takes, is checked where it is saved.
 */
export const modelConfigSchema = z.looseObject({
  model: configuredModelSchema,
  prompt_type: orDefault(z.enum(['simple', 'advanced']), 'simple'),
  pre_prompt: orDefault(z.string(), ''),
  chat_prompt_config: orDefault(chatPromptConfigSchema, {}),
  completion_prompt_config: orDefault(completionPromptConfigSchema, {}),
  user_input_form: orDefault(z.array(inputFormItemSchema), []),
  dataset_query_variable: orDefault(z.string(), ''),
  dataset_configs: orDefault(jsonObject, {}),
  agent_mode: orDefault(agentModeSchema, {}),
  opening_statement: orDefault(z.string(), ''),
  suggested_questions: orDefault(z.array(z.string()), []),
  suggested_questions_after_answer: orDefault<z.output<typeof suggestionsSchema>>(suggestionsSchema, switchedOff),
  speech_to_text: toggle,
  text_to_speech: toggle,
  retriever_resource: toggle,
  more_like_this: toggle,
  sensitive_word_avoidance: toggle,
  external_data_tools: orDefault(z.array(jsonObject), []),
  file_upload: orDefault(fileUploadSchema, {}),
})
export type ModelConfig = z.output<typeof modelConfigSchema>
export type ModelConfigInput = z.input<typeof modelConfigSchema>

/** The same as an app shows it, with who saved it. */
export const savedModelConfigSchema = z.looseObject({
  ...modelConfigSchema.shape,
  /** Read only: set up through its own routes. */
  annotation_reply: toggle,
  created_by: orNull(uuid),
  created_at: orNull(timestamp),
  updated_by: orNull(uuid),
  updated_at: orNull(timestamp),
})
export type SavedModelConfig = z.output<typeof savedModelConfigSchema>
