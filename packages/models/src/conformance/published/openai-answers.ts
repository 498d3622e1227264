import { SSE_HEADERS } from '../scenario.ts'
import { asksLikeOpenAi, type Page } from './family.ts'
import { calledParis, chunk, counted, DONE, openaiRequests, type PublishedAnswer, usage, usageChunk } from './published-answer.ts'

const [paris] = calledParis

/** OpenAI's description of its API, which those who speak it go by. */
const described = (provider: string): Page => ({
  provider,
  address: 'https://github.com/openai/openai-openapi/blob/main/openapi.yaml',
  readOn: '2026-11-29',
})
/** Members that every chunk has, of which nothing is read. */
const more = { service_tier: 'default', system_fingerprint: 'fp_1', obfuscation: 'r4N7vQ2m', usage: null }
const stream =
  chunk({ role: 'assistant', content: '', refusal: null }, more) + chunk({ content: 'Good day' }, more) + chunk({}, more, 'stop')
const told = {
  ...usage,
  prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0, cache_write_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 2, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
}

const greeted = (provider: string): PublishedAnswer => ({
  ...described(provider),
  // Of what was thought this wire tells how much it was, never the words.
  abilities: ['text', 'stream', 'usage', 'reasoning'],
  call: 'greeting',
  request: { stream: true, stream_options: { include_usage: true } },
  headers: SSE_HEADERS,
  body: stream + usageChunk(told) + DONE,
  says: { text: 'Good day', usage: { ...counted, cachedPromptTokens: 4, reasoningTokens: 2 } },
})

const compatible = described('openai_api_compatible')

export const openAiAnswers: readonly PublishedAnswer[] = [
  greeted('openai'),
  greeted('openai_api_compatible'),
  {
    ...compatible,
    abilities: ['tools'],
    call: 'tools',
    request: openaiRequests.tools,
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', content: null, refusal: null }, more) +
      chunk({ tool_calls: [{ index: 0, id: paris.id, type: 'function', function: { name: paris.name, arguments: '' } }] }, more) +
      chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }, more) +
      chunk({ tool_calls: [{ index: 0, function: { arguments: '"Paris"}' } }] }, more) +
      chunk({}, more, 'tool_calls') +
      DONE,
    says: { text: '', toolCalls: calledParis },
  },
  ...asksLikeOpenAi(compatible, ['toolResults', 'schema', 'image', 'document', 'audio'], stream + DONE),
  {
    ...compatible,
    abilities: ['transcription'],
    call: 'transcription',
    body: JSON.stringify({
      text: 'Good day',
      usage: { type: 'tokens', input_tokens: 14, input_token_details: { text_tokens: 10, audio_tokens: 4 }, output_tokens: 2 },
    }),
  },
]
