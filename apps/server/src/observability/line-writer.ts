import { write } from 'node:fs'

export interface LineWriter {
  write(text: string): void
  /** Resolves when everything handed over is written, or nothing more can be. */
  drained(): Promise<void>
}

export interface LineWriterOptions {
  /** The descriptor to write to; asked before every write, so that a file may be exchanged between two of them. */
  readonly descriptor: () => number
  /** After each write, with nothing in flight. */
  readonly onWritten?: (bytes: number) => void
  /** Told once; the writer takes no more lines after it. */
  readonly onError: (error: Error) => void
  /** Told how many lines were lost because the reader or the disk did not keep up, once it does again. */
  readonly onDropped: (lines: number) => void
}

const maxHeldLength = 16 * 1024 * 1024
const maxChunkLength = 64 * 1024
const retryMs = 10

/**
 * Writes lines to a descriptor in order, one write in flight, without ever blocking or throwing. (sonic-boom, which pino brings,
 * spins for ever in `flushSync` when the reader of a pipe is gone, and hangs in `end` while it reopens a file.)
 */
export function createLineWriter(options: LineWriterOptions): LineWriter {
  let waiting: string[] = []
  let heldLength = 0
  let dropped = 0
  let isWriting = false
  let isBroken = false
  let listeners: (() => void)[] = []

  const settle = () => {
    isWriting = false
    const told = listeners
    listeners = []
    for (const listener of told) listener()
  }

  const fail = (error: Error) => {
    isBroken = true
    waiting = []
    settle()
    options.onError(error)
  }

  const next = () => {
    if (waiting.length === 0) {
      settle()
      const lost = dropped
      dropped = 0
      if (lost > 0) options.onDropped(lost)
      return
    }
    isWriting = true
    const text = takeChunk(waiting)
    put(Buffer.from(text), text.length)
  }

  const put = (bytes: Buffer, textLength: number) => {
    write(options.descriptor(), bytes, 0, bytes.length, null, (error, written) => {
      if (error?.code === 'EAGAIN') setTimeout(put, retryMs, bytes, textLength)
      else if (error) fail(error)
      else if (written < bytes.length) {
        options.onWritten?.(written)
        put(bytes.subarray(written), textLength)
      } else {
        heldLength -= textLength
        options.onWritten?.(written)
        next()
      }
    })
  }

  return {
    write(text) {
      if (isBroken) return
      if (heldLength + text.length > maxHeldLength) {
        dropped++
        return
      }
      heldLength += text.length
      waiting.push(text)
      if (!isWriting) next()
    },
    drained: () => (isWriting ? new Promise((resolve) => listeners.push(resolve)) : Promise.resolve()),
  }
}

function takeChunk(waiting: string[]): string {
  let count = 0
  for (let length = 0; count < waiting.length && length < maxChunkLength; count++) length += waiting[count]?.length ?? 0
  return waiting.splice(0, count).join('')
}
