import { SSE_HEADERS } from '../scenario.ts'
import { asksLikeOpenAi, type Page } from './family.ts'
import { calledParis, chunk, counted, DONE, openaiRequests, type PublishedAnswer, usage, usageChunk } from './published-answer.ts'

const readOn = '2026-11-29'
const [paris] = calledParis
const begun = { index: 0, id: paris.id, type: 'function', function: { name: paris.name, arguments: '' } }
const pieces = ['{"city":', '"Paris"}'].map((text) => ({ index: 0, function: { arguments: text } }))
const greeting = { call: 'greeting', headers: SSE_HEADERS } as const
const tools = { abilities: ['tools'], call: 'tools', headers: SSE_HEADERS, says: { text: '', toolCalls: calledParis } } as const
const everything = ['text', 'stream', 'reasoning', 'usage'] as const
const streams = { stream: true, stream_options: { include_usage: true } }
const details = { prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 2 } }
const thought = { text: 'Good day', reasoning: 'Greet.', usage: { ...counted, cachedPromptTokens: 4, reasoningTokens: 2 } }
const calling = [begun, ...pieces].map((piece) => chunk({ tool_calls: [piece] })).join('') + chunk({}, {}, 'tool_calls') + DONE
const stream = chunk({ role: 'assistant', content: 'Good day' }) + chunk({}, {}, 'stop') + DONE
const [, called, result] = openaiRequests.toolResults.messages
/** The results of calls, for those who refuse calls that come back without the thoughts before them. */
const resultsAfterThoughts = { messages: [{}, { ...called, reasoning_content: '' }, result] }

const kimi: Page = {
  provider: 'moonshot',
  address: 'https://github.com/MoonshotAI/kimi-cli/blob/main/packages/kosong/src/kosong/chat_provider/kimi.py',
  readOn,
}
const kimiChat: Page = { ...kimi, address: 'https://platform.kimi.ai/docs/api/chat.md' }

const qwen: Page = {
  provider: 'tongyi',
  address: 'https://github.com/QwenLM/qwen-code/blob/main/packages/core/src/core/openaiContentGenerator/converter.ts',
  readOn,
}

const zhipu: Page = { provider: 'zhipuai', address: 'https://github.com/zai-org/z-ai-sdk-python/tree/main/src/zai/types/chat', readOn }
const zhipuGuide: Page = { ...zhipu, address: 'https://github.com/zai-org/z-ai-sdk-python/blob/main/README.md' }

const ark: Page = {
  provider: 'volcengine_maas',
  address: 'https://github.com/volcengine/volcengine-python-sdk/tree/master/volcenginesdkarkruntime/types/chat',
  readOn,
}

const silicon: Page = {
  provider: 'siliconflow',
  address: 'https://github.com/siliconflow/dsh-llm-siliconflow/blob/main/src/types.ts',
  readOn,
}

