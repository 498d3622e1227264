import { z } from 'zod'
import { orNull, timestamp, uuid } from '../common/wire.ts'

export const fileType = z.enum(['image', 'document', 'audio', 'video', 'custom'])
export type FileType = z.infer<typeof fileType>

export const fileTransferMethod = z.enum(['remote_url', 'local_file', 'tool_file'])
export type FileTransferMethod = z.infer<typeof fileTransferMethod>

const emptyAsAbsent = (value: string | null | undefined) => value || undefined

/**
 * A file that a caller attaches (service-api 0.6). `remote_url` is read as a synonym of `url`;
 * a reference whose method and address do not match is taken as it is, as long as it names something.
 */
export const fileInputSchema = z
  .object({
    type: fileType,
    transfer_method: fileTransferMethod,
    url: z.string().nullish(),
    remote_url: z.string().nullish(),
    upload_file_id: z.union([z.literal(''), uuid]).nullish(),
  })
  .refine((file) => file.url || file.remote_url || file.upload_file_id, {
    error: 'A file needs `url` (for remote_url) or `upload_file_id` (for local_file).',
  })
  .transform((file) => ({
    type: file.type,
    transfer_method: file.transfer_method,
    url: emptyAsAbsent(file.url) ?? emptyAsAbsent(file.remote_url),
    upload_file_id: emptyAsAbsent(file.upload_file_id),
  }))
export type FileInput = z.output<typeof fileInputSchema>

/** `files` of a run request: absent and null mean none. */
export const fileInputs = z
  .array(fileInputSchema)
  .nullish()
  .transform((files) => files ?? [])

/** What an upload answers (service-api 1.6). */
export const uploadedFileSchema = z.object({
  id: uuid,
  name: z.string(),
  size: z.number().int(),
  extension: orNull(z.string()),
  mime_type: orNull(z.string()),
  created_by: orNull(uuid),
  created_at: orNull(timestamp),
  preview_url: orNull(z.string()),
  source_url: orNull(z.string()),
  original_url: orNull(z.string()),
  user_id: orNull(uuid),
  tenant_id: orNull(uuid),
  conversation_id: orNull(uuid),
  file_key: orNull(z.string()),
  reference: orNull(z.string()),
})
export type UploadedFile = z.infer<typeof uploadedFileSchema>

/** A file in a message's history. */
export const messageFileSchema = z.object({
  id: uuid,
  filename: z.string(),
  type: fileType,
  url: orNull(z.string()),
  mime_type: orNull(z.string()),
  size: orNull(z.number().int()),
  transfer_method: fileTransferMethod,
  belongs_to: orNull(z.enum(['user', 'assistant'])),
  upload_file_id: orNull(uuid),
})
export type MessageFile = z.infer<typeof messageFileSchema>

/** A file in `message_end.files` of the basic modes. */
export const messageEndFileSchema = z.object({
  related_id: z.string(),
  type: fileType,
  transfer_method: fileTransferMethod,
  filename: z.string(),
  extension: z.string(),
  mime_type: z.string(),
  size: z.number().int(),
  url: z.string(),
  upload_file_id: orNull(z.string()),
  remote_url: orNull(z.string()),
})
export type MessageEndFile = z.infer<typeof messageEndFileSchema>

/** A picture, a spoken or written document on another server, as `GET /remote-files/{url}` describes it. */
export const remoteFileInfoSchema = z.object({ file_type: z.string(), file_length: z.number().int() })

/** What `POST /remote-files/upload` answers. */
export const remoteUploadedFileSchema = z.object({
  id: uuid,
  name: z.string(),
  size: z.number().int(),
  extension: z.string(),
  /** Signed. */
  url: z.string(),
  mime_type: orNull(z.string()),
  created_by: uuid,
  created_at: timestamp,
})
