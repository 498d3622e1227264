import { z } from 'zod'
import { jsonObject, orNull } from '../common/wire.ts'

/** A form that a run asked its user to fill in, as message history shows it (service-api 1.4). */
export const humanInputContentSchema = z.object({
  type: z.literal('human_input'),
  workflow_run_id: z.string(),
  submitted: z.boolean(),
  form_definition: orNull(
    z.object({
      form_id: z.string(),
      node_id: z.string(),
      node_title: z.string(),
      form_content: z.string(),
      inputs: z.array(jsonObject),
      actions: z.array(jsonObject),
      display_in_ui: z.boolean(),
      form_token: orNull(z.string()),
      resolved_default_values: z.record(z.string(), z.string()),
      expiration_time: orNull(z.number().int()),
    }),
  ),
  form_submission_data: orNull(
    z.object({
      node_id: z.string(),
      node_title: z.string(),
      rendered_content: z.string(),
      action_id: z.string(),
      action_text: z.string(),
      submitted_data: orNull(jsonObject),
    }),
  ),
})
export type HumanInputContent = z.output<typeof humanInputContentSchema>
