import { AppError } from '@trellis/contracts'

/** What Redis answers when it was reached and refused: a fault of ours or of its set-up, never its absence. */
function isReply(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'ReplyError' &&
    !/^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|OOM)\b/.test(error.message)
  )
}

/** Turns the absence of Redis into `service_unavailable`; everything else is passed on as it is. */
function toCacheError(error: unknown): unknown {
  if (isReply(error)) return error
  const message = 'The server cannot reach Redis at the moment. Try again shortly.'
  return new AppError('service_unavailable', { message, cause: error, retryAfterSeconds: 1 })
}

export async function translatingErrors<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } catch (error) {
    throw toCacheError(error)
  }
}
