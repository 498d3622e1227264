import { type ContentPart, type MediaSource, type ModelCall, type ModelMessage, ProviderError } from '@trellis/spec'
import type { WireDialect } from './endpoint.ts'

type JsonObject = Record<string, unknown>

/** The body of a `/chat/completions` request. @throws ProviderError `bad-request` for what the wire cannot carry */
export function toChatBody(model: string, call: ModelCall, dialect: WireDialect): { model: string } & JsonObject {
  const { response_format, json_schema, ...parameters } = call.parameters
  const format = toResponseFormat(call, dialect, { response_format, json_schema })
  const messages = call.messages.flatMap((message) => toWireMessages(message, dialect))
  return omit(
    {
      ...dialect.adds,
      model,
      messages: format?.instruction === undefined ? messages : addInstruction(messages, format.instruction),
      ...toWireParameters(parameters, dialect),
      ...(call.stop !== undefined && call.stop.length > 0 ? { stop: call.stop } : {}),
      ...(call.tools !== undefined && call.tools.length > 0 ? { tools: call.tools.map(toWireTool), ...toToolChoice(call, dialect) } : {}),
      ...(format?.value === undefined ? {} : { response_format: format.value }),
      ...(call.user === undefined ? {} : { user: call.user }),
      stream: true,
      stream_options: { include_usage: true },
    },
    dialect,
  )
}

/** The body of a `/completions` request, for models that continue a text: the messages in one. */
export function toCompletionBody(model: string, call: ModelCall, dialect: WireDialect): { model: string } & JsonObject {
  const { response_format: _format, json_schema: _schema, ...parameters } = call.parameters
  return omit(
    {
      model,
      prompt: call.messages.map((message) => textOf(message.content)).join('\n'),
      ...toWireParameters(parameters, dialect),
      ...(call.stop !== undefined && call.stop.length > 0 ? { stop: call.stop } : {}),
      ...(call.user === undefined ? {} : { user: call.user }),
      stream: true,
      stream_options: { include_usage: true },
    },
    dialect,
  )
}

export function omit<T extends JsonObject>(body: T, dialect: WireDialect): T {
  for (const name of dialect.omits ?? []) delete body[name]
  return body
}

function toWireParameters(parameters: Readonly<JsonObject>, dialect: WireDialect): JsonObject {
  const result: JsonObject = { ...parameters }
  for (const name of dialect.switchParameters ?? []) {
    const value = result[name]
    if (typeof value === 'boolean') result[name] = { type: value ? 'enabled' : 'disabled' }
  }
  for (const [name, wireName] of Object.entries(dialect.renames ?? {})) {
    if (result[name] === undefined) continue
    result[wireName] ??= result[name]
    delete result[name]
  }
  return result
}

const toWireTool = (tool: NonNullable<ModelCall['tools']>[number]) => ({
  type: 'function',
  function: { name: tool.name, description: tool.description, parameters: tool.parameters },
})

function toToolChoice({ toolChoice }: ModelCall, { needsToolChoice }: WireDialect): JsonObject {
  const choice = toolChoice ?? (needsToolChoice === true ? 'auto' : undefined)
  return choice === undefined ? {} : { tool_choice: choice }
}

function toWireMessages(message: ModelMessage, dialect: WireDialect): readonly JsonObject[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: message.content }]
    case 'tool':
      return [{ role: 'tool', tool_call_id: message.toolCallId, content: message.content }]
    case 'user':
      return [{ role: 'user', content: typeof message.content === 'string' ? message.content : message.content.map(toWirePart) }]
    case 'assistant': {
      const calls = message.toolCalls ?? []
      const content = textOf(message.content)
      if (calls.length === 0) return [{ role: 'assistant', content }]
      const tool_calls = calls.map(({ id, name, arguments: text }) => ({ id, type: 'function', function: { name, arguments: text } }))
      // The calls that we send are examples, before which nobody thought.
      const thoughts = dialect.wantsThoughtsBack === true ? { reasoning_content: '' } : {}
      return [{ role: 'assistant', content: content === '' ? null : content, ...thoughts, tool_calls }]
    }
  }
}

