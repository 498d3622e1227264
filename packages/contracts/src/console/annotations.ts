import { z } from 'zod'
import { pageOf, queryInteger, uuid } from '../common/wire.ts'
import {
  annotationHitSchema,
  annotationJobStarted,
  annotationJobState,
  annotationListQuery,
  annotationReplyAction,
  annotationReplyInput,
  annotationSchema,
  annotationSettingSchema,
} from '../entities/annotation.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { uploadErrors } from '../routes/upload-errors.ts'
import { appParams } from './apps.ts'

const annotations = { surface: 'console', tag: 'Annotations', auth: editing } as const
const errors = ['app_not_found', 'not_found', 'invalid_param'] as const
const modelErrors = ['provider_not_initialize', 'model_currently_not_support', 'not_chat_app', ...errors] as const
const annotationParams = z.object({ app_id: uuid, annotation_id: uuid })
const jobParams = z.object({ app_id: uuid, job_id: uuid })

const text = z.string().nullish()

/** Repeated keys come as a list. */
const annotationIds = z
  .union([uuid, z.array(uuid)])
  .optional()
  .transform((ids) => (typeof ids === 'string' ? [ids] : ids))

export const consoleAnnotationRoutes = {
  listAnnotations: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/:app_id/annotations',
    summary: 'List the annotations of an app, newest first',
    params: appParams,
    query: z.object(annotationListQuery),
    responses: { 200: pageOf(annotationSchema) },
    errors,
  }),
  createAnnotation: defineRoute({
    ...annotations,
    method: 'POST',
    path: '/apps/:app_id/annotations',
    summary: 'Write an annotation, or the one of a message of the log',
    params: appParams,
    /** Of a message: its annotation is replaced where it has one, and its question is taken where none is given. */
    body: z.object({ message_id: uuid.nullish(), question: text, answer: text, content: text }),
    responses: { 201: annotationSchema },
    errors,
  }),
  deleteAnnotations: defineRoute({
    ...annotations,
    method: 'DELETE',
    path: '/apps/:app_id/annotations',
    summary: 'Delete the annotations named by `annotation_id`, or all where none is named',
    params: appParams,
    query: z.object({ annotation_id: annotationIds }),
    responses: { 204: null },
    errors,
  }),
  countAnnotations: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/:app_id/annotations/count',
    summary: 'Count the annotations of an app',
    params: appParams,
    responses: { 200: z.object({ count: z.number().int() }) },
    errors,
  }),
  exportAnnotations: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/:app_id/annotations/export',
    summary: 'Get all annotations of an app, as JSON or as CSV',
    params: appParams,
    query: z.object({ format: z.enum(['json', 'csv']).default('json') }),
    responses: { 200: z.object({ data: z.array(annotationSchema) }) },
    produces: 'text',
    errors,
  }),
  updateAnnotation: defineRoute({
    ...annotations,
    method: 'POST',
    path: '/apps/:app_id/annotations/:annotation_id',
    summary: 'Change an annotation',
    params: annotationParams,
    body: z.object({ question: text, answer: text, content: text }),
    responses: { 200: annotationSchema },
    errors,
  }),
  deleteAnnotation: defineRoute({
    ...annotations,
    method: 'DELETE',
    path: '/apps/:app_id/annotations/:annotation_id',
    summary: 'Delete an annotation and its hit history',
    params: annotationParams,
    responses: { 204: null },
    errors,
  }),
  listAnnotationHits: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/:app_id/annotations/:annotation_id/hit-histories',
    summary: 'List what an annotation answered, newest first',
    params: annotationParams,
    query: z.object({
      page: queryInteger({ min: 1, max: 99_999, default: 1 }),
      limit: queryInteger({ min: 1, max: 100, default: 20 }),
    }),
    responses: { 200: pageOf(annotationHitSchema) },
    errors,
  }),
  importAnnotations: defineRoute({
    ...annotations,
    method: 'POST',
    path: '/apps/:app_id/annotations/batch-import',
    summary: 'Import annotations from a CSV file: a line of headings, then question and answer',
    params: appParams,
    rawBody: 'multipart',
    responses: { 200: z.object({ ...annotationJobStarted.shape, record_count: z.number().int() }) },
    errors: [...uploadErrors, 'app_not_found', 'too_many_requests', 'bad_request', 'service_unavailable', 'dependency_unavailable'],
  }),
  getAnnotationImport: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/:app_id/annotations/batch-import-status/:job_id',
    summary: 'Tell how far an import is',
    params: jobParams,
    responses: { 200: annotationJobState },
    errors,
  }),
  switchAnnotationReply: defineRoute({
    ...annotations,
    method: 'POST',
    path: '/apps/:app_id/annotation-reply/:action',
    summary: 'Have an app answer with its annotations, or no longer',
    params: z.object({ app_id: uuid, action: annotationReplyAction }),
    body: annotationReplyInput,
    responses: { 200: annotationJobStarted },
    errors: modelErrors,
  }),
  getAnnotationReplyJob: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/:app_id/annotation-reply/:action/status/:job_id',
    summary: 'Tell how far switching it on or off is',
    params: z.object({ app_id: uuid, action: annotationReplyAction, job_id: uuid }),
    responses: { 200: annotationJobState },
    errors,
  }),
  getAnnotationSetting: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/:app_id/annotation-setting',
    summary: 'Tell whether and how an app answers with its annotations',
    params: appParams,
    responses: { 200: annotationSettingSchema },
    errors,
  }),
  updateAnnotationSetting: defineRoute({
    ...annotations,
    method: 'POST',
    path: '/apps/:app_id/annotation-settings/:setting_id',
    summary: 'Change how near a question must come',
    params: z.object({ app_id: uuid, setting_id: uuid }),
    body: annotationReplyInput.pick({ score_threshold: true }),
    responses: { 200: annotationSettingSchema },
    errors,
  }),
}
