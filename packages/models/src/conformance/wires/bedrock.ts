import { crc32 } from 'node:zlib'
import { at, FAKE_USAGE, listAt, RETRY_AFTER_SECONDS, textAt, type Wire } from '../scenario.ts'

const STREAM_HEADERS = { 'content-type': 'application/vnd.amazon.eventstream' } as const

/**
 * A message of AWS's event stream: lengths, headers, payload, each half with its CRC
 * (smithy.io/2.0/aws/amazon-eventstream.html). As characters of one byte each.
 */
function message(headers: Readonly<Record<string, string>>, payload: object): string {
  const encodedHeaders = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const length = Buffer.alloc(3)
      length.writeUInt8(7, 0) // a string
      length.writeUInt16BE(Buffer.byteLength(value), 1)
      return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), length, Buffer.from(value)])
    }),
  )
  const body = Buffer.from(JSON.stringify(payload))
  const prelude = Buffer.alloc(8)
  prelude.writeUInt32BE(16 + encodedHeaders.length + body.length, 0)
  prelude.writeUInt32BE(encodedHeaders.length, 4)
  const head = Buffer.concat([prelude, checksum(prelude), encodedHeaders, body])
  return Buffer.concat([head, checksum(head)]).toString('latin1')
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes), 0)
  return sum
}

const event = (type: string, payload: object): string =>
  message({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, payload)

const delta = (index: number, content: object): string => event('contentBlockDelta', { contentBlockIndex: index, delta: content })

const usage = {
  inputTokens: FAKE_USAGE.prompt - FAKE_USAGE.cached,
  outputTokens: FAKE_USAGE.completion,
  totalTokens: FAKE_USAGE.prompt + FAKE_USAGE.completion,
  cacheReadInputTokens: FAKE_USAGE.cached,
}

const end = (stopReason: string): string => event('messageStop', { stopReason }) + event('metadata', { usage, metrics: { latencyMs: 1 } })
const start = event('messageStart', { role: 'assistant' })
const stopReasons = { stop: 'end_turn', length: 'max_tokens', 'content-filter': 'content_filtered' } as const

function error(status: number, type: string, words: string, headers = {}) {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': type, ...headers },
    body: JSON.stringify({ message: words }),
  }
}

export const bedrockWire: Wire = {
  encoding: 'latin1',
  streamHeaders: STREAM_HEADERS,
  open: (chunks, reasoning) =>
    [
      start,
      ...reasoning.map((text) => delta(0, { reasoningContent: { text } })),
      ...(reasoning.length > 0 ? [event('contentBlockStop', { contentBlockIndex: 0 })] : []),
      ...chunks.map((text) => delta(1, { text })),
    ].join(''),
  finish: (reason) => event('contentBlockStop', { contentBlockIndex: 1 }) + end(stopReasons[reason]),
  toolCalls: (calls) =>
    start +
    calls
      .flatMap((call, index) => [
        event('contentBlockStart', { contentBlockIndex: index, start: { toolUse: { toolUseId: call.id, name: call.name } } }),
        ...(call.arguments.match(/[\s\S]{1,6}/g) ?? []).map((piece) => delta(index, { toolUse: { input: piece } })),
        event('contentBlockStop', { contentBlockIndex: index }),
      ])
      .join('') +
    end('tool_use'),
  overloadInStream: () =>
    message(
      { ':exception-type': 'serviceUnavailableException', ':content-type': 'application/json', ':message-type': 'exception' },
      { message: 'The service is temporarily unavailable.' },
    ),
  failure(failure, apiKey) {
    switch (failure) {
      case 'bad-key':
        return error(403, 'AccessDeniedException', `Authentication failed: the key ${apiKey} is not valid.`)
      case 'rate-limit':
        return error(429, 'ThrottlingException', 'Too many requests, please wait before trying again.', {
          'retry-after': `${RETRY_AFTER_SECONDS}`,
        })
      case 'overload':
        return error(503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.')
      case 'context-length':
        return error(400, 'ValidationException', 'Input is too long for requested model.')
      case 'content-refused':
        return { status: 200, headers: STREAM_HEADERS, body: start + end('guardrail_intervened') }
      case 'bad-request':
        return error(400, 'ValidationException', 'The temperature is out of range.')
    }
  },
  modelList: () => ({}),
  understand({ body, headers, path }) {
    const parts = listAt(body, 'messages').flatMap((each) => listAt(each, 'content').map((part) => ({ role: textAt(each, 'role'), part })))
    return {
      model: decodeURIComponent(path.match(/\/model\/([^/]+)\//)?.[1] ?? ''),
      apiKey: `${headers.authorization ?? ''}`.replace('Bearer ', ''),
      system: listAt(body, 'system')
        .map((part) => textAt(part, 'text'))
        .join('\n'),
      userTexts: parts.filter(({ role, part }) => role === 'user' && textAt(part, 'text') !== '').map(({ part }) => textAt(part, 'text')),
      images: parts.map(({ part }) => textAt(part, 'image', 'source', 'bytes')).filter((bytes) => bytes !== ''),
      files: parts
        .map(({ part }) => textAt(part, 'document', 'source', 'bytes') || textAt(part, 'video', 'source', 'bytes'))
        .filter((bytes) => bytes !== ''),
      toolNames: listAt(body, 'toolConfig', 'tools').map((tool) => textAt(tool, 'toolSpec', 'name')),
      toolCalls: parts
        .map(({ part }) => at(part, 'toolUse'))
        .filter((call) => call !== undefined)
        .map((call) => ({ name: textAt(call, 'name'), arguments: at(call, 'input') })),
      toolResults: parts
        .map(({ part }) => at(part, 'toolResult', 'content', 0))
        .filter((result) => result !== undefined)
        .map((result) => textAt(result, 'text') || JSON.stringify(result)),
      schema:
        at(body, 'additionalModelRequestFields', 'output_config', 'format', 'schema') ??
        at(listAt(body, 'toolConfig', 'tools').at(-1), 'toolSpec', 'inputSchema', 'json'),
      stop: listAt(body, 'inferenceConfig', 'stopSequences').map(String),
      maxTokens: at(body, 'inferenceConfig', 'maxTokens'),
    }
  },
}
