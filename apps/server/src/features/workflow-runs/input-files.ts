import { AppError, fileInputSchema } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Dict } from '@trellis/values'
import { FILE_IDENTITY, type FileType, type FileValue } from '@trellis/variables'
import { refusalOfIssue } from '../../http/refusal-of-issue.ts'
import { type FileLinks, listUploads, type UploadRow } from '../files/index.ts'
import type { Attachment } from '../turns/index.ts'
import type { ResolveFiles, StartField } from './start-inputs.ts'

export interface InputFileDependencies {
  readonly db: Db
  readonly fileLinks: FileLinks
}

export interface FileOwner {
  readonly tenantId: string
  readonly endUserId: string | null
  readonly accountId: string | null
}

/** Files that a caller names become values: uploads of their own (or whatever else is open to them), or addresses. */
export function createInputFiles({ db, fileLinks }: InputFileDependencies) {
  const listOwn = async (owner: FileOwner, ids: readonly string[]): Promise<readonly UploadRow[]> =>
    (await listUploads(db, owner.tenantId, ids)).filter((upload) => isOwn(upload, owner))
  return (owner: FileOwner, listOpen = (ids: readonly string[]) => listOwn(owner, ids)): ResolveFiles =>
    async (mappings) => {
      const inputs = mappings.map(readMapping)
      const ids = inputs.flatMap(({ upload_file_id: id }) => id ?? [])
      const uploads = new Map((await listOpen(ids)).map((upload) => [upload.id, upload]))
      return inputs.map((input): FileValue => {
        if (input.transfer_method === 'remote_url') return toRemoteFile(input.type, input.url)
        const upload = uploads.get(input.upload_file_id ?? '')
        if (!upload) {
          const message = `There is no uploaded file ${input.upload_file_id ?? ''} of this user.`
          throw new AppError('invalid_param', { message, refusal: { reason: 'file_gone', values: {} } })
        }
        return toUploadedFile(upload, { type: input.type, url: fileLinks.signedUrl(upload.id) })
      })
    }
}

function readMapping(mapping: Dict) {
  const parsed = fileInputSchema.safeParse(mapping)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const refusal = issue && refusalOfIssue(issue)
  throw new AppError('invalid_param', { message: `A file input is not valid: ${issue?.message ?? 'unknown form'}`, refusal })
}

const isOwn = (upload: UploadRow, { endUserId, accountId }: FileOwner): boolean => upload.created_by === (endUserId ?? accountId)

function toRemoteFile(type: FileType, url: string | undefined): FileValue {
  if (url === undefined || !/^https?:\/\//i.test(url)) {
    const message = 'A file by remote_url needs an address that begins with http:// or https://.'
    throw new AppError('invalid_param', { message, refusal: { reason: 'file_address', values: {} } })
  }
  const filename = nameIn(url)
  return {
    dify_model_identity: FILE_IDENTITY,
    id: newId(),
    type,
    transfer_method: 'remote_url',
    remote_url: url,
    reference: null,
    related_id: null,
    filename,
    extension: extensionIn(filename),
    mime_type: null,
    size: -1,
    url,
  }
}

function nameIn(url: string): string {
  const [path = ''] = url.split(/[?#]/)
  return decodeName(path.slice(path.lastIndexOf('/') + 1)) || 'file'
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const extensionIn = (name: string): string | null => /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0].toLowerCase() ?? null

/** A file as messages keep it. */
export const toAttachment = ({ type, transfer_method, remote_url, related_id }: FileValue): Attachment => ({
  type,
  transfer_method: transfer_method === 'datasource_file' ? 'tool_file' : transfer_method,
  url: remote_url,
  upload_file_id: transfer_method === 'remote_url' ? null : related_id,
})

/** An upload as nodes see it. */
export const toUploadedFile = (upload: UploadRow, { type, url }: { readonly type: FileType; readonly url: string }): FileValue => ({
  dify_model_identity: FILE_IDENTITY,
  id: upload.id,
  type,
  transfer_method: 'local_file',
  remote_url: null,
  reference: upload.id,
  related_id: upload.id,
  filename: upload.name,
  extension: upload.extension === '' ? null : `.${upload.extension}`,
  mime_type: upload.mime_type,
  size: upload.size,
  url,
})

/** `sys.files` is a list of files without a form of its own. */
export const systemFiles: StartField = {
  name: 'files',
  type: 'file-list',
  isRequired: false,
  fallback: null,
  maxLength: undefined,
  options: [],
  data: {},
}
