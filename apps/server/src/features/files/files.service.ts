import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { newId } from '@trellis/kit'
import { type Clock, type Egress, EgressError, type Storage } from '@trellis/spec'
import { createByteBudget } from './byte-budget.ts'
import { extensionOf, fileTypeOf } from './file-kinds.ts'
import { fileTooLarge } from './file-too-large.ts'
import { insertUpload, type UploadRow } from './files.repository.ts'
import type { UploadReader } from './read-upload.ts'

export interface UploadOwner {
  readonly tenantId: string
  readonly role: 'account' | 'end_user'
  readonly id: string
}

/** Megabytes are 1,048,576 bytes. */
export interface UploadSizes {
  readonly document: number
  readonly image: number
  readonly audio: number
  readonly video: number
}

export interface IncomingFile {
  readonly name: string
  readonly mimeType: string
  readonly bytes: Uint8Array
  readonly sourceUrl?: string
}

export interface FileService {
  /** Stores a file. @throws `file_too_large`, `invalid_param` (name, refused extension), `filename_not_exists_error` */
  store(owner: UploadOwner, file: IncomingFile): Promise<UploadRow>
  /** Fetches a file from elsewhere and stores it. @throws `remote_file_upload_error` and those of `store` */
  storeRemote(owner: UploadOwner, url: string): Promise<UploadRow>
  /** A file from elsewhere, not stored. @throws `remote_file_upload_error` */
  fetchRemote(url: string): Promise<IncomingFile>
  /** @throws `remote_file_upload_error` */
  describeRemote(url: string): Promise<{ readonly mimeType: string; readonly size: number }>
  /** Bounds of what is being uploaded. */
  readonly uploads: UploadReader
}

export interface FileServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly storage: Storage
  readonly egress: Egress
  readonly megabytes: UploadSizes
  /** Lower case, without the dot. */
  readonly refusedExtensions: readonly string[]
  readonly connectTimeoutMs: number
  readonly readTimeoutMs: number
  readonly maxRetries: number
}

const MEGABYTE = 1024 * 1024
const MAX_NAME_LENGTH = 200
const MAX_REDIRECTS = 5
/** A server that sends a byte now and then is not waited for any longer. */
const REMOTE_TIMEOUT_MS = 120_000
/** Memory that all uploads together may take: each is held whole until it is stored. */
const MOST_BYTES_AT_ONCE = 512 * MEGABYTE

