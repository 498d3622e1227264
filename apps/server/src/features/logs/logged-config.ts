import { configuredModelSchema, inputFormItemSchema, wire } from '@trellis/contracts'
import { type AppsTable, fromJsonText } from '@trellis/db'
import { z } from 'zod'

const stored = z.looseObject({
  model: configuredModelSchema.nullish().catch(null),
  pre_prompt: z.string().nullish().catch(null),
  opening_statement: z.string().nullish().catch(null),
  suggested_questions: z.array(z.string()).nullish().catch(null),
  user_input_form: z.array(inputFormItemSchema).nullish().catch(null),
  agent_mode: wire.jsonObject.nullish().catch(null),
})

/** What the log tells of the configuration that answered; parts of an older shape are left out. */
export function presentConfig(config: NonNullable<AppsTable['draft_config']> | undefined) {
  const { data } = stored.safeParse(config === undefined ? undefined : fromJsonText<unknown>(config))
  return data
    ? {
        model: data.model ?? null,
        pre_prompt: data.pre_prompt ?? null,
        opening_statement: data.opening_statement ?? null,
        suggested_questions: data.suggested_questions ?? null,
        user_input_form: data.user_input_form ?? null,
        agent_mode: data.agent_mode ?? null,
      }
    : null
}
