import type { FileInput, FileType } from '@trellis/contracts'
import type { FileRules } from './file-rules.ts'

/** A file of a form: from this device, on its way to the server or there, or by its address. */
export interface PickedFile {
  readonly key: string
  readonly name: string
  readonly type: FileType
  /** Not told by every address. */
  readonly sizeBytes: number | undefined
  /** Where it can be seen on this page. */
  readonly previewUrl?: string
  readonly state: PickState
}

export type PickState =
  /** From 0 to 1; undefined where nobody can tell. */
  | { readonly status: 'uploading'; readonly progress: number | undefined }
  | { readonly status: 'ready'; readonly source: FileSource }
  | { readonly status: 'failed'; readonly fault: FileFault }

/** What is wrong with a file, told in words where it is drawn: they follow the language. */
export type FileFault =
  | { readonly reason: 'wrong-type'; readonly rules: FileRules }
  | { readonly reason: 'too-large'; readonly megabytes: number }
  | { readonly reason: 'not-taken'; readonly error: unknown }

export type FileSource = { readonly uploadId: string } | { readonly url: string }

/** The files that are there, as runs take them. */
export function fileInputsOf(files: readonly PickedFile[]): FileInput[] {
  return files.flatMap(({ type, state }) => (state.status === 'ready' ? [toFileInput(type, state.source)] : []))
}

function toFileInput(type: FileType, source: FileSource): FileInput {
  return 'url' in source
    ? { type, transfer_method: 'remote_url', url: source.url, upload_file_id: undefined }
    : { type, transfer_method: 'local_file', url: undefined, upload_file_id: source.uploadId }
}
