import { z } from 'zod'
import { jsonObject, orNull, timestamp } from '../common/wire.ts'
import type { ErrorCode } from '../errors/catalog.ts'

const action = z.object({ id: z.string(), title: z.string(), button_style: z.string() })

/** A form that a run waits for, as whoever answers it gets it (service-api 1.9). */
export const humanInputFormSchema = z.object({
  /** Markdown; `{{#$output.name#}}` marks the places of the inputs. */
  form_content: z.string(),
  inputs: z.array(jsonObject),
  /** What the inputs begin with, by name, where variables say so. */
  resolved_default_values: z.record(z.string(), z.string()),
  user_actions: z.array(action),
  expiration_time: orNull(timestamp),
})
export type HumanInputForm = z.infer<typeof humanInputFormSchema>

/** An answer to a form: its inputs by name, and the id of the action that was chosen. */
export const formAnswer = { inputs: jsonObject, action: z.string() }

export const formParams = z.object({ form_token: z.string().max(64) })

/** What reading a form may answer. */
export const formReadingErrors = [
  'not_found',
  'human_input_form_submitted',
  'human_input_form_expired',
] as const satisfies readonly ErrorCode[]

/** What answering it may answer. */
export const formAnsweringErrors = [
  ...formReadingErrors,
  'bad_request',
  'invalid_form_data',
  'service_unavailable',
  'dependency_unavailable',
] as const satisfies readonly ErrorCode[]

/** Why a run is paused (service-api 1.2). */
export const pauseReasonSchema = z.object({
  TYPE: z.literal('human_input_required'),
  form_id: z.string(),
  form_content: z.string(),
  inputs: z.array(jsonObject),
  actions: z.array(action),
  node_id: z.string(),
  node_title: z.string(),
  resolved_default_values: z.record(z.string(), z.string()),
  form_token: orNull(z.string()),
  approval_channels: z.array(z.string()),
  expiration_time: timestamp,
})
