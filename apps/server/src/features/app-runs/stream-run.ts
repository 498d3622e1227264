import type { Logger } from '@trellis/spec'
import type { FastifyReply } from 'fastify'
import type { FrameTranslator } from '../../http/compat/message-frames.ts'
import { sendEventStream } from '../../http/event-stream.ts'
import { handled } from '../../http/mount.ts'
import type { EventBatch } from '../runs/index.ts'

export interface StreamDependencies {
  readonly logger: Logger
  /** Counts an open stream until what it returns is called. */
  readonly onStream: () => () => void
}

export interface RunStream {
  /** Texts are frames as they are. */
  readonly batches: (signal: AbortSignal) => AsyncIterable<EventBatch | string>
  readonly translator: FrameTranslator
  /** What a broken stream is logged with. */
  readonly about: { readonly runId: string } | { readonly messageId: string }
  readonly reply: FastifyReply
}

/** Answers with the events of a run as they come, in the frames of its kind. */
export async function streamRun(
  { logger, onStream }: StreamDependencies,
  { batches, translator, about, reply }: RunStream,
): Promise<typeof handled> {
  await sendEventStream(reply, {
    batches,
    toFrames: (batch) => (typeof batch === 'string' ? batch : translator.toFrames(batch)),
    onError: (error) => logger.error({ err: error, ...about }, 'An event stream broke'),
    onOpen: onStream,
  })
  return handled
}
