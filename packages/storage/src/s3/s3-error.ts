import { AppError } from '@trellis/contracts'

/** What the object store's refusal means to a caller. */
export function toS3Error(error: unknown): unknown {
  if (AppError.is(error)) return error
  const name = error instanceof Error ? error.name : ''
  if (name === 'NoSuchKey' || name === 'NotFound') return new AppError('file_not_found', { cause: error })
  if (name === 'InvalidRange')
    return new AppError('invalid_param', { param: 'range', message: 'The file has no such bytes.', cause: error })
  if (name === 'KeyTooLongError')
    return new AppError('invalid_param', { param: 'key', message: 'The storage key is too long.', cause: error })
  if (!isOfTheStore(error)) return error
  return new AppError('dependency_unavailable', {
    message: 'The server cannot use its file storage at the moment. Try again shortly.',
    cause: error,
    retryAfterSeconds: 5,
  })
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound')
}

/** Apart from what a caller's own stream throws while it is written: that is passed on as it is. */
function isOfTheStore(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('$metadata' in error || error.name === 'CredentialsProviderError' || error.name === 'TimeoutError') return true
  return 'syscall' in error || ('code' in error && error.code === 'ECONNRESET')
}
