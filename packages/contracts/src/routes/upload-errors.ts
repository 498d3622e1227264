import type { ErrorCode } from '../errors/catalog.ts'

/** What the upload routes answer (service-api 1.6). */
export const uploadErrors = [
  'no_file_uploaded',
  'too_many_files',
  'filename_not_exists_error',
  'invalid_param',
  'file_too_large',
  'request_entity_too_large',
  'unsupported_file_type',
  'unsupported_media_type',
] as const satisfies readonly ErrorCode[]
