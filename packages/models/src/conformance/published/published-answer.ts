import type { ContentPart, ModelCall, TokenUsage, ToolCall } from '@trellis/spec'
import type { Ability } from '../abilities.ts'
import { sse } from '../scenario.ts'

/** A pixel, a sound and a page, as short as they come: what they hold is of no interest. */
const PIXEL = 'iVBORw0KGgo='
const VIDEO = 'https://files.test/video.mp4'
const tool = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false }
const paris: ToolCall = { id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris"}' }
const look = (part: ContentPart): ModelCall => ({
  messages: [
    {
      role: 'user',
      content: [{ type: 'text', text: 'Look' }, part],
    },
  ],
  parameters: {},
})

/** What a provider is asked. */
export const publishedCalls = {
  greeting: { messages: [{ role: 'user', content: 'Hello' }], parameters: {} },
  image: look({ type: 'image', mimeType: 'image/png', base64: PIXEL }),
  document: look({ type: 'document', mimeType: 'application/pdf', base64: PIXEL }),
  audio: look({ type: 'audio', mimeType: 'audio/mpeg', base64: PIXEL }),
  video: look({ type: 'video', mimeType: 'video/mp4', base64: PIXEL }),
  videoAddress: look({ type: 'video', mimeType: 'video/mp4', url: VIDEO }),
  schema: {
    messages: [{ role: 'user', content: 'A title' }],
    parameters: {},
    responseFormat: { type: 'json-schema', name: 'titled', schema },
  },
  tools: { messages: [{ role: 'user', content: 'Weather?' }], parameters: {}, tools: [tool], toolChoice: 'auto' },
  toolResults: {
    messages: [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: '', toolCalls: [paris] },
      { role: 'tool', toolCallId: 'call_1', toolName: 'get_weather', content: 'sunny' },
    ],
    parameters: {},
    tools: [tool],
  },
} as const satisfies Readonly<Record<string, ModelCall>>

/** The same in the shape of OpenAI's, for those whose reference has taken it over. */
export const openaiRequests = {
  image: { messages: [userLooks({ type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } })] },
  document: {
    messages: [userLooks({ type: 'file', file: { filename: 'document.pdf', file_data: `data:application/pdf;base64,${PIXEL}` } })],
  },
  audio: { messages: [userLooks({ type: 'input_audio', input_audio: { data: PIXEL, format: 'mp3' } })] },
  video: { messages: [userLooks({ type: 'video_url', video_url: { url: `data:video/mp4;base64,${PIXEL}` } })] },
  videoAddress: { messages: [userLooks({ type: 'video_url', video_url: { url: VIDEO } })] },
  schema: { response_format: { type: 'json_schema', json_schema: { name: 'titled', schema } } },
  tools: { tools: [{ type: 'function', function: tool }], tool_choice: 'auto' },
  toolResults: {
    messages: [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', tool_calls: [{ id: paris.id, type: 'function', function: { name: paris.name, arguments: paris.arguments } }] },
      { role: 'tool', tool_call_id: paris.id, content: 'sunny' },
    ],
    tools: [{ type: 'function', function: tool }],
  },
} as const

function userLooks(part: object) {
  return { role: 'user', content: [{ type: 'text', text: 'Look' }, part] }
}

/** An answer in the shape that its provider publishes, with all that is peculiar to it. */
export interface PublishedAnswer {
  readonly provider: string
  readonly address: string
  /** When it was read, as YYYY-MM-DD. */
  readonly readOn: string
  /** What it proves. */
  readonly abilities: readonly Ability[]
  /** One of the calls above, or one call of another type of model. */
  readonly call: keyof typeof publishedCalls | 'rerank' | 'moderation' | 'transcription'
  /** What the reference has the request look like: these members of its body. */
  readonly request?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  /** Of a chat: the texts said and thought, the tools called, and what was counted. */
  readonly says?: {
    readonly text: string
    readonly reasoning?: string
    readonly toolCalls?: readonly ToolCall[]
    readonly usage?: TokenUsage
  }
}

/** A chunk of a stream in the shape of OpenAI's. */
export const chunk = (delta: object, more: object = {}, finish: string | null = null): string =>
  sse({ id: '1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }], ...more })

/** The last chunk before `[DONE]` of those that count in one of its own. */
export const usageChunk = (told: object): string =>
  sse({ id: '1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage: told })

export const usage = { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 }
export const counted: TokenUsage = { promptTokens: 12, completionTokens: 7 }
export const DONE = sse('[DONE]')
/** The call that the fixtures of tools make. */
export const calledParis: readonly [ToolCall] = [paris]
