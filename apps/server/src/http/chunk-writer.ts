import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'

/** How each text of a stream gets to the caller, and where to wait when it says that enough is on the way. */
export interface ChunkWriter {
  /** False where the reader should be waited for, as `Writable.write` has it. */
  write(text: string): boolean
  /** Tells of `drain`; may change as long as an earlier answer is still being written on the same connection. */
  readonly target: Writable
}

/**
 * Writes to a response whose headers are out. Node makes four writes of each chunk (size, line end, text, line end), holds them back
 * for a tick and joins them again; for the small chunks of a token stream that is a third of what writing costs. A chunk that is
 * put together here (RFC 9112, 7.1) is one write. The response still ends itself.
 */
export function createChunkWriter(response: ServerResponse<IncomingMessage>): ChunkWriter {
  // Until it is this response's turn on the connection, it has no socket and keeps what is written.
  const socketOf = () => (response.chunkedEncoding ? response.socket : null)
  return {
    write(text) {
      const socket = socketOf()
      if (!socket) return response.write(text)
      return socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`)
    },
    get target() {
      return socketOf() ?? response
    },
  }
}