/** Chinese makers and hosts of models. */
export const chineseMakerAnswers: readonly PublishedAnswer[] = [
  {
    ...kimi,
    ...greeting,
    abilities: everything,
    request: streams,
    // It counts within the last choice.
    body:
      chunk({ role: 'assistant', content: '', reasoning_content: 'Greet.' }) +
      chunk({ content: 'Good day' }) +
      chunk(
        {},
        {
          choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage: { ...usage, cached_tokens: 4 } }],
          system_fingerprint: 'fpv0_1',
        },
      ) +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: { ...counted, cachedPromptTokens: 4 } },
  },
  { ...kimi, ...tools, request: openaiRequests.tools, body: chunk({ role: 'assistant', reasoning_content: '' }) + calling },
  {
    ...kimi,
    ...greeting,
    abilities: ['tools'],
    call: 'toolResults',
    request: resultsAfterThoughts,
    body: stream,
    says: { text: 'Good day' },
  },
  ...asksLikeOpenAi(kimiChat, ['image', 'video', 'schema'], stream),
  {
    ...qwen,
    ...greeting,
    abilities: everything,
    request: streams,
    body:
      chunk({ role: 'assistant', content: null, reasoning_content: '' }, { usage: null, system_fingerprint: null }) +
      chunk({ content: null, reasoning_content: 'Greet.' }, { usage: null }) +
      chunk({ content: 'Good day', reasoning_content: null }, { usage: null }) +
      chunk({ content: '', reasoning_content: null }, { usage: null }, 'stop') +
      usageChunk({ ...usage, ...details }) +
      DONE,
    says: thought,
  },
  { ...qwen, ...tools, request: openaiRequests.tools, body: calling },
  ...asksLikeOpenAi(qwen, ['toolResults', 'video'], stream),
  ...asksLikeOpenAi({ ...qwen, address: 'https://github.com/QwenLM/Qwen3-VL/blob/main/README.md' }, ['image'], stream),
  {
    ...zhipu,
    ...greeting,
    abilities: everything,
    request: { stream: true },
    // Its chunks do not say what they are, and the last one counts.
    body:
      chunk({ role: 'assistant', reasoning_content: 'Greet.' }, { object: undefined }) +
      chunk({ role: 'assistant', content: 'Good day' }, { object: undefined }) +
      chunk({ role: 'assistant', content: '' }, { object: undefined, usage: { ...usage, ...details } }, 'stop') +
      DONE,
    says: thought,
  },
  {
    ...zhipu,
    ...tools,
    request: openaiRequests.tools,
    body:
      chunk(
        { role: 'assistant', tool_calls: [{ ...begun, function: { name: paris.name, arguments: paris.arguments } }] },
        {},
        'tool_calls',
      ) + DONE,
  },
  ...asksLikeOpenAi(
    { ...zhipu, address: 'https://github.com/zai-org/z-ai-sdk-python/blob/main/examples/function_call_example.py' },
    ['toolResults'],
    stream,
  ),
  ...asksLikeOpenAi(zhipuGuide, ['image'], stream),
  // It tells of videos by their address only.
  ...asksLikeOpenAi({ ...zhipu, address: 'https://docs.z.ai/api-reference/llm/chat-completion.md' }, ['videoAddress'], stream),
  {
    ...ark,
    ...greeting,
    abilities: everything,
    request: streams,
    body:
      chunk({ role: 'assistant', content: '', reasoning_content: 'Greet.' }, { service_tier: 'default', usage: null }) +
      chunk({ role: 'assistant', content: 'Good day' }, { service_tier: 'default', usage: null }) +
      chunk(
        { role: 'assistant', content: '' },
        { choices: [{ index: 0, delta: { content: '' }, finish_reason: 'stop', moderation_hit_type: null }] },
      ) +
      usageChunk({
        ...usage,
        prompt_tokens_details: { cached_tokens: 4, provisioned_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 2, provisioned_tokens: 0 },
      }) +
      DONE,
    says: thought,
  },
  { ...ark, ...tools, request: openaiRequests.tools, body: calling },
  ...asksLikeOpenAi(ark, ['toolResults', 'image', 'video', 'schema'], stream),
  {
    ...silicon,
    ...greeting,
    abilities: everything,
    request: streams,
    // It counts in every chunk, each time all so far.
    body:
      chunk({ role: 'assistant', content: null, reasoning_content: '' }, { usage: { ...usage, completion_tokens: 0, total_tokens: 12 } }) +
      chunk({ content: null, reasoning_content: 'Greet.' }, { usage: { ...usage, completion_tokens: 2, total_tokens: 14 } }) +
      chunk({ content: 'Good day', reasoning_content: null }, { usage: { ...usage, completion_tokens: 6, total_tokens: 18 } }) +
      chunk({ content: '' }, { usage: { ...usage, ...details, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 8 } }, 'stop') +
      DONE,
    says: thought,
  },
  { ...silicon, ...tools, request: openaiRequests.tools, body: chunk({ role: 'assistant', content: null }) + calling },
  {
    ...silicon,
    ...greeting,
    abilities: ['tools'],
    call: 'toolResults',
    request: resultsAfterThoughts,
    body: stream,
    says: { text: 'Good day' },
  },
  ...asksLikeOpenAi({ ...silicon, address: 'https://docs.siliconflow.com/en/userguide/capabilities/vision' }, ['image'], stream),
  {
    ...silicon,
    address: 'https://docs.siliconflow.cn/api-reference/audio/create-audio-transcriptions',
    abilities: ['transcription'],
    call: 'transcription',
    body: JSON.stringify({ text: 'Good day' }),
  },
]