export function createFileService(dependencies: FileServiceDependencies): FileService {
  const { db, clock, storage, egress, megabytes } = dependencies
  const maxBytes = Math.max(megabytes.document, megabytes.image, megabytes.audio, megabytes.video) * MEGABYTE
  const budget = createByteBudget(Math.max(MOST_BYTES_AT_ONCE, 2 * maxBytes))
  const store = async (owner: UploadOwner, file: IncomingFile): Promise<UploadRow> => {
    // PostgreSQL has no text with NUL.
    const name = checkName(file.name.replaceAll('\u0000', ''), dependencies.refusedExtensions)
    const extension = extensionOf(name)
    assertSize(file, megabytes)
    const id = newId()
    const row: UploadRow = {
      id,
      tenant_id: owner.tenantId,
      storage_key: `upload_files/${owner.tenantId}/${id}${/^[a-z0-9]{1,16}$/.test(extension) ? `.${extension}` : ''}`,
      name,
      size: file.bytes.byteLength,
      extension: extension.slice(0, 64),
      mime_type: toMimeType(file.mimeType),
      created_by_role: owner.role,
      created_by: owner.id,
      source_url: file.sourceUrl ?? '',
      created_at: clock.now(),
    }
    // The object first: a row without its object would be a broken file, an object without a row is only waste.
    await storage.write(row.storage_key, file.bytes, { contentType: row.mime_type })
    await insertUpload(db, row)
    return row
  }
  const requestRemote = async (url: string, method: 'GET' | 'HEAD') => {
    const response = await egress
      .request({
        url,
        policy: 'content',
        method,
        maxRedirects: MAX_REDIRECTS,
        maxRetries: dependencies.maxRetries,
        maxResponseBytes: maxBytes,
        connectTimeoutMs: dependencies.connectTimeoutMs,
        headersTimeoutMs: dependencies.readTimeoutMs,
        idleTimeoutMs: dependencies.readTimeoutMs,
        signal: AbortSignal.timeout(REMOTE_TIMEOUT_MS),
      })
      .catch((cause: unknown) => {
        throw notFetched(cause)
      })
    if (response.status < 400) return response
    await response.chunks[Symbol.asyncIterator]().return?.()
    throw new AppError('remote_file_upload_error', {
      message: `The other server answered ${response.status}.`,
      refusal: { reason: 'remote_file_status', values: { status: String(response.status) } },
    })
  }
  /** What is held while the file is in use counts as an upload under way. */
  const withRemote = async <T>(url: string, use: (file: IncomingFile) => Promise<T>): Promise<T> => {
    const response = await requestRemote(url, 'GET')
    const chunks: Uint8Array[] = []
    let held = 0
    try {
      for await (const chunk of response.chunks) {
        budget.take(chunk.length)
        held += chunk.length
        chunks.push(chunk)
      }
      return await use({ name: nameOf(response.url), mimeType: mimeTypeOf(response.headers), bytes: Buffer.concat(chunks) })
    } catch (cause) {
      if (AppError.is(cause) || !(cause instanceof EgressError)) throw cause
      throw notFetched(cause)
    } finally {
      budget.giveBack(held)
    }
  }
  return {
    store,
    uploads: { maxBytesOf: (name, mimeType) => megabytesOf(name, mimeType, megabytes) * MEGABYTE, budget },
    storeRemote: (owner, url) => withRemote(url, (file) => store(owner, { ...file, sourceUrl: url })),
    fetchRemote: (url) => withRemote(url, async (file) => file),
    async describeRemote(url) {
      const response = await requestRemote(url, 'HEAD')
      return { mimeType: mimeTypeOf(response.headers), size: Number(response.headers['content-length'] ?? 0) || 0 }
    },
  }
}

const mimeTypeOf = (headers: Readonly<Record<string, string>>): string =>
  headers['content-type']?.split(';')[0]?.trim() || 'application/octet-stream'

/** The last part of an address, as far as it can be read. */
function nameOf(url: string): string {
  const part = new URL(url).pathname.split('/').at(-1) || 'file'
  return decodeName(part).replaceAll(/[/\\\p{Cc}]/gu, '_')
}

function decodeName(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Other servers and callers may say anything; it comes back in a header of ours. */
function toMimeType(given: string): string {
  const type = given.toLowerCase()
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) && type.length <= 255 ? type : 'application/octet-stream'
}

function notFetched(cause: unknown): AppError {
  const said = cause instanceof Error ? cause.message : String(cause)
  const refusal = { reason: 'remote_file_failed', values: { said } } as const
  return new AppError('remote_file_upload_error', { message: `The file could not be fetched: ${said}`, refusal, cause })
}

function checkName(given: string, refused: readonly string[]): string {
  if (given === '') throw new AppError('filename_not_exists_error')
  if (/[/\\]/.test(given)) {
    const refusal = { reason: 'file_name_slash', values: {} } as const
    throw new AppError('invalid_param', { message: 'A file name takes no slashes.', param: 'file', refusal })
  }
  const extension = extensionOf(given)
  if (refused.includes(extension)) {
    const refusal = { reason: 'file_type_refused', values: { extension: `.${extension}` } } as const
    throw new AppError('invalid_param', { message: `Files of the type .${extension} are not accepted here.`, param: 'file', refusal })
  }
  if (given.length <= MAX_NAME_LENGTH) return given
  const kept = extension === '' ? '' : `.${extension}`
  return given.slice(0, MAX_NAME_LENGTH - kept.length) + kept
}

function megabytesOf(name: string, mimeType: string, megabytes: UploadSizes): number {
  const type = fileTypeOf(extensionOf(name), mimeType)
  return type === 'custom' ? megabytes.document : megabytes[type]
}

function assertSize({ name, mimeType, bytes }: IncomingFile, megabytes: UploadSizes): void {
  const limit = megabytesOf(name, mimeType, megabytes)
  if (bytes.byteLength <= limit * MEGABYTE) return
  throw fileTooLarge(limit)
}
