import { parseTemplate, type Selector, selectorsOf, type Template } from '@trellis/variables'
import { z } from 'zod'
import { memorySchema, modelSchema, visionSchema } from '../model-call/model-data.ts'
import { inputsOfTemplates, selectorSchema, textSchema, valueSchema } from '../node-data.ts'

const CONTEXT = '{{#context#}}'

const text = {
  text: textSchema,
  jinja2_text: textSchema,
  edition_type: z.enum(['basic', 'jinja2']).nullish().catch('basic'),
}

const messageSchema = z
  .looseObject({ role: z.enum(['system', 'user', 'assistant']), ...text })
  .transform((message) => ({ role: message.role, ...toText(message) }))

const completionSchema = z.looseObject(text).transform((prompt) => toText(prompt))

/** A text of the prompt: Jinja2, or ours, in pieces between which the context stands. */
export interface PromptText {
  readonly isJinja: boolean
  readonly source: string
  readonly pieces: readonly Template[]
}
export type PromptMessage = z.infer<typeof messageSchema>

function toText(given: {
  readonly text: string
  readonly jinja2_text: string
  readonly edition_type?: string | null | undefined
}): PromptText {
  const isJinja = given.edition_type === 'jinja2'
  const source = isJinja ? given.jinja2_text : given.text
  return { isJinja, source, pieces: source.split(CONTEXT).map(parseTemplate) }
}

const nothing: { readonly isEnabled: boolean; readonly selector: Selector } = { isEnabled: false, selector: [] }

export const llmConfig = z
  .looseObject({
    model: modelSchema,
    prompt_template: z.union([z.array(messageSchema), completionSchema]),
    prompt_config: z
      .looseObject({ jinja2_variables: z.array(z.looseObject({ variable: z.string(), value_selector: selectorSchema })).nullish() })
      .nullish(),
    memory: memorySchema,
    context: z
      .looseObject({ enabled: z.boolean().catch(false), variable_selector: selectorSchema })
      .nullish()
      .transform((context) => (context ? { isEnabled: context.enabled, selector: context.variable_selector } : nothing)),
    vision: visionSchema,
    structured_output_enabled: z.boolean().nullish().catch(false),
    structured_output_switch_on: z.boolean().nullish().catch(false),
    structured_output: z.looseObject({ schema: valueSchema.optional() }).nullish(),
    reasoning_format: z.enum(['tagged', 'separated']).catch('tagged'),
    invocation: z.looseObject({ first_token_timeout_ms: z.number().positive().nullish().catch(null) }).nullish(),
  })
  .transform((data) => ({
    model: data.model,
    prompt: data.prompt_template,
    jinjaVariables: data.prompt_config?.jinja2_variables ?? [],
    memory: data.memory ?? undefined,
    context: data.context,
    vision: data.vision,
    /** The schema as the file has it; undefined: the reply is text. */
    structuredOutput:
      data.structured_output && (data.structured_output_enabled || data.structured_output_switch_on)
        ? { schema: data.structured_output.schema ?? {} }
        : undefined,
    reasoningFormat: data.reasoning_format,
    firstTokenTimeoutMs: data.invocation?.first_token_timeout_ms ?? undefined,
  }))
export type LlmConfig = z.infer<typeof llmConfig>

const textsOf = ({ prompt }: LlmConfig): readonly PromptText[] => ('pieces' in prompt ? [prompt] : prompt)

/** What a single run must be given. */
export function inputsOf(config: LlmConfig): Readonly<Record<string, Selector>> {
  const texts = textsOf(config)
  const jinja = texts.some(({ isJinja }) => isJinja) ? config.jinjaVariables : []
  return {
    ...inputsOfTemplates(...texts.flatMap(({ isJinja, source }) => (isJinja ? [] : [source])), config.memory?.query_prompt_template ?? ''),
    ...(config.context.isEnabled && config.context.selector.length > 0 ? { '#context#': config.context.selector } : {}),
    ...(config.vision.isEnabled ? { '#files#': config.vision.selector } : {}),
    ...Object.fromEntries(jinja.map(({ variable, value_selector }) => [variable, value_selector])),
  }
}

/** The variables that the prompt's texts name, of either edition. */
export const promptSelectors = (config: LlmConfig): readonly Selector[] =>
  textsOf(config).flatMap(({ pieces }) => pieces.flatMap((piece) => selectorsOf(piece)))
