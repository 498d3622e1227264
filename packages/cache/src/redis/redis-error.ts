import { AppError } from '@trellis/contracts'

/** What Redis answers when it was reached and refused: a fault of ours or of its set-up, never its absence. */
function isReply(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'ReplyError' &&
    !/^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|OOM)\b/.test(error.message)
  )
}

/** Turns the absence of Redis into `dependency_unavailable`; everything else is passed on as it is. */
function toCacheError(error: unknown): unknown {
  if (isReply(error)) return error
  const message = 'The server cannot reach Redis at the moment. Try again shortly.'
  return new AppError('dependency_unavailable', { message, cause: error, retryAfterSeconds: 1 })
}

const DEADLINE_MS = 6000

/** Also bounds the wait: a cluster that is away keeps commands waiting, whatever the limits of its nodes' connections. */
export async function translatingErrors<T>(command: Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DOMException(`Redis did not answer within ${DEADLINE_MS} ms.`, 'TimeoutError')), DEADLINE_MS)
  try {
    return await Promise.race([command, tooLate])
  } catch (error) {
    throw toCacheError(error)
  } finally {
    clearTimeout(timer)
  }
}
