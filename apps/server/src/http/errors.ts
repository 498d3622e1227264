import { AppError, type ErrorCode } from '@trellis/contracts'
import type { FastifyError } from 'fastify'
import { z } from 'zod'
import { refusalOfIssue } from './refusal-of-issue.ts'

/** Turns whatever a route threw into the error that its caller sees. Anything unforeseen stays `undefined`: a bug of ours. */
export function toAppError(error: unknown): AppError | undefined {
  if (AppError.is(error)) return error
  if (error instanceof z.ZodError) return invalidParam(error)
  const code = fastifyCode(error)
  return code ? new AppError(code, { cause: error }) : undefined
}

/** One sentence a field: `limit: Too big: expected number to be <=100`. */
export function invalidParam(error: z.ZodError): AppError {
  const first = error.issues[0]
  const message = error.issues
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
    .join('\n')
  return new AppError('invalid_param', {
    message,
    ...(first && first.path.length > 0 ? { param: String(first.path[0]) } : {}),
    cause: error,
    refusal: first && refusalOfIssue(first),
  })
}

const fastifyCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad_request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request_entity_too_large',
  FST_ERR_BAD_URL: 'bad_request',
  FST_ERR_MAX_PARAM_LENGTH: 'request_uri_too_large',
  FST_REQ_FILE_TOO_LARGE: 'file_too_large',
  FST_FILES_LIMIT: 'too_many_files',
  FST_FIELDS_LIMIT: 'request_entity_too_large',
  FST_PARTS_LIMIT: 'request_entity_too_large',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
}

function fastifyCode(error: unknown): ErrorCode | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, statusCode } = error as Partial<FastifyError> // both are read as what they may be: absent, or of another kind
  const known = code === undefined ? undefined : fastifyCodes[code]
  if (known) return known
  if (statusCode === 403 || statusCode === 404) return 'not_found'
  return statusCode === 400 ? 'bad_request' : undefined
}
