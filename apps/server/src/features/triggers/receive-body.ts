import { AppError } from '@trellis/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Counts what all requests together hold. */
export interface ByteHold {
  /** @throws `service_unavailable` where others hold too much already */
  take(bytes: number): void
  giveBack(bytes: number): void
}

/** Reads a body whole; it counts as held until the answer is out. @throws `request_entity_too_large`, `service_unavailable`, `bad_request` */
export async function receiveBody(
  request: FastifyRequest,
  reply: FastifyReply,
  { maxBytes, budget }: { readonly maxBytes: number; readonly budget: ByteHold },
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let size = 0
  let held = 0
  reply.raw.once('close', () => {
    budget.giveBack(held)
    held = 0
  })
  // Requests carry bytes, as nobody set an encoding.
  for await (const chunk of request.raw as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    if (reply.raw.closed) throw new AppError('bad_request', { message: 'The request was broken off.' })
    budget.take(chunk.length)
    held += chunk.length
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = (maxBytes: number): AppError =>
  new AppError('request_entity_too_large', {
    message: `A call to a webhook may have at most ${maxBytes} bytes (WEBHOOK_REQUEST_BODY_MAX_SIZE raises the limit).`,
  })
