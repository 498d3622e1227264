import { AppError } from '@trellis/contracts'

const RETRY_AFTER_SECONDS = 10

/** What a failure of the file system means to a caller. Codes as in errno(3). */
export function toStorageError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
    case 'EISDIR':
    case 'ENOTDIR':
      return new AppError('file_not_found', { cause: error })
    case 'ENAMETOOLONG':
      return new AppError('invalid_param', {
        param: 'key',
        message: 'A part of the storage key is too long for a file name.',
        cause: error,
      })
    case 'ENOSPC':
    case 'EDQUOT':
      return unavailable('The disk of the file storage is full. Free some space and try again.', error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return unavailable('The file storage may not be written or read by this server. Check the permissions of its folder.', error)
    default:
      return error
  }
}

/** The same for a write, where a folder or file in the way is the caller's fault. */
export function toWriteError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENOTEMPTY' || code === 'EEXIST') {
    const message = 'The storage key is taken by a folder, or one of its parts by a file.'
    return new AppError('invalid_param', { param: 'key', message, cause: error })
  }
  return code === 'ENOENT'
    ? unavailable('The folder of the file storage has vanished. Restore it or restart the server.', error)
    : toStorageError(error)
}

function unavailable(message: string, cause: unknown): AppError {
  return new AppError('dependency_unavailable', { message, cause, retryAfterSeconds: RETRY_AFTER_SECONDS })
}
