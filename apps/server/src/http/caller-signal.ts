import type { FastifyReply } from 'fastify'

/** Aborts when the caller leaves. */
export function callerSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => gone.abort(new DOMException('The caller left.', 'AbortError')))
  if (raw.destroyed || raw.closed) gone.abort(new DOMException('The caller left.', 'AbortError'))
  return gone.signal
}

/** What is thrown because the caller left: nobody reads the answer, and nothing has failed. */
export const isLeaving = (error: unknown, { raw }: FastifyReply): boolean =>
  error instanceof DOMException && error.name === 'AbortError' && (raw.destroyed || raw.closed)
