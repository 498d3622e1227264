import { z } from 'zod'
import { orNull, uuid } from '../common/wire.ts'
import { formAnswer, formAnsweringErrors, formParams, formReadingErrors, humanInputFormSchema } from '../entities/human-input-form.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'

const form = { surface: 'console', tag: 'Human input', auth: editing } as const

const pausedNode = z.object({
  node_id: z.string(),
  node_title: z.string(),
  pause_type: z.object({
    type: z.literal('human_input'),
    form_id: z.string(),
    /** The form's page, for whoever stands in for those who were asked. */
    backstage_input_url: orNull(z.string()),
  }),
})

export const consoleHumanInputRoutes = {
  getConsoleForm: defineRoute({
    ...form,
    method: 'GET',
    path: '/form/human_input/:form_token',
    summary: 'Get a form that a run of the workspace waits for',
    params: formParams,
    responses: { 200: humanInputFormSchema },
    errors: [...formReadingErrors],
  }),
  submitConsoleForm: defineRoute({
    ...form,
    method: 'POST',
    path: '/form/human_input/:form_token',
    summary: 'Answer a form; its run goes on, the first answer counts',
    params: formParams,
    body: z.object(formAnswer),
    responses: { 200: z.object({}) },
    errors: [...formAnsweringErrors],
  }),
  getPauseDetails: defineRoute({
    ...form,
    method: 'GET',
    path: '/workflow/:run_id/pause-details',
    summary: 'Tell what a paused run waits for',
    params: z.object({ run_id: uuid }),
    responses: {
      200: z.object({
        /** ISO 8601; null where it is not paused. */
        paused_at: orNull(z.string()),
        paused_nodes: z.array(pausedNode),
      }),
    },
    errors: ['not_found'],
  }),
}
