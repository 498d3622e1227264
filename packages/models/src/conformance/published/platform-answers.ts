import { SSE_HEADERS } from '../scenario.ts'
import { asksLikeOpenAi, type Page } from './family.ts'
import { calledParis, chunk, counted, DONE, openaiRequests, type PublishedAnswer, usage } from './published-answer.ts'

const readOn = '2026-11-29'
const [paris] = calledParis
const whole = { name: paris.name, arguments: paris.arguments }
const begun = { index: 0, id: paris.id, type: 'function', function: { name: paris.name, arguments: '' } }
const pieces = ['{"city":', '"Paris"}'].map((text) => ({ index: 0, function: { arguments: text } }))
const tools = {
  abilities: ['tools'],
  call: 'tools',
  request: openaiRequests.tools,
  headers: SSE_HEADERS,
  says: { text: '', toolCalls: calledParis },
} as const
const stream = chunk({ role: 'assistant', content: 'Good day' }) + chunk({}, {}, 'stop') + DONE

const fireworks: Page = {
  provider: 'fireworks',
  address: 'https://github.com/fw-ai-external/python-sdk/tree/main/src/fireworks/types/chat',
  readOn,
}
const groq: Page = { provider: 'groq', address: 'https://www.npmjs.com/package/groq-sdk/v/1.6.0', readOn }
const together: Page = { provider: 'togetherai', address: 'https://www.npmjs.com/package/together-ai/v/0.52.0', readOn }
const mistral: Page = { provider: 'mistralai', address: 'https://www.npmjs.com/package/@mistralai/mistralai/v/2.7.0', readOn }
const openrouter: Page = { provider: 'openrouter', address: 'https://www.npmjs.com/package/@openrouter/sdk/v/1.3.19', readOn }

/** Those who serve models that others made (Mistral: its own), as far as answers.ts has not told it. */
export const platformAnswers: readonly PublishedAnswer[] = [
  {
    ...fireworks,
    abilities: ['text', 'stream', 'usage'],
    call: 'greeting',
    request: { messages: [{ role: 'user', content: 'Hello' }], stream: true },
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant' }, { prompt_token_ids: [1] }) +
      chunk({ content: 'Good day' }, { usage: null }) +
      chunk({}, { usage: { ...usage, prompt_tokens_details: { cached_tokens: 4 } }, perf_metrics: { 'prompt-tokens': 12 } }, 'stop') +
      DONE,
    says: { text: 'Good day', usage: { ...counted, cachedPromptTokens: 4 } },
  },
  {
    ...fireworks,
    ...tools,
    // Its calls have no number of their own in the stream.
    body:
      chunk({ role: 'assistant', tool_calls: [{ id: paris.id, type: 'function', function: { name: paris.name, arguments: '' } }] }) +
      chunk({ tool_calls: [{ function: { arguments: paris.arguments } }] }) +
      chunk({}, {}, 'tool_calls') +
      DONE,
  },
  ...asksLikeOpenAi(fireworks, ['toolResults'], stream),
  {
    ...groq,
    ...tools,
    body:
      chunk({ role: 'assistant', content: null }, { x_groq: { id: 'req_1' } }) +
      chunk({ tool_calls: [{ ...begun, function: whole }] }) +
      chunk({}, { x_groq: { id: 'req_1' } }, 'tool_calls') +
      DONE,
  },
  ...asksLikeOpenAi(groq, ['toolResults', 'schema'], stream),
  { ...groq, abilities: ['transcription'], call: 'transcription', body: JSON.stringify({ text: 'Good day', x_groq: { id: 'req_1' } }) },
  {
    ...together,
    ...tools,
    body:
      chunk({ role: 'assistant', content: null, tool_calls: [{ ...begun, function: whole }] }) +
      chunk({ content: '' }, {}, 'tool_calls') +
      DONE,
  },
  ...asksLikeOpenAi(together, ['toolResults', 'image'], stream),
  {
    ...mistral,
    ...tools,
    // What a call is made with may come as the object itself.
    body:
      chunk({
        role: 'assistant',
        content: '',
        tool_calls: [{ id: paris.id, index: 0, function: { name: paris.name, arguments: JSON.parse(paris.arguments) } }],
      }) +
      chunk({ content: '' }, {}, 'tool_calls') +
      DONE,
  },
  ...asksLikeOpenAi(mistral, ['toolResults', 'image', 'schema'], stream),
  {
    ...openrouter,
    ...tools,
    body:
      [begun, ...pieces].map((piece) => chunk({ role: 'assistant', content: null, tool_calls: [piece] })).join('') +
      chunk({ role: 'assistant', content: '' }, { native_finish_reason: 'tool_use' }, 'tool_calls') +
      DONE,
  },
  ...asksLikeOpenAi(openrouter, ['toolResults', 'image', 'document', 'video'], stream),
]
