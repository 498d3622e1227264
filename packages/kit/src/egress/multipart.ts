import { randomBytes } from 'node:crypto'

export interface MultipartField {
  readonly name: string
  readonly value: string
}

export interface MultipartFile {
  readonly name: string
  readonly filename: string
  readonly contentType: string
  /** Bytes, or where they come from; that is asked again where a redirect wants the body once more. */
  readonly content: Uint8Array | { readonly open: () => AsyncIterable<Uint8Array>; readonly sizeBytes: number }
}

export interface MultipartBody {
  readonly contentType: string
  readonly body: () => AsyncIterable<Uint8Array>
  readonly bodySizeBytes: number
}

/** `multipart/form-data` (RFC 7578), streamed: files are never held whole. Repeated names are sent as often as they are given. */
export function createMultipartBody(parts: readonly (MultipartField | MultipartFile)[]): MultipartBody {
  const boundary = `trellis-${randomBytes(18).toString('hex')}`
  const pieces = parts.map((part) => ({ head: Buffer.from(headOf(part, boundary)), ...contentOf(part) }))
  const end = Buffer.from(`--${boundary}--\r\n`)
  const lineEnd = Buffer.from('\r\n')
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bodySizeBytes: pieces.reduce((sum, { head, sizeBytes }) => sum + head.length + sizeBytes + lineEnd.length, end.length),
    async *body() {
      for (const { head, open } of pieces) {
        yield head
        yield* open()
        yield lineEnd
      }
      yield end
    },
  }
}

function contentOf(part: MultipartField | MultipartFile): {
  readonly open: () => AsyncIterable<Uint8Array>
  readonly sizeBytes: number
} {
  const content = 'value' in part ? Buffer.from(part.value) : part.content
  if (!(content instanceof Uint8Array)) return content
  return {
    sizeBytes: content.length,
    async *open() {
      if (content.length > 0) yield content
    },
  }
}

function headOf(part: MultipartField | MultipartFile, boundary: string): string {
  const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(part.name)}"`
  if ('value' in part) return `${disposition}\r\n\r\n`
  // A type that is no type could carry a line of its own.
  const type = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;[ -~]*)?$/.test(part.contentType) ? part.contentType : 'application/octet-stream'
  return `${disposition}; filename="${escapeName(part.filename)}"\r\nContent-Type: ${type}\r\n\r\n`
}

/** As browsers write them: what would end the name or the line is percent-encoded. */
const escapeName = (text: string): string => text.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22')
