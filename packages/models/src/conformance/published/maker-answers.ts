import { SSE_HEADERS, sse } from '../scenario.ts'
import { asksLikeOpenAi, type Page } from './family.ts'
import { calledParis, chunk, counted, DONE, openaiRequests, type PublishedAnswer, usage, usageChunk } from './published-answer.ts'

const readOn = '2026-11-29'
const [paris] = calledParis
const begun = { index: 0, id: paris.id, type: 'function', function: { name: paris.name, arguments: '' } }
const pieces = ['{"city":', '"Paris"}'].map((text) => ({ index: 0, function: { arguments: text } }))
const greeting = { call: 'greeting', headers: SSE_HEADERS } as const
const tools = { abilities: ['tools'], call: 'tools', headers: SSE_HEADERS, says: { text: '', toolCalls: calledParis } } as const

const azure: Page = {
  provider: 'azure_openai',
  address:
    'https://github.com/Azure/azure-rest-api-specs/blob/main/specification/cognitiveservices/data-plane/AzureOpenAI/inference/stable/2024-10-21/inference.yaml',
  readOn,
}
const safe = { hate: { filtered: false, severity: 'safe' }, violence: { filtered: false, severity: 'safe' } }
/** What its filter thinks of the prompt comes before the answer, and what it thinks of the answer beside each piece. */
const azureOpens = sse({
  id: '',
  object: '',
  created: 0,
  model: '',
  choices: [],
  prompt_filter_results: [{ prompt_index: 0, content_filter_results: { ...safe, jailbreak: { detected: false, filtered: false } } }],
})
const azureSays = (delta: object, finish: string | null = null): string =>
  chunk({}, { choices: [{ index: 0, delta, finish_reason: finish, content_filter_results: safe }], system_fingerprint: 'fp_1' })
const azureStream = azureOpens + azureSays({ role: 'assistant', content: 'Good day' }) + azureSays({}, 'stop')

const cohere: Page = {
  provider: 'cohere',
  address: 'https://github.com/cohere-ai/cohere-developer-experience/blob/main/fern/pages/v2/text-generation/compatibility-api.mdx',
  readOn,
}
const cohereStream =
  chunk({ role: 'assistant', content: 'Good ', refusal: null }) + chunk({ content: 'day' }) + chunk({}, {}, 'stop') + DONE

const plain = chunk({ role: 'assistant', content: 'Good day' }) + chunk({}, {}, 'stop') + DONE

const deepseek: Page = { provider: 'deepseek', address: 'https://www.npmjs.com/package/@deepseek-ai/dsh-llm-deepseek/v/0.1.0-rc.8', readOn }

const xUsage = {
  ...usage,
  prompt_tokens_details: { text_tokens: 12, audio_tokens: 0, image_tokens: 0, cached_tokens: 4 },
}

