import { SSE_HEADERS, sse } from '../scenario.ts'
import { chunk } from './published-answer.ts'
import { errorBody, failureOf, type PublishedFailures } from './published-failure.ts'

const readOn = '2026-11-29'
const ollamaError = (message: string, type = 'api_error'): object => ({ error: { message, type, param: null, code: null } })
const vllmError = (code: number, type: string, message: string, param: string | null = null): object => ({
  error: { message, type, param, code },
})
const vllmTooLong = vllmError(
  400,
  'Bad Request',
  "You passed 9000 input tokens. However, the model's context length is only 8192 tokens, resulting in a maximum input length of 8192 tokens. Please reduce the length of the input prompt.",
  'input_tokens',
)
/** After a beginning that was well. */
const inStream = (told: object) => ({ status: 200, headers: SSE_HEADERS, body: chunk({ role: 'assistant', content: 'Go' }) + sse(told) })

/** Servers of one's own, and the router before many that others run. */
export const serverFailures: readonly PublishedFailures[] = [
  {
    provider: 'ollama',
    address: 'https://docs.ollama.com/api/errors',
    readOn,
    failures: [
      failureOf('bad-key', 401, { error: 'unauthorized', signin_url: 'https://ollama.com/connect' }),
      failureOf('rate-limit', 429, ollamaError('too many requests')),
      failureOf('overload', 500, ollamaError('the model failed to generate a response')),
      failureOf('overload', 502, ollamaError('the cloud model cannot be reached')),
      { failure: 'overload', ...inStream({ error: 'an error was encountered while running the model' }) },
    ],
  },
  {
    provider: 'ollama',
    address: 'https://github.com/ollama/ollama/blob/main/openai/openai.go',
    readOn,
    failures: [
      failureOf('overload', 503, ollamaError('server busy, please try again.  maximum pending requests exceeded')),
      failureOf('context-length', 400, ollamaError('the input length exceeds the context length', 'invalid_request_error')),
      failureOf(
        'context-length',
        400,
        ollamaError('the prompt is longer than the context length currently available to the model', 'invalid_request_error'),
      ),
    ],
  },
  {
    provider: 'vllm',
    address: 'https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/server_utils.py',
    readOn,
    failures: [
      failureOf('bad-key', 401, { error: 'Unauthorized' }),
      failureOf('overload', 503, vllmError(503, 'Service Unavailable', 'The engine is not ready.')),
    ],
  },
  {
    provider: 'vllm',
    address: 'https://github.com/vllm-project/vllm/blob/main/vllm/renderers/params.py',
    readOn,
    failures: [failureOf('context-length', 400, vllmTooLong)],
  },
  {
    provider: 'nvidia',
    // For the shapes it sends to those of vLLM's documentation.
    address: 'https://docs.nvidia.com/nim/large-language-models/latest/reference/api-reference.html',
    readOn,
    failures: [failureOf('context-length', 400, vllmTooLong)],
  },
  {
    provider: 'nvidia',
    address: 'https://github.com/langchain-ai/langchain-nvidia/blob/main/libs/ai-endpoints/langchain_nvidia_ai_endpoints/_common.py',
    readOn,
    failures: [failureOf('bad-key', 401, { status: 401, title: 'Unauthorized', detail: 'Authentication failed', requestId: '1' })],
  },
  {
    provider: 'xinference',
    address: 'https://github.com/xorbitsai/inference/blob/main/xinference/api/restful_api.py',
    readOn,
    failures: [
      failureOf('bad-key', 401, { detail: 'Could not validate credentials' }),
      failureOf('bad-key', 401, { detail: 'API key has expired' }),
      failureOf('rate-limit', 429, { detail: 'Rate limit reached for the model. Request limit 1 for the model: m-0' }),
      failureOf('overload', 503, { error: { message: 'No ready Token Router runtime is available', type: 'router_unavailable' } }),
      { failure: 'overload', ...inStream({ error: 'The worker is gone.' }) },
    ],
  },
  {
    provider: 'huggingface_hub',
    address: 'https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/inference/_common.py',
    readOn,
    failures: [
      { failure: 'overload', ...inStream({ error: 'Model is overloaded', error_type: 'overloaded' }) },
      {
        failure: 'context-length',
        ...inStream({
          error:
            'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 6 `inputs` tokens and 4091 `max_new_tokens`',
          error_type: 'validation',
        }),
      },
    ],
  },
  {
    provider: 'replicate',
    address: 'https://replicate.com/docs/topics/predictions/rate-limits',
    readOn,
    failures: [failureOf('rate-limit', 429, { detail: 'Request was throttled. Expected available in 1 second.' })],
  },
]

const openai = (provider: string): readonly PublishedFailures[] => [
  {
    provider,
    address: 'https://github.com/openai/openai-openapi/blob/main/openapi.yaml',
    readOn,
    failures: [
      {
        failure: 'content-refused',
        status: 200,
        headers: SSE_HEADERS,
        body: chunk({ role: 'assistant', content: '', refusal: null }) + chunk({}, {}, 'content_filter') + sse('[DONE]'),
      },
    ],
  },
  {
    provider,
    // The code; its envelope is that of the description.
    address: 'https://github.com/openai/codex/blob/main/codex-rs/codex-api/src/sse/responses.rs',
    readOn,
    failures: [
      failureOf('context-length', 400, errorBody('Your input exceeds the context window of this model.', 'context_length_exceeded')),
    ],
  },
]

export const openAiFailures: readonly PublishedFailures[] = [
  ...openai('openai'),
  ...openai('openai_api_compatible'),
  {
    provider: 'openai_api_compatible',
    address: 'https://developers.openai.com/docs/guides/error-codes',
    readOn,
    failures: [
      failureOf('bad-key', 401, errorBody('Incorrect API key provided.', 'invalid_api_key')),
      failureOf('rate-limit', 429, errorBody('Rate limit reached for requests', 'rate_limit_exceeded', 'rate_limit_error')),
      failureOf('overload', 503, errorBody('Slow down', 'slow_down', 'service_unavailable_error')),
    ],
  },
]
