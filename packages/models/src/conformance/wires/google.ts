import { at, FAKE_USAGE, listAt, RETRY_AFTER_SECONDS, SSE_HEADERS, sse, textAt, type Wire } from '../scenario.ts'

const usageMetadata = {
  promptTokenCount: FAKE_USAGE.prompt,
  cachedContentTokenCount: FAKE_USAGE.cached,
  candidatesTokenCount: FAKE_USAGE.completion - FAKE_USAGE.reasoning,
  thoughtsTokenCount: FAKE_USAGE.reasoning,
  totalTokenCount: FAKE_USAGE.prompt + FAKE_USAGE.completion,
}

function candidate(parts: readonly object[], finishReason?: string): string {
  const told = finishReason === undefined ? {} : { finishReason }
  return sse({
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...told }],
    ...(finishReason === undefined ? {} : { usageMetadata }),
  })
}

function error(code: number, status: string, message: string, details: readonly object[] = []) {
  return {
    status: code,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { code, message, status, details } }),
  }
}

const finishReasons = { stop: 'STOP', length: 'MAX_TOKENS', 'content-filter': 'SAFETY' } as const

export const googleWire: Wire = {
  open: (chunks, reasoning) =>
    [...reasoning.map((text) => candidate([{ text, thought: true }])), ...chunks.map((text) => candidate([{ text }]))].join(''),
  finish: (reason) => candidate([], finishReasons[reason]),
  toolCalls: (calls) =>
    candidate(
      calls.map((call) => ({ functionCall: { name: call.name, args: JSON.parse(call.arguments) } })),
      'STOP',
    ),
  overloadInStream: () => sse({ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }),
  failure(failure, apiKey) {
    switch (failure) {
      case 'bad-key':
        return error(400, 'INVALID_ARGUMENT', `API key not valid: ${apiKey}. Please pass a valid API key.`, [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' },
        ])
      case 'rate-limit':
        return error(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${RETRY_AFTER_SECONDS}s` },
        ])
      case 'overload':
        return error(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.')
      case 'context-length':
        return error(400, 'INVALID_ARGUMENT', 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).')
      case 'content-refused':
        return { status: 200, headers: SSE_HEADERS, body: sse({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata }) }
      case 'bad-request':
        return error(400, 'INVALID_ARGUMENT', 'Invalid value at generation_config.temperature.')
    }
  },
  modelList: () => ({ models: [{ name: 'models/fake', supportedGenerationMethods: ['generateContent'] }] }),
  understand({ body, headers, path }) {
    const contents = listAt(body, 'contents')
    const parts = contents.flatMap((content) => listAt(content, 'parts').map((part) => ({ role: textAt(content, 'role'), part })))
    const inline = parts
      .filter(({ part }) => at(part, 'inlineData') !== undefined)
      .map(({ part }) => ({ type: textAt(part, 'inlineData', 'mimeType'), data: textAt(part, 'inlineData', 'data') }))
    return {
      model: decodeURIComponent(path.match(/models\/([^:]+):/)?.[1] ?? ''),
      apiKey: `${headers['x-goog-api-key'] ?? ''}`,
      system: listAt(body, 'systemInstruction', 'parts')
        .map((part) => textAt(part, 'text'))
        .join('\n'),
      userTexts: parts.filter(({ role, part }) => role === 'user' && textAt(part, 'text') !== '').map(({ part }) => textAt(part, 'text')),
      images: inline.filter(({ type }) => type.startsWith('image/')).map(({ data }) => data),
      files: inline.filter(({ type }) => !type.startsWith('image/')).map(({ data }) => data),
      toolNames: listAt(body, 'tools')
        .flatMap((tool) => listAt(tool, 'functionDeclarations'))
        .map((tool) => textAt(tool, 'name')),
      toolCalls: parts
        .map(({ part }) => at(part, 'functionCall'))
        .filter((call) => call !== undefined)
        .map((call) => ({ name: textAt(call, 'name'), arguments: at(call, 'args') })),
      toolResults: parts
        .map(({ part }) => at(part, 'functionResponse', 'response'))
        .filter((response) => response !== undefined)
        .map((response) => textAt(response, 'content') || JSON.stringify(response)),
      schema: at(body, 'generationConfig', 'responseSchema') ?? at(body, 'generationConfig', 'responseJsonSchema'),
      stop: listAt(body, 'generationConfig', 'stopSequences').map(String),
      maxTokens: at(body, 'generationConfig', 'maxOutputTokens'),
    }
  },
}
