import { z } from 'zod'
import { optionalUser, queryBoolean, uuid } from '../common/wire.ts'
import { uploadedFileSchema } from '../entities/file.ts'
import { defineRoute } from '../routes/define-route.ts'
import { uploadErrors } from '../routes/upload-errors.ts'

export const serviceFileRoutes = {
  uploadFile: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/files/upload',
    summary: 'Upload one file (part `file`) for a later message of the end user (part `user`)',
    tag: 'Files',
    auth: { type: 'app-key' },
    rawBody: 'multipart',
    responses: { 201: uploadedFileSchema },
    errors: [...uploadErrors],
  }),
  previewFile: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/files/:file_id/preview',
    summary: 'Get the bytes of a file that belongs to a message of this app',
    tag: 'Files',
    auth: { type: 'app-key' },
    params: z.object({ file_id: uuid }),
    query: z.object({ as_attachment: queryBoolean.default(false), user: optionalUser }),
    responses: { 200: null },
    produces: 'binary',
    errors: ['file_access_denied', 'file_not_found'],
  }),
}
