import { at, FAKE_USAGE, listAt, RETRY_AFTER_SECONDS, sse, textAt, type Wire } from '../scenario.ts'

const usage = {
  prompt_tokens: FAKE_USAGE.prompt,
  completion_tokens: FAKE_USAGE.completion,
  total_tokens: FAKE_USAGE.prompt + FAKE_USAGE.completion,
  prompt_tokens_details: { cached_tokens: FAKE_USAGE.cached },
  completion_tokens_details: { reasoning_tokens: FAKE_USAGE.reasoning },
}

function chunk(delta: object, finishReason: string | null = null): string {
  return sse({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'fake',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  })
}

function end(finishReason: string): string {
  const told = sse({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'fake', choices: [], usage })
  return chunk({}, finishReason) + told + sse('[DONE]')
}

function error(status: number, message: string, code: string | null, type = 'invalid_request_error', headers = {}) {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ error: { message, type, param: null, code } }),
  }
}

export const openAiWire: Wire = {
  open: (chunks, reasoning) =>
    [
      chunk({ role: 'assistant', content: '' }),
      ...reasoning.map((text) => chunk({ reasoning_content: text })),
      ...chunks.map((text) => chunk({ content: text })),
    ].join(''),
  finish: (reason) => end(reason === 'content-filter' ? 'content_filter' : reason),
  toolCalls: (calls) =>
    calls
      .flatMap((call, index) => [
        chunk({ tool_calls: [{ index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } }] }),
        ...(call.arguments.match(/[\s\S]{1,6}/g) ?? []).map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
      ])
      .join('') + end('tool_calls'),
  overloadInStream: () => sse({ error: { message: 'The server is overloaded.', type: 'server_error', param: null, code: null } }),
  failure(failure, apiKey) {
    switch (failure) {
      case 'bad-key':
        return error(401, `Incorrect API key provided: ${apiKey}.`, 'invalid_api_key')
      case 'rate-limit':
        return error(429, 'Rate limit reached for requests.', 'rate_limit_exceeded', 'requests', {
          'retry-after': `${RETRY_AFTER_SECONDS}`,
        })
      case 'overload':
        return error(503, 'The engine is currently overloaded.', null, 'server_error')
      case 'context-length':
        return error(400, "This model's maximum context length is 8192 tokens. Your messages resulted in 9000.", 'context_length_exceeded')
      case 'content-refused':
        return error(400, 'The response was filtered by the content management policy.', 'content_filter')
      case 'bad-request':
        return error(400, 'Unsupported value: temperature.', 'unsupported_value')
    }
  },
  modelList: () => ({ object: 'list', data: [{ id: 'fake', object: 'model' }] }),
  understand({ body, headers }) {
    const messages = listAt(body, 'messages')
    const contents = messages.filter((message) => textAt(message, 'role') === 'user').flatMap((message) => partsOf(message))
    return {
      model: textAt(body, 'model'),
      apiKey: `${headers.authorization ?? headers['api-key'] ?? ''}`.replace('Bearer ', ''),
      system: messages
        .filter((message) => ['system', 'developer'].includes(textAt(message, 'role')))
        .map((message) => textAt(message, 'content'))
        .join('\n'),
      userTexts: contents.filter((part) => textAt(part, 'type') === 'text').map((part) => textAt(part, 'text')),
      images: contents.map((part) => textAt(part, 'image_url', 'url').replace(/^data:.*?;base64,/, '')).filter((url) => url !== ''),
      files: contents
        .map((part) => textAt(part, 'file', 'file_data') || textAt(part, 'input_audio', 'data') || textAt(part, 'video_url', 'url'))
        .filter((data) => data !== '')
        .map((data) => data.replace(/^data:.*?;base64,/, '')),
      toolNames: listAt(body, 'tools').map((tool) => textAt(tool, 'function', 'name')),
      toolCalls: messages
        .flatMap((message) => listAt(message, 'tool_calls'))
        .map((call) => ({ name: textAt(call, 'function', 'name'), arguments: JSON.parse(textAt(call, 'function', 'arguments')) })),
      toolResults: messages.filter((message) => textAt(message, 'role') === 'tool').map((message) => textAt(message, 'content')),
      schema: at(body, 'response_format', 'json_schema', 'schema'),
      stop: [at(body, 'stop') ?? []].flat().map(String),
      maxTokens: at(body, 'max_completion_tokens') ?? at(body, 'max_tokens'),
    }
  },
}

function partsOf(message: unknown): readonly unknown[] {
  const content = at(message, 'content')
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listAt(message, 'content')
}
