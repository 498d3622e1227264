import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { handled } from '../../http/mount.ts'
import { sniffAudioType } from './audio-types.ts'

/** Sends audio as it comes, at the reader’s pace. What breaks off closes the connection: no other word is left then. */
export async function sendAudio(reply: FastifyReply, audio: AsyncIterable<Uint8Array>): Promise<typeof handled> {
  const iterator = audio[Symbol.asyncIterator]()
  const first = await iterator.next()
  const start = first.done ? new Uint8Array() : first.value
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield start
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  const sound = Readable.from(chunks(), { objectMode: false })
  // Chunks that nobody began to read run no `finally`: whoever left before that would go on holding the voice, and a place of the app.
  sound.once('close', () => void iterator.return?.())
  await reply.type(sniffAudioType(start)).send(sound)
  return handled
}
