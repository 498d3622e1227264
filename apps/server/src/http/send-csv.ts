import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { handled } from './mount.ts'

/** Sends a file of CSV lines as they are written: none is too long. */
export async function sendCsv(reply: FastifyReply, fileName: string, lines: AsyncIterable<string>): Promise<typeof handled> {
  await reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(lines))
  return handled
}
