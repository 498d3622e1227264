import { at, FAKE_USAGE, listAt, RETRY_AFTER_SECONDS, SSE_HEADERS, sse, textAt, type Wire } from '../scenario.ts'

function event(type: string, members: object = {}): string {
  return sse({ type, ...members }, type)
}

const start = event('message_start', {
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'fake',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: {
      input_tokens: FAKE_USAGE.prompt - FAKE_USAGE.cached,
      cache_read_input_tokens: FAKE_USAGE.cached,
      cache_creation_input_tokens: 0,
      output_tokens: 1,
    },
  },
})

function block(index: number, contentBlock: object, deltas: readonly object[]): string {
  return [
    event('content_block_start', { index, content_block: contentBlock }),
    ...deltas.map((delta) => event('content_block_delta', { index, delta })),
    event('content_block_stop', { index }),
  ].join('')
}

function end(stopReason: string): string {
  const usage = { output_tokens: FAKE_USAGE.completion, output_tokens_details: { thinking_tokens: FAKE_USAGE.reasoning } }
  return event('message_delta', { delta: { stop_reason: stopReason, stop_sequence: null }, usage }) + event('message_stop')
}

function error(status: number, type: string, message: string, headers = {}) {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ type: 'error', error: { type, message } }),
  }
}

const stopReasons = { stop: 'end_turn', length: 'max_tokens', 'content-filter': 'refusal' } as const

export const anthropicWire: Wire = {
  open(chunks, reasoning) {
    const thoughts = reasoning.map((thinking) => ({ type: 'thinking_delta', thinking }))
    const signed = [...thoughts, { type: 'signature_delta', signature: 'c2ln' }]
    const thinking = reasoning.length === 0 ? '' : block(0, { type: 'thinking', thinking: '', signature: '' }, signed)
    const index = reasoning.length === 0 ? 0 : 1
    if (chunks.length === 0) return start + thinking
    const deltas = chunks.map((text) => ({ type: 'text_delta', text }))
    return start + thinking + block(index, { type: 'text', text: '' }, deltas)
  },
  finish: (reason) => end(stopReasons[reason]),
  toolCalls: (calls) =>
    start +
    calls
      .map((call, index) =>
        block(
          index,
          { type: 'tool_use', id: call.id, name: call.name, input: {} },
          (call.arguments.match(/[\s\S]{1,6}/g) ?? []).map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
        ),
      )
      .join('') +
    end('tool_use'),
  overloadInStream: () => event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
  failure(failure, apiKey) {
    switch (failure) {
      case 'bad-key':
        return error(401, 'authentication_error', `invalid x-api-key ${apiKey}`)
      case 'rate-limit':
        return error(429, 'rate_limit_error', 'This would exceed your rate limit.', { 'retry-after': `${RETRY_AFTER_SECONDS}` })
      case 'overload':
        return error(529, 'overloaded_error', 'Overloaded')
      case 'context-length':
        return error(400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum')
      case 'content-refused':
        return { status: 200, headers: SSE_HEADERS, body: start + end('refusal') }
      case 'bad-request':
        return error(400, 'invalid_request_error', 'temperature: range: 0..1')
    }
  },
  modelList: () => ({ data: [{ type: 'model', id: 'fake', display_name: 'Fake' }], has_more: false }),
  understand({ body, headers }) {
    const messages = listAt(body, 'messages')
    const parts = messages.flatMap((message) => partsOf(message).map((part) => ({ role: textAt(message, 'role'), part })))
    const system = at(body, 'system')
    const ofType = (type: string): readonly unknown[] => parts.filter(({ part }) => textAt(part, 'type') === type).map(({ part }) => part)
    return {
      model: textAt(body, 'model'),
      apiKey: `${headers['x-api-key'] ?? ''}`,
      system:
        typeof system === 'string'
          ? system
          : listAt(body, 'system')
              .map((part) => textAt(part, 'text'))
              .join('\n'),
      userTexts: parts
        .filter(({ role, part }) => role === 'user' && textAt(part, 'type') === 'text')
        .map(({ part }) => textAt(part, 'text')),
      images: ofType('image').map((part) => textAt(part, 'source', 'data')),
      files: ofType('document').map((part) => textAt(part, 'source', 'data')),
      toolNames: listAt(body, 'tools').map((tool) => textAt(tool, 'name')),
      toolCalls: ofType('tool_use').map((part) => ({ name: textAt(part, 'name'), arguments: at(part, 'input') })),
      toolResults: ofType('tool_result').map(
        (part) =>
          textAt(part, 'content') ||
          listAt(part, 'content')
            .map((each) => textAt(each, 'text'))
            .join(''),
      ),
      schema: at(body, 'output_config', 'format', 'schema') ?? at(body, 'output_format', 'schema'),
      stop: listAt(body, 'stop_sequences').map(String),
      maxTokens: at(body, 'max_tokens'),
    }
  },
}

function partsOf(message: unknown): readonly unknown[] {
  const content = at(message, 'content')
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listAt(message, 'content')
}
