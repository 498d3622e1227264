import { AppError } from '@trellis/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { toAppError } from '../../http/errors.ts'
import type { ByteBudget } from './byte-budget.ts'
import { extensionOf, fileTypeOf } from './file-kinds.ts'
import { fileTooLarge } from './file-too-large.ts'
import type { IncomingFile } from './files.service.ts'

const MEGABYTE = 1024 * 1024

export interface Upload {
  readonly file: IncomingFile
  readonly fields: Readonly<Record<string, string>>
}

export interface UploadReader {
  /** The most bytes that a file of this name and type may have. */
  readonly maxBytesOf: (name: string, mimeType: string) => number
  /** Memory for all uploads that are under way. */
  readonly budget: ByteBudget
}

/**
 * Reads a form with one file (part `file`), which is held in memory until the answer is out.
 * @throws `no_file_uploaded`, `too_many_files`, `file_too_large`, `unsupported_file_type`, `bad_request`, `service_unavailable`
 */
export async function readUpload(request: FastifyRequest, reply: FastifyReply, reader: UploadReader): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new AppError('no_file_uploaded', { message: 'Send the file as multipart/form-data, in a part named `file`.' })
  }
  const { file, fields } = await readForm(request, reply, reader)
  if (!file) throw new AppError('no_file_uploaded')
  return { file, fields }
}

/** The same for forms that may name a file's address (part `url`) instead. @throws as `readUpload` */
export async function readUploadOrUrl(
  request: FastifyRequest,
  reply: FastifyReply,
  reader: UploadReader,
): Promise<Pick<Upload, 'file'> | { readonly url: string }> {
  if (!request.isMultipart()) {
    throw new AppError('no_file_uploaded', { message: 'Send multipart/form-data with the file in a part `file`, or its address in `url`.' })
  }
  const { file, fields } = await readForm(request, reply, reader)
  if (file) return { file }
  const url = fields['url']
  if (url === undefined) throw new AppError('no_file_uploaded')
  if (!/^https?:\/\//i.test(url)) {
    const refusal = { reason: 'file_address', values: {} } as const
    throw new AppError('invalid_param', { message: 'An http or https address is needed.', param: 'url', refusal })
  }
  return { url }
}

interface UploadForm {
  readonly file: IncomingFile | undefined
  readonly fields: Readonly<Record<string, string>>
}

async function readForm(request: FastifyRequest, reply: FastifyReply, reader: UploadReader): Promise<UploadForm> {
  try {
    return await readParts(request, holdUntilAnswered(reply, reader.budget), reader.maxBytesOf)
  } catch (error) {
    // The rest of the body has to arrive, or the connection's next request never would.
    request.raw.unpipe()
    request.raw.resume()
    // What the parser says is about the form: the file is not looked at yet.
    throw toAppError(error) ?? new AppError('bad_request', { message: 'The form is broken. Check its boundary and its end.', cause: error })
  }
}

function holdUntilAnswered(reply: FastifyReply, budget: ByteBudget): (bytes: number) => void {
  let held = 0
  reply.raw.once('close', () => {
    budget.giveBack(held)
    held = 0
  })
  return (bytes) => {
    // Nobody waits for the answer any more, and what is held now would be held for ever.
    if (reply.raw.closed) throw new AppError('bad_request', { message: 'The request was broken off.' })
    budget.take(bytes)
    held += bytes
  }
}

async function readParts(
  request: FastifyRequest,
  hold: (bytes: number) => void,
  maxBytesOf: UploadReader['maxBytesOf'],
): Promise<UploadForm> {
  const fields: Record<string, string> = {}
  let file: IncomingFile | undefined
  // Every part is read to its end, or the request would never be.
  for await (const part of request.parts({ limits: { fileSize: Number.POSITIVE_INFINITY } })) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value.replaceAll('\u0000', '')
      continue
    }
    const name = part.filename ?? ''
    const maxBytes = maxBytesOf(name, part.mimetype)
    if (part.fieldname !== 'file') {
      await readWhole(part.file, maxBytes, undefined)
      continue
    }
    if (file) throw new AppError('too_many_files')
    const bytes = await readWhole(part.file, maxBytes, hold)
    assertTyped(name, part.mimetype)
    file = { name, mimeType: part.mimetype, bytes }
  }
  return { file, fields }
}

/** What nobody holds is read and dropped. */
async function readWhole(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
  hold: ((bytes: number) => void) | undefined,
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > maxBytes) throw fileTooLarge(maxBytes / MEGABYTE)
    hold?.(chunk.length)
    if (hold) chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A part without a type comes as plain text from the parser: what is no text by its name was sent without one, and no model could read it. */
function assertTyped(name: string, mimeType: string): void {
  const isUntold = mimeType === '' || mimeType === 'text/plain'
  if (!isUntold || !['image', 'audio', 'video'].includes(fileTypeOf(extensionOf(name), mimeType))) return
  throw new AppError('unsupported_file_type', { message: `Send the content type of ${name} with its part, such as image/png.` })
}
