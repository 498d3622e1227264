import type { FileInput, FileType, MessageFile } from '@trellis/contracts'

/** A file beside a question or in an answer. */
export interface TurnFile {
  readonly id: string
  readonly name: string
  readonly type: FileType
  readonly url: string
  /** Null where it lies on another server. */
  readonly uploadId: string | null
}

/** The file as runs take it, to be sent once more. */
export function toFileInput({ type, url, uploadId }: TurnFile): FileInput {
  return uploadId === null
    ? { type, transfer_method: 'remote_url', url, upload_file_id: undefined }
    : { type, transfer_method: 'local_file', url: undefined, upload_file_id: uploadId }
}

/** Those of a message's files that came with its question, or with its answer. */
export function toTurnFiles(files: readonly MessageFile[], owner: 'user' | 'assistant'): TurnFile[] {
  return files.flatMap((file) =>
    file.url !== null && (file.belongs_to ?? 'user') === owner
      ? [{ id: file.id, name: file.filename, type: file.type, url: file.url, uploadId: file.upload_file_id }]
      : [],
  )
}
