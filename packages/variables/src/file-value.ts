import { type Dict, isDict, type Value } from '@trellis/values'

export const FILE_IDENTITY = '__dify__file__'

export type FileType = 'image' | 'document' | 'audio' | 'video' | 'custom'
export type TransferMethod = 'remote_url' | 'local_file' | 'tool_file' | 'datasource_file'

/**
 * A file as a value (workflow spec 3.7): an ordinary dict that says what it is, so that it passes through JSON, code and templates.
 * `url` is a link that works now; `reference` names the stored file.
 */
export interface FileValue extends Dict {
  readonly dify_model_identity: typeof FILE_IDENTITY
  readonly id: string | null
  readonly type: FileType
  readonly transfer_method: TransferMethod
  readonly remote_url: string | null
  readonly reference: string | null
  readonly related_id: string | null
  readonly filename: string | null
  /** With its dot. */
  readonly extension: string | null
  readonly mime_type: string | null
  /** In bytes; -1 where nobody knows. */
  readonly size: number
  readonly url: string | null
}

export const isFile = (value: Value | undefined): value is FileValue =>
  value !== undefined && isDict(value) && value['dify_model_identity'] === FILE_IDENTITY

/** What a selector's third part may name, and the field that it reads. */
const attributes: Readonly<Record<string, keyof FileValue & string>> = {
  type: 'type',
  size: 'size',
  name: 'filename',
  mime_type: 'mime_type',
  transfer_method: 'transfer_method',
  url: 'url',
  extension: 'extension',
  related_id: 'related_id',
}

/** An attribute of a file; undefined where files have none of that name. */
export function readFileAttribute(file: FileValue, name: string): Value | undefined {
  if (!Object.hasOwn(attributes, name)) return undefined
  const field = attributes[name]
  return field === undefined ? undefined : (file[field] ?? null)
}

/** The file as markdown: a picture, or a link. */
export function toFileMarkdown(file: FileValue): string {
  const url = file.url ?? file.remote_url ?? ''
  return file.type === 'image' ? `![${file.filename ?? ''}](${url})` : `[${file.filename ?? url}](${url})`
}
