import { Readable } from 'node:stream'
import type { Storage } from '@trellis/spec'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isMedia, mayShowInline } from './file-kinds.ts'
import type { UploadRow } from './files.repository.ts'

export interface SendFileOptions {
  readonly asAttachment: boolean
  /** By the one who asked, and by no proxy in between, which would hand it to whoever comes without a key. 0: not to be cached. */
  readonly cacheSeconds: number
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Sends a stored file: whole, or the range that a player asks for. What could run in a browser is only ever a download. */
export async function sendFile(
  storage: Pick<Storage, 'readStream'>,
  upload: UploadRow,
  { asAttachment, cacheSeconds, request, reply }: SendFileOptions,
): Promise<void> {
  const isDownload = asAttachment || !mayShowInline(upload.mime_type)
  reply
    .type(isDownload ? 'application/octet-stream' : upload.mime_type)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cache-control', cacheSeconds > 0 ? `private, max-age=${cacheSeconds}` : 'no-store')
  if (isDownload) reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeFileName(upload.name)}`)
  const range = isMedia(upload.mime_type) ? readRange(request.headers.range, upload.size) : undefined
  if (isMedia(upload.mime_type)) reply.header('accept-ranges', 'bytes')
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${upload.size}`)
  reply.header('content-length', range ? range.end - range.start + 1 : upload.size)
  await reply.send(Readable.from(storage.readStream(upload.storage_key, range)))
}

const encodeFileName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

function readRange(header: string | undefined, size: number): { readonly start: number; readonly end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (!first && !last) return undefined
  const start = first ? Number(first) : Math.max(0, size - Number(last))
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1
  return start <= end && start < size ? { start, end } : undefined
}
