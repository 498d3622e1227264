import { z } from 'zod'
import { pageOf, uuid } from '../common/wire.ts'
import {
  annotationJobStarted,
  annotationJobState,
  annotationListQuery,
  annotationReplyAction,
  annotationReplyInput,
  annotationSchema,
} from '../entities/annotation.ts'
import { defineRoute } from '../routes/define-route.ts'

const annotations = { surface: 'service', tag: 'Annotations', auth: { type: 'app-key' } } as const
const errors = ['not_chat_app', 'not_found', 'invalid_param'] as const
const annotationParams = z.object({ annotation_id: uuid })
const input = z.object({ question: z.string(), answer: z.string() })

export const serviceAnnotationRoutes = {
  listAppAnnotations: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/annotations',
    summary: 'List the annotations of the app, newest first',
    query: z.object(annotationListQuery),
    responses: { 200: pageOf(annotationSchema) },
    errors,
  }),
  createAppAnnotation: defineRoute({
    ...annotations,
    method: 'POST',
    path: '/apps/annotations',
    summary: 'Write an annotation',
    body: input,
    responses: { 201: annotationSchema },
    errors,
  }),
  updateAppAnnotation: defineRoute({
    ...annotations,
    method: 'PUT',
    path: '/apps/annotations/:annotation_id',
    summary: 'Change an annotation',
    params: annotationParams,
    body: input,
    responses: { 200: annotationSchema },
    errors,
  }),
  deleteAppAnnotation: defineRoute({
    ...annotations,
    method: 'DELETE',
    path: '/apps/annotations/:annotation_id',
    summary: 'Delete an annotation and its hit history',
    params: annotationParams,
    responses: { 204: null },
    errors,
  }),
  switchAppAnnotationReply: defineRoute({
    ...annotations,
    method: 'POST',
    path: '/apps/annotation-reply/:action',
    summary: 'Have the app answer with its annotations, or no longer',
    params: z.object({ action: annotationReplyAction }),
    body: annotationReplyInput,
    responses: { 200: annotationJobStarted },
    errors: [...errors, 'provider_not_initialize', 'model_currently_not_support'],
  }),
  getAppAnnotationReplyJob: defineRoute({
    ...annotations,
    method: 'GET',
    path: '/apps/annotation-reply/:action/status/:job_id',
    summary: 'Tell how far switching it on or off is',
    params: z.object({ action: annotationReplyAction, job_id: uuid }),
    responses: { 200: annotationJobState },
    errors,
  }),
}
