import { z } from 'zod'
import { remoteFileInfoSchema, remoteUploadedFileSchema, uploadedFileSchema } from '../entities/file.ts'
import { defineRoute } from '../routes/define-route.ts'
import { uploadErrors } from '../routes/upload-errors.ts'
import { webApp } from './web-app.ts'

export const webFileRoutes = {
  uploadWebFile: defineRoute({
    ...webApp,
    tag: 'Files',
    method: 'POST',
    path: '/files/upload',
    summary: 'Upload one file (part `file`)',
    rawBody: 'multipart',
    responses: { 201: uploadedFileSchema },
    errors: [...uploadErrors],
  }),
  getWebRemoteFileInfo: defineRoute({
    ...webApp,
    tag: 'Files',
    method: 'GET',
    path: '/remote-files/:url',
    summary: 'Tell type and size of a file on another server (its address percent-encoded)',
    params: z.object({ url: z.string() }),
    responses: { 200: remoteFileInfoSchema },
    errors: ['remote_file_upload_error'],
  }),
  uploadWebRemoteFile: defineRoute({
    ...webApp,
    tag: 'Files',
    method: 'POST',
    path: '/remote-files/upload',
    summary: 'Fetch a file from another server and keep it',
    body: z.object({ url: z.url({ protocol: /^https?$/, error: 'An http or https address is needed.' }) }),
    responses: { 201: remoteUploadedFileSchema },
    errors: ['remote_file_upload_error', 'file_too_large', 'unsupported_file_type', 'file_extension_blocked'],
  }),
}
