import { z } from 'zod'
import { requiredUser } from '../common/wire.ts'
import { formAnswer, formAnsweringErrors, formParams, formReadingErrors, humanInputFormSchema } from '../entities/human-input-form.ts'
import { defineRoute } from '../routes/define-route.ts'

const form = { surface: 'service', tag: 'Human input', auth: { type: 'app-key' }, path: '/form/human_input/:form_token' } as const

export const serviceHumanInputRoutes = {
  getServiceForm: defineRoute({
    ...form,
    method: 'GET',
    summary: 'Get a form that a run of the app waits for',
    params: formParams,
    responses: { 200: humanInputFormSchema },
    errors: [...formReadingErrors],
  }),
  submitServiceForm: defineRoute({
    ...form,
    method: 'POST',
    summary: 'Answer a form; its run goes on, the first answer counts',
    params: formParams,
    body: z.object({ ...formAnswer, user: requiredUser }),
    responses: { 200: z.object({}) },
    errors: [...formAnsweringErrors],
  }),
}
