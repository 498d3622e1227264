import { z } from 'zod'
import { queryBoolean, uuid } from '../common/wire.ts'
import { defineRoute } from '../routes/define-route.ts'

/** A link's signature (service-api 6.4). */
const signature = {
  /** Unix seconds. */
  timestamp: z.string().min(1),
  nonce: z.string().min(1),
  sign: z.string().min(1),
}

const signed = { surface: 'files', tag: 'Files', auth: { type: 'public' }, produces: 'binary', responses: { 200: null } } as const

/** Files, and other things that are too large for an answer, by signed link. */
export const fileRoutes = {
  getSignedFile: defineRoute({
    ...signed,
    method: 'GET',
    path: '/:file_id/file-preview',
    summary: 'Get the bytes of a file by a signed link',
    params: z.object({ file_id: uuid }),
    query: z.object({ ...signature, as_attachment: queryBoolean.default(false) }),
    errors: ['not_found'],
  }),
  getSignedImage: defineRoute({
    ...signed,
    method: 'GET',
    path: '/:file_id/image-preview',
    summary: 'Get an image by a signed link (older address)',
    params: z.object({ file_id: uuid }),
    query: z.object(signature),
    errors: ['not_found'],
  }),
  getDraftVariableContent: defineRoute({
    ...signed,
    method: 'GET',
    path: '/draft-variables/:variable_id',
    summary: 'Get the whole value of a variable of a draft, as JSON, by a signed link',
    params: z.object({ variable_id: uuid }),
    query: z.object(signature),
    errors: ['not_found'],
  }),
}
