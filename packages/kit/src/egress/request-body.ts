import { EgressError, type EgressRequest } from '@trellis/spec'

/** Larger bodies are sent in pieces, so that it can be seen whether the other side takes them. */
const PIECE_BYTES = 64 * 1024

/** What undici is given: whole, or piece by piece. */
type BodyToSend = string | Uint8Array | AsyncIterable<Uint8Array> | null

interface SentBody {
  readonly body: BodyToSend
  /** Undefined: told by the body itself, or sent in chunks. */
  readonly sizeBytes: number | undefined
}

interface BodyOfRequest {
  readonly body: EgressRequest['body']
  readonly bodySizeBytes: number | undefined
  readonly writeTimeoutMs: number | undefined
}

/** @param onStall called where the other side takes nothing for `writeTimeoutMs` */
export function openBody(request: BodyOfRequest, onStall: (error: EgressError) => void): SentBody {
  const { body, writeTimeoutMs } = request
  if (body === undefined) return { body: null, sizeBytes: undefined }
  if (typeof body === 'function') return { body: watch(body(), writeTimeoutMs, onStall), sizeBytes: request.bodySizeBytes }
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (writeTimeoutMs === undefined || bytes.length <= PIECE_BYTES) return { body: bytes, sizeBytes: undefined }
  return { body: watch(slice(bytes), writeTimeoutMs, onStall), sizeBytes: bytes.length }
}

async function* slice(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

/** The next piece is asked for once the last one is on its way: what lies between is the other side's time. */
async function* watch(
  source: AsyncIterable<Uint8Array>,
  writeTimeoutMs: number | undefined,
  onStall: (error: EgressError) => void,
): AsyncGenerator<Uint8Array, void> {
  let timer: NodeJS.Timeout | undefined
  try {
    for await (const piece of source) {
      if (writeTimeoutMs !== undefined) {
        timer = setTimeout(
          () => onStall(new EgressError('timeout', `The other side took nothing of the request for ${writeTimeoutMs} ms.`)),
          writeTimeoutMs,
        )
      }
      yield piece
      clearTimeout(timer)
    }
  } finally {
    clearTimeout(timer)
  }
}
