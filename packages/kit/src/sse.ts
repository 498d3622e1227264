import { createParser } from 'eventsource-parser'

/** Called with each event's data and, where the sender named it, the event's type. */
export type SseListener = (data: string, event: string | undefined) => void

export interface SseDecoder {
  /** Calls the listener for every event that this chunk completes. What the listener throws comes out here. */
  feed(chunk: Uint8Array): void
  /** The body is at its end: hands out an event that lacks its final blank line. */
  end(): void
}

export interface SseDecoderOptions {
  /** Longest event (in characters) that is put together before the sender is given up. */
  readonly maxEventLength?: number
}

const DEFAULT_MAX_EVENT_LENGTH = 32 * 1024 * 1024

/**
 * Decodes a provider's event stream chunk by chunk: UTF-8 split anywhere, LF, CRLF and CR, comments, a byte order mark.
 * @throws RangeError from `feed` when one event grows beyond `maxEventLength`
 */
export function createSseDecoder(onData: SseListener, options: SseDecoderOptions = {}): SseDecoder {
  const maxBufferSize = options.maxEventLength ?? DEFAULT_MAX_EVENT_LENGTH
  const parser = createParser({
    onEvent: (message) => onData(message.data, message.event),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded')
        throw new RangeError(`An event of the stream is longer than ${maxBufferSize} characters.`)
    },
    maxBufferSize,
  })
  // Made only for a stream that needs it: a thousand open streams would pay for a thousand of them.
  let decoder: TextDecoder | undefined
  let isMidCharacter = false
  const decodeStateful = (chunk: Uint8Array) => {
    decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })
    return decoder.decode(chunk, { stream: true })
  }
  return {
    feed(chunk) {
      // A chunk that ends in an ASCII byte ends with a whole character: Buffer's conversion is several times cheaper than the stateful decoder.
      const endsWhole = (chunk[chunk.length - 1] ?? 0) < 0x80
      const text = endsWhole && !isMidCharacter ? toBuffer(chunk).toString('utf8') : decodeStateful(chunk)
      if (chunk.length > 0) isMidCharacter = !endsWhole
      parser.feed(text)
    },
    end() {
      parser.feed(`${decoder?.decode() ?? ''}\n\n`)
    },
  }
}

function toBuffer(chunk: Uint8Array): Buffer {
  return chunk instanceof Buffer ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

/** One frame of our own streams. `json` is JSON text, which never holds a line break. */
export function sseData(json: string, id?: string): string {
  return id === undefined ? `data: ${json}\n\n` : `id: ${id}\ndata: ${json}\n\n`
}

/** The frame that keeps a silent stream open. */
export const ssePing = 'event: ping\n\n'
