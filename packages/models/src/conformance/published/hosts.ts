import { SSE_HEADERS, sse } from '../scenario.ts'
import { errorBody, failureOf, type PublishedFailures } from './published-failure.ts'

const readOn = '2026-11-29'

/** Those who serve models that others made. */
export const hostsFailures: readonly PublishedFailures[] = [
  {
    provider: 'groq',
    address: 'https://console.groq.com/docs/errors',
    readOn,
    failures: [
      failureOf('bad-key', 401, { error: { message: 'Invalid API Key', type: 'invalid_request_error' } }),
      failureOf('rate-limit', 429, errorBody('Rate limit reached for model `m`', 'rate_limit_exceeded', 'tokens')),
      failureOf('overload', 498, errorBody('Flex tier capacity exceeded', 'capacity_exceeded', 'capacity_exceeded')),
      failureOf('overload', 503, { error: { message: 'Service unavailable', type: 'service_unavailable' } }),
      failureOf('context-length', 413, { error: { message: 'Request Entity Too Large', type: 'invalid_request_error' } }),
    ],
  },
  {
    provider: 'openrouter',
    address: 'https://openrouter.ai/docs/api/reference/errors-and-debugging',
    readOn,
    failures: [
      failureOf('bad-key', 401, { error: { code: 401, message: 'Invalid credentials' } }),
      failureOf('bad-key', 402, { error: { code: 402, message: 'Your account or API key has insufficient credits.' } }),
      failureOf('rate-limit', 429, { error: { code: 429, message: 'You are being rate limited' } }),
      failureOf('overload', 502, { error: { code: 502, message: 'Your chosen model is down' } }),
      failureOf('overload', 503, { error: { code: 503, message: 'There is no available model provider' } }),
      {
        failure: 'overload',
        status: 200,
        headers: SSE_HEADERS,
        body:
          ': OPENROUTER PROCESSING\n\n' +
          sse({
            object: 'chat.completion.chunk',
            error: { code: 502, message: 'Provider disconnected' },
            choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
          }),
      },
      failureOf('content-refused', 403, {
        error: {
          code: 403,
          message: 'Your chosen model requires moderation and your input was flagged',
          metadata: { reasons: ['violence'], flagged_input: 'how to …', provider_name: 'p', model_slug: 'm' },
        },
      }),
    ],
  },
  {
    provider: 'togetherai',
    address: 'https://docs.together.ai/docs/error-codes',
    readOn,
    failures: [
      failureOf('bad-key', 401, errorBody('Invalid API key', 'invalid_api_key')),
      failureOf('bad-key', 402, errorBody('The account has reached its maximum allowed monthly spending limit.', null)),
      failureOf(
        'context-length',
        403,
        errorBody('Input token count + max_tokens parameter must be less than the context length of the model being queried.', null),
      ),
      failureOf('rate-limit', 429, errorBody('Too many requests', null)),
      failureOf('overload', 503, errorBody('Engine Overloaded', null)),
    ],
  },
  {
    provider: 'fireworks',
    address: 'https://docs.fireworks.ai/guides/inference-error-codes',
    readOn,
    failures: [
      failureOf('bad-key', 401, {
        error: { object: 'error', type: 'invalid_request_error', code: 'unauthorized', message: 'Unauthorized' },
      }),
      failureOf('bad-key', 402, { error: { object: 'error', type: 'error', code: 'payment', message: 'Payment Required' } }),
      failureOf('rate-limit', 429, { error: { object: 'error', type: 'error', code: 'rate', message: 'Too Many Requests' } }),
      failureOf('overload', 503, { error: { object: 'error', type: 'error', code: 'unavailable', message: 'Service Unavailable' } }),
    ],
  },
  {
    provider: 'voyage',
    address: 'https://docs.voyageai.com/docs/error-codes',
    readOn,
    failures: [
      failureOf('bad-key', 401, { detail: 'Provided API key is invalid.' }),
      failureOf('rate-limit', 429, { detail: 'You have exceeded your rate limit of 3 RPM.' }),
      failureOf('overload', 503, { detail: 'Service Unavailable' }),
      failureOf('context-length', 400, {
        detail: "The example at index 0 has too many tokens and does not fit into the model's context window.",
      }),
    ],
  },
]
