import { AppError } from '@trellis/contracts'
import type { FastifyRequest } from 'fastify'
import { toAppError } from '../../http/errors.ts'
import { extensionOf, fileTypeOf } from './file-kinds.ts'
import type { IncomingFile } from './files.service.ts'

export interface Upload {
  readonly file: IncomingFile
  readonly fields: Readonly<Record<string, string>>
}

/** Reads a form with one file (part `file`). @throws `no_file_uploaded`, `too_many_files`, `file_too_large`, `unsupported_file_type`, `bad_request` */
export async function readUpload(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new AppError('no_file_uploaded', { message: 'Send the file as multipart/form-data, in a part named `file`.' })
  }
  try {
    return await readParts(request, maxBytes)
  } catch (error) {
    // What the parser says is about the form: the file is not looked at yet.
    throw toAppError(error) ?? new AppError('bad_request', { message: 'The form is broken. Check its boundary and its end.', cause: error })
  }
}

async function readParts(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  const fields: Record<string, string> = {}
  let file: IncomingFile | undefined
  // Every part is read to its end, or the request would never be.
  for await (const part of request.parts({ limits: { fileSize: maxBytes } })) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value.replaceAll('\u0000', '')
      continue
    }
    const bytes = await part.toBuffer()
    if (part.fieldname !== 'file') continue
    if (file) throw new AppError('too_many_files')
    assertTyped(part.filename ?? '', part.mimetype)
    file = { name: part.filename ?? '', mimeType: part.mimetype, bytes }
  }
  if (!file) throw new AppError('no_file_uploaded')
  return { file, fields }
}

/** A part without a type comes as plain text from the parser: what is no text by its name was sent without one, and no model could read it. */
function assertTyped(name: string, mimeType: string): void {
  const isUntold = mimeType === '' || mimeType === 'text/plain'
  if (!isUntold || !['image', 'audio', 'video'].includes(fileTypeOf(extensionOf(name), mimeType))) return
  throw new AppError('unsupported_file_type', { message: `Send the content type of ${name} with its part, such as image/png.` })
}
