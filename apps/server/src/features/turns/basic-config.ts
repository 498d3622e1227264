import { z } from 'zod'

/**
 * What a chat or text app is made of, read from its stored `model_config` (workflow spec 1.8). Lenient: a configuration may come
 * from an old app file, and a section that it lacks is switched off.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const switchable = z
  .looseObject({ enabled: z.boolean().catch(false) })
  .nullish()
  .catch(null)

const field = z.looseObject({
  label: z.string().catch(''),
  variable: z.string(),
  required: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  default: z.unknown().optional(),
  max_length: z.coerce.number().int().nullish().catch(null),
  options: z.array(z.string()).nullish().catch(null),
  /** What fills the field, of external data. */
  type: z.unknown().optional(),
  enabled: z.unknown().optional(),
  config: z.unknown().optional(),
})

const formItem = z.record(z.string(), z.unknown()).transform((item, context) => {
  const [type, value] = Object.entries(item)[0] ?? []
  const parsed = field.safeParse(value)
  if (type && parsed.success) {
    const { type: kind, ...rest } = parsed.data
    return { ...rest, type, ...(kind === undefined ? {} : { kind }) }
  }
  context.addIssue({ code: 'custom', message: 'A field of the form is malformed.' })
  return z.NEVER
})

export type FormField = z.infer<typeof formItem>

const suggestedQuestions = z
  .looseObject({
    enabled: z.boolean().catch(false),
    prompt: z.string().nullish(),
    model: z
      .looseObject({ provider: z.string(), name: z.string(), completion_params: z.record(z.string(), z.unknown()).nullish() })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null)

export const basicConfigSchema = z.looseObject({
  model: z.looseObject({
    provider: z.string(),
    name: z.string(),
    mode: z.enum(['chat', 'completion']).nullish().catch(null),
    completion_params: z
      .record(z.string(), z.unknown())
      .nullish()
      .transform((value) => value ?? {}),
  }),
  prompt_type: z
    .enum(['simple', 'advanced'])
    .nullish()
    .transform((value) => value ?? 'simple'),
  pre_prompt: text,
  chat_prompt_config: z
    .looseObject({ prompt: z.array(z.object({ role: z.string(), text: z.string() })).catch([]) })
    .nullish()
    .catch(null),
  completion_prompt_config: z
    .looseObject({
      prompt: z.object({ text: z.string() }),
      conversation_histories_role: z.object({ user_prefix: z.string(), assistant_prefix: z.string() }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  user_input_form: z
    .array(formItem)
    .nullish()
    .transform((value) => value ?? []),
  opening_statement: text,
  suggested_questions: z
    .array(z.string())
    .nullish()
    .transform((value) => value ?? []),
  suggested_questions_after_answer: suggestedQuestions,
  more_like_this: switchable,
  external_data_tools: z.array(z.unknown()).nullish().catch(null),
  file_upload: z.looseObject({}).nullish().catch(null),
})

export type BasicConfig = z.infer<typeof basicConfigSchema>

/** What of an app's configuration says whether and how it suggests what to ask next; features of chatflows have it too. */
export const suggestionConfigSchema = z.looseObject({ suggested_questions_after_answer: suggestedQuestions })

export type SuggestionConfig = z.infer<typeof suggestionConfigSchema>
