import { SSE_HEADERS, sse } from '../scenario.ts'
import { errorBody, failureInStream, failureOf, type PublishedFailures } from './published-failure.ts'

const readOn = '2026-11-29'
const anthropicError = (type: string, message: string): object => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_011CSHoEeqs5',
})
const googleError = (code: number, status: string, message: string, details: readonly object[] = []): object => ({
  error: { code, message, status, details },
})
const amazonError = (type: string) => ({ 'content-type': 'application/json', 'x-amzn-errortype': type })

/** The companies that make models and serve them themselves. */
export const makersFailures: readonly PublishedFailures[] = [
  {
    provider: 'openai',
    address: 'https://developers.openai.com/docs/guides/error-codes',
    readOn,
    failures: [
      failureOf('bad-key', 401, errorBody('Incorrect API key provided.', 'invalid_api_key')),
      failureOf('bad-key', 429, errorBody('You have run out of credits.', 'credit_balance_exhausted', 'insufficient_quota')),
      failureOf('rate-limit', 429, errorBody('Rate limit reached for requests', 'rate_limit_exceeded', 'rate_limit_error')),
      failureOf('overload', 429, errorBody('The engine is currently overloaded, please try again later', null)),
      failureOf('overload', 503, errorBody('Slow down', 'slow_down', 'service_unavailable_error')),
      failureOf('overload', 503, errorBody('The server is overloaded.', 'server_is_overloaded', 'service_unavailable_error')),
    ],
  },
  {
    provider: 'azure_openai',
    address: 'https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter',
    readOn,
    failures: [
      failureOf('content-refused', 400, {
        error: { message: 'The response was filtered', type: null, param: 'prompt', code: 'content_filter', status: 400 },
      }),
      {
        failure: 'content-refused',
        status: 200,
        headers: SSE_HEADERS,
        body:
          sse({ choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] }) +
          sse({ choices: [{ index: 0, delta: {}, finish_reason: 'content_filter' }] }) +
          sse('[DONE]'),
      },
    ],
  },
  {
    provider: 'azure_openai',
    address: 'https://github.com/MicrosoftDocs/azure-ai-docs/blob/main/articles/ai-foundry/openai/how-to/quota.md',
    readOn,
    failures: [
      failureOf('rate-limit', 429, { error: { code: '429', message: 'Rate limit exceeded' } }),
      // It has this status for an overload too.
      failureOf('overload', 429, {
        error: { code: '429', message: 'System is experiencing high demand and cannot process your request.' },
      }),
    ],
  },
  {
    provider: 'anthropic',
    address: 'https://docs.claude.com/en/api/errors',
    readOn,
    failures: [
      failureOf('bad-key', 401, anthropicError('authentication_error', 'There’s an issue with your API key.')),
      failureOf('bad-key', 402, anthropicError('billing_error', 'There’s an issue with your billing.')),
      failureOf('rate-limit', 429, anthropicError('rate_limit_error', 'Your account has hit a rate limit.')),
      failureOf('overload', 529, anthropicError('overloaded_error', 'Overloaded')),
      failureOf('context-length', 413, anthropicError('request_too_large', 'Request exceeds the maximum allowed number of bytes.')),
    ],
  },
  {
    provider: 'anthropic',
    address: 'https://platform.claude.com/docs/test-and-evaluate/strengthen-guardrails/handle-streaming-refusals',
    readOn,
    failures: [
      {
        failure: 'content-refused',
        status: 200,
        headers: SSE_HEADERS,
        body: [
          {
            type: 'message_start',
            message: { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], usage: { input_tokens: 9, output_tokens: 0 } },
          },
          {
            type: 'message_delta',
            delta: {
              stop_reason: 'refusal',
              stop_details: { type: 'refusal', category: 'cyber', explanation: 'This request was declined.' },
            },
            usage: { output_tokens: 0 },
          },
          { type: 'message_stop' },
        ]
          .map((event) => sse(event, event.type))
          .join(''),
      },
    ],
  },
  {
    provider: 'google',
    address: 'https://ai.google.dev/gemini-api/docs/generate-content/api-errors',
    readOn,
    failures: [
      failureOf(
        'bad-key',
        400,
        googleError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
        ]),
      ),
      failureOf('bad-key', 403, googleError(403, 'PERMISSION_DENIED', "Your API key doesn't have the required permissions.")),
      failureOf('rate-limit', 429, googleError(429, 'RESOURCE_EXHAUSTED', "You've exceeded the rate limit.")),
      failureOf('overload', 503, googleError(503, 'UNAVAILABLE', 'The service may be temporarily overloaded or down.')),
      failureOf('overload', 500, googleError(500, 'INTERNAL', "An unexpected error occurred on Google's side.")),
    ],
  },
  {
    provider: 'google',
    address: 'https://ai.google.dev/api/generate-content',
    readOn,
    failures: [
      { failure: 'content-refused', status: 200, headers: SSE_HEADERS, body: sse({ promptFeedback: { blockReason: 'SAFETY' } }) },
      {
        failure: 'content-refused',
        status: 200,
        headers: SSE_HEADERS,
        body: sse({ candidates: [{ index: 0, finishReason: 'PROHIBITED_CONTENT' }] }),
      },
    ],
  },
  {
    provider: 'bedrock',
    address: 'https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html',
    readOn,
    failures: [
      {
        ...failureOf('bad-key', 403, { message: 'You do not have sufficient permissions.' }),
        headers: amazonError('AccessDeniedException'),
      },
      { ...failureOf('rate-limit', 429, { message: 'Too many requests.' }), headers: amazonError('ThrottlingException') },
      { ...failureOf('overload', 503, { message: 'Service unavailable.' }), headers: amazonError('ServiceUnavailableException') },
      { ...failureOf('overload', 500, { message: 'Internal failure.' }), headers: amazonError('InternalServerException') },
      { ...failureOf('overload', 424, { message: 'The stream broke off.' }), headers: amazonError('ModelStreamErrorException') },
    ],
  },
  {
    provider: 'mistralai',
    address: 'https://docs.mistral.ai/resources/error-glossary',
    readOn,
    failures: [
      failureOf('bad-key', 401, { object: 'error', message: 'Unauthorized', type: 'authentication_error', param: null, code: null }),
      failureOf('rate-limit', 429, { object: 'error', message: 'Rate limit', type: 'rate_limit_error', param: null, code: null }),
      failureOf('overload', 503, { object: 'error', message: 'Service unavailable', type: 'server_error', param: null, code: null }),
    ],
  },
  {
    provider: 'cohere',
    address: 'https://docs.cohere.com/errors-reference',
    readOn,
    failures: [
      failureOf('bad-key', 401, { id: '1', message: 'invalid api token' }),
      failureOf('rate-limit', 429, { message: 'You are using a Trial key, which is limited to 40 API calls / minute.' }),
      failureOf('context-length', 400, {
        message: 'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292.',
      }),
      failureOf('overload', 500, { message: 'internal server error' }),
    ],
  },
  {
    provider: 'deepseek',
    address: 'https://api-docs.deepseek.com/quick_start/error_codes',
    readOn,
    failures: [
      failureOf('bad-key', 401, errorBody('Authentication Fails', 'invalid_request_error', 'authentication_error')),
      failureOf('bad-key', 402, errorBody('Insufficient Balance', 'invalid_request_error', 'unknown_error')),
      failureOf('rate-limit', 429, errorBody('Rate Limit Reached', null)),
      failureOf('overload', 503, errorBody('Server Overloaded', null)),
    ],
  },
  {
    provider: 'deepseek',
    address: 'https://www.npmjs.com/package/@deepseek-ai/dsh-llm-deepseek/v/0.1.0-rc.8',
    readOn,
    failures: [failureInStream('content-refused', 'content_filter'), failureInStream('overload', 'insufficient_system_resource')],
  },
  {
    provider: 'x',
    address: 'https://docs.x.ai/developers/debugging',
    readOn,
    failures: [
      // It has this status for a wrong key too.
      failureOf('bad-key', 400, { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***ey.' }),
      failureOf('bad-key', 401, {
        code: 'Unauthenticated',
        error: 'No authorization header or an invalid authorization token is provided.',
      }),
      failureOf('bad-key', 403, { code: 'Forbidden', error: 'Your API key/team is blocked.' }),
      failureOf('rate-limit', 429, { code: 'Some resource has been exhausted', error: 'Too many requests.' }),
    ],
  },
  {
    provider: 'perplexity',
    address: 'https://docs.perplexity.ai/guides/perplexity-sdk-error-handling',
    readOn,
    failures: [
      failureOf('bad-key', 401, '<html><head><title>401 Authorization Required</title></head></html>'),
      failureOf('rate-limit', 429, errorBody('Request rate limit exceeded', 429)),
      failureOf('overload', 500, errorBody('Internal server error', 500)),
    ],
  },
]
