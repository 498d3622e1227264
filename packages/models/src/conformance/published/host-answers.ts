import { SSE_HEADERS } from '../scenario.ts'
import { asksLikeOpenAi, type Page } from './family.ts'
import { calledParis, chunk, counted, DONE, openaiRequests, type PublishedAnswer, usage, usageChunk } from './published-answer.ts'

const readOn = '2026-11-29'
const [paris] = calledParis

const minimax: Page = { provider: 'minimax', address: 'https://platform.minimax.io/docs/api-reference/text-chat-openai', readOn }
const minimaxSays = (delta: object, finish: string | null = null): string =>
  chunk(
    { role: 'assistant', name: 'MiniMax AI', audio_content: '', ...delta },
    { usage: null, input_sensitive: false, output_sensitive: false, input_sensitive_type: 0, output_sensitive_type: 0 },
    finish,
  )
const thought = (text: string): object => ({
  reasoning_details: [{ type: 'reasoning.text', id: 'reasoning-text-1', format: 'MiniMax-response-v1', index: 0, text }],
})

const nvidiaServer: Page = {
  provider: 'nvidia',
  // For the shapes it sends to those of vLLM's documentation.
  address: 'https://docs.nvidia.com/nim/large-language-models/latest/reference/api-reference.html',
  readOn,
}
const nvidiaCatalog: Page = { ...nvidiaServer, address: 'https://docs.api.nvidia.com/nim/reference/stepfun-ai-step-5-preview-infer' }
const nvidiaStream =
  chunk({ role: 'assistant', content: null }, { logprobs: null }) +
  chunk({ role: null, content: 'Good day' }) +
  chunk({ role: null, content: '' }, { stop_reason: null }, 'stop') +
  DONE

const perplexity: Page = {
  provider: 'perplexity',
  address: 'https://www.npmjs.com/package/@perplexity-ai/perplexity_ai/v/0.38.1',
  readOn,
}
/** Each of its chunks has the whole of what was said so far beside what is new, the pages that it rests on, and the bill. */
const perplexitySays = (delta: object, said: string, finish: string | null = null): string =>
  chunk(
    {},
    {
      choices: [{ index: 0, delta: { role: 'assistant', ...delta }, message: { role: 'assistant', content: said }, finish_reason: finish }],
      status: finish === null ? 'PENDING' : 'COMPLETED',
      type: finish === null ? 'message' : 'end_of_stream',
      citations: ['https://bread.test/'],
      search_results: [{ title: 'Bread', url: 'https://bread.test/', date: null }],
      usage: {
        ...usage,
        citation_tokens: 30,
        num_search_queries: 1,
        reasoning_tokens: 2,
        search_context_size: 'low',
        cost: { input_tokens_cost: 0.1, output_tokens_cost: 0.1, total_cost: 0.2 },
      },
    },
  )
const perplexityStream = perplexitySays({ content: 'Good ' }, 'Good ') + perplexitySays({ content: 'day' }, 'Good day', 'stop') + DONE

const huggingface: Page = {
  provider: 'huggingface_hub',
  address: 'https://huggingface.co/docs/inference-providers/tasks/chat-completion',
  readOn,
}
const huggingfaceStream = chunk({ role: 'assistant', content: 'Good day' }) + chunk({ role: 'assistant', content: '' }, {}, 'stop') + DONE

