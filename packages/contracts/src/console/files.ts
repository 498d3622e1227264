import { z } from 'zod'
import { remoteFileInfoSchema, remoteUploadedFileSchema, uploadedFileSchema } from '../entities/file.ts'
import { defineRoute } from '../routes/define-route.ts'
import { signedIn } from '../routes/roles.ts'
import { uploadErrors } from '../routes/upload-errors.ts'

const size = z.number().int()

/** Sizes in MB, the rest counts. */
export const uploadLimitsSchema = z.object({
  file_size_limit: size,
  batch_count_limit: size,
  file_upload_limit: size.nullable(),
  image_file_size_limit: size,
  video_file_size_limit: size,
  audio_file_size_limit: size,
  workflow_file_upload_limit: size,
  image_file_batch_limit: size,
  single_chunk_attachment_limit: size,
  attachment_image_file_size_limit: size,
})

const files = { surface: 'console', tag: 'Files', auth: signedIn } as const

export const consoleFileRoutes = {
  getUploadLimits: defineRoute({
    ...files,
    method: 'GET',
    path: '/files/upload',
    summary: 'Tell how large uploads may be',
    responses: { 200: uploadLimitsSchema },
  }),
  uploadConsoleFile: defineRoute({
    ...files,
    method: 'POST',
    path: '/files/upload',
    summary: 'Upload one file (part `file`)',
    rawBody: 'multipart',
    responses: { 201: uploadedFileSchema },
    errors: [...uploadErrors, 'file_extension_blocked'],
  }),
  getSupportedFileTypes: defineRoute({
    ...files,
    method: 'GET',
    path: '/files/support-type',
    summary: 'List the extensions of documents that can be read',
    responses: { 200: z.object({ allowed_extensions: z.array(z.string()) }) },
  }),
  getRemoteFileInfo: defineRoute({
    ...files,
    method: 'GET',
    path: '/remote-files/:url',
    summary: 'Tell type and size of a file on another server (its address percent-encoded)',
    params: z.object({ url: z.string() }),
    responses: { 200: remoteFileInfoSchema },
    errors: ['remote_file_upload_error'],
  }),
  uploadRemoteFile: defineRoute({
    ...files,
    method: 'POST',
    path: '/remote-files/upload',
    summary: 'Fetch a file from another server and keep it',
    body: z.object({ url: z.url({ protocol: /^https?$/, error: 'An http or https address is needed.' }) }),
    responses: { 201: remoteUploadedFileSchema },
    errors: ['remote_file_upload_error', 'file_too_large', 'unsupported_file_type', 'file_extension_blocked'],
  }),
}
