import { SSE_HEADERS } from '../scenario.ts'
import { asksLikeOpenAi, type Page } from './family.ts'
import { calledParis, chunk, counted, DONE, openaiRequests, type PublishedAnswer, usage, usageChunk } from './published-answer.ts'

const readOn = '2026-11-29'
const [paris] = calledParis

const ollamaCode: Page = { provider: 'ollama', address: 'https://github.com/ollama/ollama/blob/main/openai/openai.go', readOn }
const ollamaGuide: Page = { provider: 'ollama', address: 'https://docs.ollama.com/api/openai-compatibility', readOn }
const ollamaMark = { system_fingerprint: 'fp_ollama' }
const ollamaStream =
  chunk({ role: 'assistant', content: '', reasoning: 'Greet.' }, ollamaMark) +
  chunk({ content: 'Good day' }, ollamaMark) +
  chunk({}, ollamaMark, 'stop') +
  usageChunk(usage) +
  DONE

const lmStudioTools: Page = { provider: 'lmstudio', address: 'https://lmstudio.ai/docs/developer/openai-compat/tools', readOn }
const lmStudioChat: Page = { provider: 'lmstudio', address: 'https://lmstudio.ai/docs/developer/openai-compat', readOn }
const lmStudioStream =
  chunk({ role: 'assistant', content: 'Good ' }, { logprobs: null }) + chunk({ content: 'day' }) + chunk({}, {}, 'stop') + DONE

const vllmCode: Page = {
  provider: 'vllm',
  address: 'https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/generate/base/protocol.py',
  readOn,
}
const vllmStream =
  chunk({ role: 'assistant', content: '' }) + chunk({ reasoning: 'Greet.' }) + chunk({ content: 'Good day' }) + chunk({}, {}, 'stop') + DONE

const xinferenceCode: Page = {
  provider: 'xinference',
  address: 'https://github.com/xorbitsai/inference/blob/main/xinference/types.py',
  readOn,
}
const xinferenceGuide = (name: string): Page => ({
  provider: 'xinference',
  address: `https://inference.readthedocs.io/en/latest/models/model_abilities/${name}.html`,
  readOn,
})
const xinferenceStream = chunk({ role: 'assistant', content: 'Good day' }) + chunk({ content: '' }, {}, 'stop') + DONE