/** Those who make models and serve them themselves. */
export const makerAnswers: readonly PublishedAnswer[] = [
  {
    ...azure,
    ...greeting,
    abilities: ['text', 'stream', 'usage'],
    request: { messages: [{ role: 'user', content: 'Hello' }], stream: true, stream_options: { include_usage: true } },
    body: azureStream + usageChunk({ ...usage, completion_tokens_details: { reasoning_tokens: 2 } }) + DONE,
    says: { text: 'Good day', usage: { ...counted, reasoningTokens: 2 } },
  },
  {
    ...azure,
    ...tools,
    request: openaiRequests.tools,
    body: azureOpens + [begun, ...pieces].map((piece) => azureSays({ tool_calls: [piece] })).join('') + azureSays({}, 'tool_calls') + DONE,
  },
  ...asksLikeOpenAi(azure, ['toolResults', 'image', 'schema'], azureStream + DONE),
  ...asksLikeOpenAi(
    {
      ...azure,
      address: 'https://github.com/Azure/azure-rest-api-specs/blob/main/specification/ai/data-plane/OpenAI.v1/azure-v1-v1-generated.yaml',
    },
    ['document'],
    azureStream + DONE,
  ),
  {
    ...azure,
    address: azure.address.replace('inference.yaml', 'examples/audio_transcription_object.json'),
    abilities: ['transcription'],
    call: 'transcription',
    body: JSON.stringify({ text: 'Good day' }),
  },
  { ...cohere, ...greeting, abilities: ['text', 'stream'], request: { stream: true }, body: cohereStream, says: { text: 'Good day' } },
  ...asksLikeOpenAi(cohere, ['tools', 'toolResults'], cohereStream),
  {
    ...deepseek,
    ...greeting,
    abilities: ['text', 'stream', 'reasoning', 'usage'],
    request: { stream: true, stream_options: { include_usage: true } },
    // While it is busy it keeps the connection with comments (api-docs.deepseek.com/quick_start/rate_limit).
    body:
      ': keep-alive\n\n' +
      chunk({ role: 'assistant', content: null, reasoning_content: '' }) +
      chunk({ content: null, reasoning_content: 'Greet.' }) +
      chunk({ content: 'Good day', reasoning_content: null }) +
      chunk(
        { content: '', reasoning_content: null },
        {
          usage: {
            ...usage,
            prompt_tokens_details: { cached_tokens: 4 },
            completion_tokens_details: { reasoning_tokens: 2 },
            prompt_cache_hit_tokens: 4,
            prompt_cache_miss_tokens: 8,
          },
        },
        'stop',
      ) +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: { ...counted, cachedPromptTokens: 4, reasoningTokens: 2 } },
  },
  {
    ...deepseek,
    ...tools,
    request: openaiRequests.tools,
    body:
      chunk({ role: 'assistant', content: null, reasoning_content: '' }) +
      [begun, ...pieces].map((piece) => chunk({ tool_calls: [piece] })).join('') +
      chunk({ content: '' }, {}, 'tool_calls') +
      DONE,
  },
  {
    ...deepseek,
    address: 'https://api-docs.deepseek.com/guides/thinking_mode.md',
    abilities: ['tools'],
    call: 'toolResults',
    // It refuses calls that come back without the thoughts before them.
    request: {
      messages: [{}, { ...openaiRequests.toolResults.messages[1], reasoning_content: '' }, openaiRequests.toolResults.messages[2]],
    },
    headers: SSE_HEADERS,
    body: chunk({ role: 'assistant', content: 'Good day' }, {}, 'stop') + DONE,
    says: { text: 'Good day' },
  },
  {
    provider: 'x',
    address: 'https://docs.x.ai/docs/guides/streaming-response',
    readOn,
    ...greeting,
    abilities: ['text', 'stream', 'usage'],
    request: { stream: true },
    // Each chunk counts anew.
    body:
      chunk({ role: 'assistant', content: 'Good ' }, { usage: { ...xUsage, completion_tokens: 1, total_tokens: 13 } }) +
      chunk({ role: 'assistant', content: 'day' }, { usage: xUsage }) +
      DONE,
    says: { text: 'Good day', usage: { ...counted, cachedPromptTokens: 4 } },
  },
  {
    provider: 'x',
    address: 'https://docs.x.ai/docs/guides/function-calling',
    readOn,
    ...tools,
    request: openaiRequests.tools,
    // A call comes whole.
    body:
      chunk({ role: 'assistant', tool_calls: [{ ...begun, function: { name: paris.name, arguments: paris.arguments } }] }) +
      chunk({}, {}, 'tool_calls') +
      DONE,
  },
  ...asksLikeOpenAi({ provider: 'x', address: 'https://docs.x.ai/docs/guides/function-calling', readOn }, ['toolResults'], plain),
  ...asksLikeOpenAi({ provider: 'x', address: 'https://docs.x.ai/docs/guides/image-understanding', readOn }, ['image'], plain),
  ...asksLikeOpenAi({ provider: 'x', address: 'https://docs.x.ai/docs/guides/structured-outputs', readOn }, ['schema'], plain),
  {
    provider: 'x',
    address: 'https://docs.x.ai/docs/guides/reasoning',
    readOn,
    ...greeting,
    abilities: ['reasoning'],
    body: chunk({ role: 'assistant', reasoning_content: 'Greet.' }) + chunk({ content: 'Good day' }, {}, 'stop') + DONE,
    says: { text: 'Good day', reasoning: 'Greet.' },
  },
  {
    provider: 'x',
    address: 'https://docs.x.ai/developers/advanced-api-usage/prompt-caching/usage-and-pricing',
    readOn,
    ...greeting,
    abilities: ['usage'],
    body:
      chunk({ role: 'assistant', content: 'Good day' }, {}, 'stop') +
      usageChunk({
        ...xUsage,
        completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
      }) +
      DONE,
    says: { text: 'Good day', usage: { ...counted, cachedPromptTokens: 4 } },
  },
]