function toWirePart(part: ContentPart): JsonObject {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text }
    case 'image':
      return { type: 'image_url', image_url: { url: toUrl(part), ...(part.detail === undefined ? {} : { detail: part.detail }) } }
    case 'video':
      return { type: 'video_url', video_url: { url: toUrl(part) } }
    case 'audio':
      return { type: 'input_audio', input_audio: { data: base64Of(part, 'audio'), format: toAudioFormat(part.mimeType) } }
    case 'document':
      return {
        type: 'file',
        file: { filename: part.filename ?? 'document.pdf', file_data: `data:${part.mimeType};base64,${base64Of(part, 'document')}` },
      }
  }
}

const toUrl = (media: MediaSource): string => media.url ?? `data:${media.mimeType};base64,${media.base64}`

function base64Of(media: MediaSource, what: string): string {
  if (media.base64 !== undefined) return media.base64
  throw new ProviderError('bad-request', `This provider takes a ${what} only as its content, not as an address. Upload the file instead.`)
}

function toAudioFormat(mimeType: string): string {
  const subtype = mimeType.replace(/^audio\/(?:x-)?/, '').replace(/;.*$/, '')
  return subtype === 'mpeg' ? 'mp3' : subtype === 'wave' || subtype === 'vnd.wave' ? 'wav' : subtype
}

/** The text of a message whose other parts the wire has no place for; they are named, so that the model knows of them. */
function textOf(content: string | readonly ContentPart[]): string {
  if (typeof content === 'string') return content
  return content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join('\n')
}

interface WireFormat {
  readonly value?: JsonObject
  /** For providers that must be asked in words. */
  readonly instruction?: string
}

function toResponseFormat(
  call: ModelCall,
  dialect: WireDialect,
  parameters: { readonly response_format?: unknown; readonly json_schema?: unknown },
): WireFormat | undefined {
  const offered = dialect.structuredOutput ?? 'json-schema'
  const wanted = call.responseFormat ?? fromParameters(parameters)
  if (wanted === undefined || wanted.type === 'text') return undefined
  const value = offered === 'prompt' ? {} : { value: { type: 'json_object' } }
  if (wanted.type === 'json') {
    // The wire refuses JSON mode unless the prompt says "JSON".
    return { ...value, ...(mentionsJson(call) ? {} : { instruction: 'Answer with one JSON object and nothing else.' }) }
  }
  if (offered === 'json-schema') {
    const { name, schema } = wanted
    return { value: { type: 'json_schema', json_schema: { name, schema, ...('strict' in wanted ? { strict: wanted.strict } : {}) } } }
  }
  return {
    ...value,
    instruction: `Answer with one JSON object and nothing else. It must follow this JSON schema:\n${JSON.stringify(wanted.schema)}`,
  }
}

type WantedFormat =
  | { readonly type: 'json' }
  | { readonly type: 'json-schema'; readonly name: string; readonly schema: unknown; readonly strict?: unknown }

/** Parameter forms have the format and its schema as texts of their own. */
function fromParameters({
  response_format: format,
  json_schema: text,
}: {
  readonly response_format?: unknown
  readonly json_schema?: unknown
}): WantedFormat | undefined {
  if (format === 'json_object' || format === 'JSON') return { type: 'json' }
  if (format !== 'json_schema') return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(typeof text === 'string' ? text : '')
  } catch (error) {
    throw new ProviderError(
      'bad-request',
      'The parameter json_schema is not valid JSON. Give a JSON schema, or choose another response format.',
      { cause: error },
    )
  }
  if (typeof parsed !== 'object' || parsed === null)
    throw new ProviderError('bad-request', 'The parameter json_schema must be a JSON object.')
  // Both forms are in use: the schema alone, and the schema with its name around it.
  if (!('schema' in parsed)) return { type: 'json-schema', name: 'response', schema: parsed }
  const name = 'name' in parsed && typeof parsed.name === 'string' ? parsed.name : 'response'
  return { type: 'json-schema', name, schema: parsed.schema, ...('strict' in parsed ? { strict: parsed.strict } : {}) }
}

const mentionsJson = (call: ModelCall) => call.messages.some((message) => /json/i.test(textOf(message.content)))

function addInstruction(messages: readonly JsonObject[], instruction: string): readonly JsonObject[] {
  const [first, ...rest] = messages
  if (first?.role !== 'system') return [{ role: 'system', content: instruction }, ...messages]
  return [{ role: 'system', content: `${String(first.content)}\n\n${instruction}` }, ...rest]
}

/** All that is said in a call, for counting where the provider does not count. */
export function promptTextOf(call: ModelCall): string {
  return call.messages.map((message) => textOf(message.content)).join('\n')
}
