import { once } from 'node:events'
import { ssePing } from '@trellis/kit'
import type { FastifyReply } from 'fastify'
import { createChunkWriter } from './chunk-writer.ts'

const PING_INTERVAL_MS = 10_000
/** A reader that takes no byte for so long is gone, though its connection still stands. */
const STALL_MS = 60_000

export interface EventStreamOptions<Batch> {
  readonly batches: (signal: AbortSignal) => AsyncIterable<Batch>
  /** Frames that are sent at once, before any batch. */
  readonly opening?: string
  /** The frames of a batch as text; each batch is one write. Empty where a batch says nothing to the reader. */
  readonly toFrames: (batch: Batch) => string
  readonly onError: (error: unknown) => void
  /** What it returns is called when the stream is closed. */
  readonly onOpen: () => () => void
  /** Tests: instead of a minute. */
  readonly stallMs?: number
}

/**
 * Writes an event stream (service-api 2.1): 200 at once, a ping every ten seconds, closed by the end of the batches.
 * The reader's pace rules: nothing is read ahead while its socket is full. A reader that leaves ends the reading, never the run.
 */
export async function sendEventStream<Batch>(reply: FastifyReply, options: EventStreamOptions<Batch>): Promise<void> {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...toHeaders(reply),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
    // Proxies that buffer would hold the answer back.
    'x-accel-buffering': 'no',
  })
  raw.flushHeaders()
  // Pings keep the connection of a reader that takes them from falling silent.
  raw.setTimeout(options.stallMs ?? STALL_MS, () => raw.destroy())
  const gone = new AbortController()
  raw.once('close', () => gone.abort())
  // A caller that left while its answer was prepared has closed already, and will not close again.
  if (raw.destroyed || raw.closed) gone.abort()
  const chunks = createChunkWriter(raw)
  const pinging = setInterval(() => {
    if (!chunks.target.writableNeedDrain) chunks.write(ssePing)
  }, PING_INTERVAL_MS)
  const onClose = options.onOpen()
  try {
    if (options.opening) chunks.write(options.opening)
    for await (const batch of options.batches(gone.signal)) {
      if (gone.signal.aborted) break
      const text = options.toFrames(batch)
      if (text !== '' && !chunks.write(text)) await once(chunks.target, 'drain', { signal: gone.signal }).catch(isGone)
    }
  } catch (error) {
    // Headers are out: closing without an end is the only word left.
    if (!gone.signal.aborted) {
      options.onError(error)
      raw.destroy()
    }
  } finally {
    clearInterval(pinging)
    raw.end()
    onClose()
  }
}

/** The loop sees it by the signal. */
const isGone = (): undefined => undefined

function toHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}