/** Those who are reached over the family's wire at an address of their own. */
export const hostAnswers: readonly PublishedAnswer[] = [
  {
    ...minimax,
    abilities: ['text', 'stream', 'reasoning', 'usage'],
    call: 'greeting',
    request: { reasoning_split: true, stream: true, stream_options: { include_usage: true } },
    headers: SSE_HEADERS,
    body:
      minimaxSays({ content: '', reasoning_content: 'Greet', ...thought('Greet') }) +
      // Its guide reads the thoughts from here alone.
      minimaxSays({ content: '', ...thought('.') }) +
      minimaxSays({ content: 'Good ' }) +
      minimaxSays({ content: 'day' }, 'stop') +
      usageChunk({ ...usage, total_characters: 0, prompt_tokens_details: { cached_tokens: 4 } }) +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: { ...counted, cachedPromptTokens: 4 } },
  },
  {
    ...minimax,
    abilities: ['tools'],
    call: 'tools',
    request: { tools: openaiRequests.tools.tools },
    headers: SSE_HEADERS,
    body:
      minimaxSays(
        { tool_calls: [{ id: paris.id, type: 'function', function: { name: paris.name, arguments: paris.arguments }, index: 0 }] },
        'tool_calls',
      ) + DONE,
    says: { text: '', toolCalls: calledParis },
  },
  ...asksLikeOpenAi(minimax, ['toolResults', 'image'], minimaxSays({ content: 'Good day' }, 'stop') + DONE),
  {
    ...nvidiaServer,
    abilities: ['text', 'stream', 'reasoning', 'usage'],
    call: 'greeting',
    request: { stream: true, stream_options: { include_usage: true } },
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', content: '' }) +
      chunk({ reasoning: 'Greet.' }) +
      chunk({ content: 'Good day' }) +
      chunk({ content: '' }, {}, 'stop') +
      usageChunk({ ...usage, prompt_tokens_details: null }) +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: counted },
  },
  {
    ...nvidiaCatalog,
    abilities: ['text', 'stream', 'reasoning'],
    call: 'greeting',
    headers: SSE_HEADERS,
    body: chunk({ role: 'assistant', reasoning_content: 'Greet.' }) + nvidiaStream,
    says: { text: 'Good day', reasoning: 'Greet.' },
  },
  {
    ...nvidiaServer,
    // Tools go with `tool_choice` or not at all.
    address: 'https://docs.nvidia.com/nim/large-language-models/1.10.0/function-calling.html',
    abilities: ['tools'],
    call: 'toolResults',
    request: { ...openaiRequests.toolResults, tool_choice: 'auto' },
    headers: SSE_HEADERS,
    body:
      chunk({
        role: 'assistant',
        content: null,
        tool_calls: [{ index: 0, id: paris.id, type: 'function', function: { name: paris.name, arguments: '' } }],
      }) +
      chunk({ tool_calls: [{ index: 0, function: { arguments: paris.arguments } }] }) +
      chunk({}, {}, 'tool_calls') +
      DONE,
    says: { text: '', toolCalls: calledParis },
  },
  ...asksLikeOpenAi(nvidiaCatalog, ['image'], nvidiaStream),
  {
    ...perplexity,
    abilities: ['text', 'stream', 'reasoning', 'usage'],
    call: 'greeting',
    headers: SSE_HEADERS,
    body:
      perplexitySays(
        { content: '', reasoning_steps: [{ thought: 'Greet.', type: 'web_search', web_search: { search_keywords: [] } }] },
        '',
      ) + perplexityStream,
    says: { text: 'Good day', reasoning: 'Greet.\n', usage: { ...counted, reasoningTokens: 2 } },
  },
  ...asksLikeOpenAi(perplexity, ['schema', 'image'], perplexityStream),
  {
    ...huggingface,
    address: 'https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/inference/_generated/types/chat_completion.py',
    abilities: ['text', 'stream', 'reasoning', 'usage'],
    call: 'greeting',
    request: { stream: true, stream_options: { include_usage: true } },
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', content: '', reasoning: 'Greet.' }, { usage: null }) +
      chunk({ role: 'assistant', content: 'Good day' }, { usage: null }) +
      chunk({ role: 'assistant', content: '' }, { usage: null }, 'stop') +
      usageChunk(usage) +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: counted },
  },
  {
    ...huggingface,
    abilities: ['tools'],
    call: 'tools',
    request: openaiRequests.tools,
    headers: SSE_HEADERS,
    body:
      // Every piece of a call has its id.
      ['{"city":', '"Paris"}']
        .map((piece, place) => ({ ...(place === 0 ? { name: paris.name } : {}), arguments: piece }))
        .map((told) => chunk({ role: 'assistant', tool_calls: [{ index: 0, id: paris.id, type: 'function', function: told }] }))
        .join('') +
      chunk({ role: 'assistant', content: '' }, {}, 'tool_calls') +
      DONE,
    says: { text: '', toolCalls: calledParis },
  },
  ...asksLikeOpenAi(huggingface, ['toolResults', 'image'], huggingfaceStream),
]
