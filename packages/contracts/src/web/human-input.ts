import { z } from 'zod'
import { timestamp } from '../common/wire.ts'
import { uploadedFileSchema } from '../entities/file.ts'
import { formAnswer, formAnsweringErrors, formParams, formReadingErrors, humanInputFormSchema } from '../entities/human-input-form.ts'
import { defineRoute } from '../routes/define-route.ts'
import { uploadErrors } from '../routes/upload-errors.ts'
import { webSiteSchema } from './site.ts'

/** Whoever has a form's token may read and answer it. */
const form = { surface: 'web', tag: 'Human input', auth: { type: 'public' }, addressBudget: 'form' } as const
const tooMany = 'web_form_rate_limit_exceeded'

export const webHumanInputRoutes = {
  getWebForm: defineRoute({
    ...form,
    method: 'GET',
    path: '/form/human_input/:form_token',
    summary: 'Get a form that a run waits for, with the look of its app',
    params: formParams,
    responses: { 200: humanInputFormSchema.extend({ site: webSiteSchema }) },
    errors: [...formReadingErrors, tooMany],
  }),
  submitWebForm: defineRoute({
    ...form,
    method: 'POST',
    path: '/form/human_input/:form_token',
    summary: 'Answer a form; its run goes on, the first answer counts',
    params: formParams,
    body: z.object(formAnswer),
    responses: { 200: z.object({}) },
    errors: [...formAnsweringErrors, tooMany],
  }),
  createFormUploadToken: defineRoute({
    ...form,
    method: 'POST',
    path: '/form/human_input/:form_token/upload-token',
    summary: 'Get a token with which files of an answer are uploaded',
    params: formParams,
    responses: { 200: z.object({ upload_token: z.string(), expires_at: timestamp }) },
    errors: [...formReadingErrors, tooMany],
  }),
  uploadFormFile: defineRoute({
    ...form,
    method: 'POST',
    path: '/human-input-forms/files',
    summary: 'Upload one file of an answer (part `file`), or have it fetched (part `url`); the upload token is the bearer',
    rawBody: 'multipart',
    responses: { 201: uploadedFileSchema },
    errors: [...formReadingErrors, ...uploadErrors, 'unauthorized', 'bad_request', 'remote_file_upload_error', tooMany],
  }),
}
