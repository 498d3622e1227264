import { SSE_HEADERS, sse } from '../scenario.ts'
import { chineseMakerAnswers } from './chinese-maker-answers.ts'
import { hostAnswers } from './host-answers.ts'
import { localServerAnswers } from './local-server-answers.ts'
import { makerAnswers } from './maker-answers.ts'
import { openAiAnswers } from './openai-answers.ts'
import { platformAnswers } from './platform-answers.ts'
import { chunk, counted, DONE, type PublishedAnswer, usage } from './published-answer.ts'

const readOn = '2026-11-29'
const ranking = [
  { index: 1, relevance_score: 0.9 },
  { index: 0, relevance_score: 0.2 },
]

export const publishedAnswers: readonly PublishedAnswer[] = [
  {
    provider: 'groq',
    address: 'https://www.npmjs.com/package/groq-sdk/v/1.6.0',
    readOn,
    abilities: ['text', 'stream', 'reasoning', 'usage'],
    call: 'greeting',
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', content: '' }, { x_groq: { id: 'req_1' } }) +
      chunk({ reasoning: 'Greet.' }) +
      chunk({ content: 'Good day' }) +
      // Its own member counts the caches of its chips, not tokens.
      chunk({}, { x_groq: { id: 'req_1', usage: { dram_cached_tokens: 1, sram_cached_tokens: 1 } }, usage }, 'stop') +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: counted },
  },
  {
    provider: 'togetherai',
    address: 'https://www.npmjs.com/package/together-ai/v/0.52.0',
    readOn,
    abilities: ['text', 'stream', 'usage'],
    call: 'greeting',
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', content: 'Good ', token_id: 1 }, { usage: null }) +
      chunk({ content: 'day', reasoning: null, reasoning_content: null }, { usage: null }) +
      chunk({ content: '' }, { usage: { ...usage, cached_tokens: 4 } }, 'stop') +
      DONE,
    says: { text: 'Good day', usage: { ...counted, cachedPromptTokens: 4 } },
  },
  {
    provider: 'mistralai',
    address: 'https://www.npmjs.com/package/@mistralai/mistralai/v/2.7.0',
    readOn,
    abilities: ['text', 'stream', 'reasoning', 'usage'],
    call: 'greeting',
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Greet.' }], closed: true }] }) +
      chunk({ content: [{ type: 'text', text: 'Good ' }] }) +
      chunk({ content: 'day' }, { usage: { ...usage, service_tier: 'standard' } }, 'stop') +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: counted },
  },
  {
    provider: 'openrouter',
    address: 'https://www.npmjs.com/package/@openrouter/sdk/v/1.3.19',
    readOn,
    abilities: ['text', 'stream', 'reasoning', 'usage'],
    call: 'greeting',
    headers: SSE_HEADERS,
    body:
      ': OPENROUTER PROCESSING\n\n' +
      chunk({ role: 'assistant', content: '', reasoning: 'Greet.', reasoning_details: [{ type: 'reasoning.text', text: 'Greet.' }] }) +
      chunk({ content: 'Good day' }) +
      chunk({ content: '' }, { native_finish_reason: 'STOP' }, 'stop') +
      sse({
        id: '1',
        object: 'chat.completion.chunk',
        choices: [],
        usage: {
          ...usage,
          cost: 0.00014,
          is_byok: false,
          prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
          completion_tokens_details: { reasoning_tokens: 2 },
        },
      }) +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: { ...counted, cachedPromptTokens: 4, reasoningTokens: 2 } },
  },
  {
    provider: 'mistralai',
    address: 'https://www.npmjs.com/package/@mistralai/mistralai/v/2.7.0',
    readOn,
    abilities: ['moderation'],
    call: 'moderation',
    body: JSON.stringify({
      id: '1',
      model: 'mistral-moderation-latest',
      results: [
        { categories: { sexual: false, violence_and_threats: true }, category_scores: { sexual: 0.01, violence_and_threats: 0.98 } },
      ],
    }),
  },
  {
    provider: 'togetherai',
    address: 'https://www.npmjs.com/package/together-ai/v/0.52.0',
    readOn,
    abilities: ['rerank'],
    call: 'rerank',
    body: JSON.stringify({
      object: 'rerank',
      id: '1',
      model: 'm',
      results: ranking.map((each) => ({ ...each, document: { text: null } })),
    }),
  },
  ...makerAnswers,
  ...chineseMakerAnswers,
  ...platformAnswers,
  ...openAiAnswers,
  ...hostAnswers,
  ...localServerAnswers,
]