/** Servers of one's own. */
export const localServerAnswers: readonly PublishedAnswer[] = [
  {
    ...ollamaCode,
    abilities: ['text', 'stream', 'usage'],
    call: 'greeting',
    request: { stream: true, stream_options: { include_usage: true } },
    headers: SSE_HEADERS,
    body: ollamaStream,
    says: { text: 'Good day', reasoning: 'Greet.', usage: counted },
  },
  {
    ...ollamaCode,
    abilities: ['tools'],
    call: 'tools',
    request: { tools: openaiRequests.tools.tools },
    headers: SSE_HEADERS,
    // A call comes whole, and the last word is that of a text.
    body:
      chunk(
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ id: paris.id, index: 0, type: 'function', function: { name: paris.name, arguments: paris.arguments } }],
        },
        ollamaMark,
      ) +
      chunk({}, ollamaMark, 'tool_calls') +
      DONE,
    says: { text: '', toolCalls: calledParis },
  },
  ...asksLikeOpenAi(ollamaGuide, ['toolResults', 'image'], ollamaStream),
  {
    ...lmStudioChat,
    abilities: ['text', 'stream', 'usage'],
    call: 'greeting',
    request: { stream: true, stream_options: { include_usage: true } },
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', reasoning: 'Greet.' }) + chunk({ content: 'Good day' }) + chunk({}, {}, 'stop') + usageChunk(usage) + DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: counted },
  },
  {
    ...lmStudioTools,
    abilities: ['tools'],
    call: 'tools',
    request: openaiRequests.tools,
    headers: SSE_HEADERS,
    body:
      chunk({
        role: 'assistant',
        tool_calls: [{ index: 0, id: paris.id, type: 'function', function: { name: paris.name, arguments: '' } }],
      }) +
      ['{"', 'city', '":"', 'Paris', '"}'].map((piece) => chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] })).join('') +
      chunk({}, {}, 'tool_calls') +
      DONE,
    says: { text: '', toolCalls: calledParis },
  },
  ...asksLikeOpenAi(lmStudioTools, ['toolResults'], lmStudioStream),
  ...asksLikeOpenAi(lmStudioChat, ['image'], lmStudioStream),
  ...asksLikeOpenAi(
    { ...lmStudioChat, address: 'https://lmstudio.ai/docs/developer/openai-compat/structured-output' },
    ['schema'],
    lmStudioStream,
  ),
  {
    ...vllmCode,
    abilities: ['text', 'stream', 'usage'],
    call: 'greeting',
    request: { stream: true, stream_options: { include_usage: true } },
    headers: SSE_HEADERS,
    body: vllmStream.replace(DONE, '') + usageChunk({ ...usage, prompt_tokens_details: { cached_tokens: 4 } }) + DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: { ...counted, cachedPromptTokens: 4 } },
  },
  {
    ...vllmCode,
    abilities: ['tools'],
    call: 'tools',
    request: openaiRequests.tools,
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', content: '' }) +
      chunk({ tool_calls: [{ id: paris.id, type: 'function', index: 0, function: { name: paris.name } }] }) +
      chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }) +
      chunk({ tool_calls: [{ index: 0, function: { arguments: '"Paris"}' } }] }) +
      chunk({ content: '' }, {}, 'tool_calls') +
      DONE,
    says: { text: '', toolCalls: calledParis },
  },
  ...asksLikeOpenAi({ ...vllmCode, address: 'https://docs.vllm.ai/en/latest/features/tool_calling.html' }, ['toolResults'], vllmStream),
  ...asksLikeOpenAi(
    { ...vllmCode, address: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html' },
    ['image'],
    vllmStream,
  ),
  ...asksLikeOpenAi({ ...vllmCode, address: 'https://docs.vllm.ai/en/latest/features/structured_outputs.html' }, ['schema'], vllmStream),
  {
    ...vllmCode,
    address: 'https://docs.vllm.ai/en/latest/serving/online_serving/speech_to_text.html',
    abilities: ['transcription'],
    call: 'transcription',
    body: JSON.stringify({ text: 'Good day', language: 'en', duration: 5.42, segments: [{ id: 0, start: 0, end: 2.5, text: 'Good day' }] }),
  },
  {
    ...xinferenceCode,
    abilities: ['text', 'stream', 'usage'],
    call: 'greeting',
    headers: SSE_HEADERS,
    body:
      chunk({ role: 'assistant', content: '', reasoning_content: 'Greet.' }) +
      chunk({ content: 'Good day', reasoning_content: null }) +
      chunk({ content: '' }, {}, 'stop') +
      usageChunk({ ...usage, prompt_tokens_details: { cached_tokens: 4 } }) +
      DONE,
    says: { text: 'Good day', reasoning: 'Greet.', usage: { ...counted, cachedPromptTokens: 4 } },
  },
  {
    ...xinferenceGuide('tools'),
    abilities: ['tools'],
    call: 'tools',
    request: openaiRequests.tools,
    headers: SSE_HEADERS,
    // Its calls have no number, and come whole.
    body:
      chunk({
        role: 'assistant',
        content: null,
        tool_calls: [{ id: paris.id, type: 'function', function: { name: paris.name, arguments: paris.arguments } }],
      }) +
      chunk({ content: '' }, {}, 'tool_calls') +
      DONE,
    says: { text: '', toolCalls: calledParis },
  },
  ...asksLikeOpenAi(xinferenceGuide('multimodal'), ['image'], xinferenceStream),
  ...asksLikeOpenAi(
    { ...xinferenceCode, address: 'https://github.com/xorbitsai/inference/blob/main/xinference/model/llm/utils.py' },
    ['schema'],
    xinferenceStream,
  ),
  {
    ...xinferenceGuide('audio'),
    abilities: ['transcription'],
    call: 'transcription',
    body: JSON.stringify({ text: 'Good day' }),
  },
]
