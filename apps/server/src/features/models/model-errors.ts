import { AppError } from '@trellis/contracts'
import { ProviderError } from '@trellis/spec'

/** A provider's failure in the codes that Dify's callers know (service-api 2.6); its own words are kept. */
export function toModelError(error: unknown): unknown {
  if (!ProviderError.is(error)) return error
  const retryAfterSeconds = error.retryAfterMs === undefined ? undefined : Math.ceil(error.retryAfterMs / 1000)
  return new AppError('completion_request_error', {
    message: error.kind === 'connection' ? explain.connection : `${explain[error.kind]} ${error.message}`.trim(),
    cause: error,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

const explain: Record<ProviderError['kind'], string> = {
  // Its own words name addresses of the inside, which visitors need not know: the log has them.
  connection: 'The model provider could not be reached, or broke off. Try again; the log of the server says more.',
  'server-unavailable': 'The model provider is not able to answer now:',
  'rate-limit': 'The model provider’s rate limit is reached:',
  authorization: 'The model provider refused the credentials:',
  'bad-request': 'The model provider refused the request:',
  'context-length': 'The conversation is too long for this model:',
  'content-refused': 'The model provider refused the content:',
}
