import type { ModelCall } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import type { WireDialect } from './endpoint.ts'
import { promptTextOf, toChatBody } from './request.ts'

const HELLO: ModelCall = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} }
const bodyOf = (call: Partial<ModelCall>, dialect: WireDialect = {}) => toChatBody('m', { ...HELLO, ...call }, dialect)

describe('toChatBody', () => {
  it('asks for a stream with its usage and sends nothing that was not asked for', () => {
    expect(bodyOf({})).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  it('carries parameters, stop and user', () => {
    const body = bodyOf({ parameters: { temperature: 0.2, max_tokens: 9, reasoning_effort: 'low' }, stop: ['a', 'b'], user: 'u1' })
    expect(body).toMatchObject({ temperature: 0.2, max_tokens: 9, reasoning_effort: 'low', stop: ['a', 'b'], user: 'u1' })
    expect(bodyOf({ stop: [] })).not.toHaveProperty('stop')
  })

  it('carries every sort of message', () => {
    const { messages } = bodyOf({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'weather', arguments: '{"city":"Paris"}' }] },
        { role: 'tool', toolCallId: 'c1', toolName: 'weather', content: 'sunny' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Sunny.' },
            { type: 'image', mimeType: 'image/png', base64: 'AA==' },
          ],
        },
      ],
    })
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
      { role: 'assistant', content: 'Sunny.\n[image]' },
    ])
  })

  it('sends no thoughts with tool calls but to those who refuse them otherwise', () => {
    const called = { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'weather', arguments: '{}' }] } as const
    const messages = [called, { role: 'assistant', content: 'Sunny.' } as const]
    const tool_calls = [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{}' } }]
    const answer = { role: 'assistant', content: 'Sunny.' }
    expect(bodyOf({ messages }).messages).toEqual([{ role: 'assistant', content: null, tool_calls }, answer])
    expect(bodyOf({ messages }, { wantsThoughtsBack: true }).messages).toEqual([
      { role: 'assistant', content: null, reasoning_content: '', tool_calls },
      answer,
    ])
  })

  it('carries media', () => {
    const { messages } = bodyOf({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', mimeType: 'image/png', base64: 'AA==', detail: 'high' },
            { type: 'image', mimeType: 'image/png', url: 'https://x.test/a.png' },
            { type: 'audio', mimeType: 'audio/mpeg', base64: 'AA==' },
            { type: 'audio', mimeType: 'audio/x-wav', base64: 'AA==' },
            { type: 'video', mimeType: 'video/mp4', url: 'https://x.test/a.mp4' },
            { type: 'document', mimeType: 'application/pdf', base64: 'AA==', filename: 'a.pdf' },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
    })
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'high' } },
          { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
          { type: 'input_audio', input_audio: { data: 'AA==', format: 'mp3' } },
          { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
          { type: 'video_url', video_url: { url: 'https://x.test/a.mp4' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ])
  })

  it('says that it takes no documents by address', () => {
    const document = { type: 'document', mimeType: 'application/pdf', url: 'https://x.test/a.pdf' } as const
    expect(() => bodyOf({ messages: [{ role: 'user', content: [document] }] })).toThrow(/Upload the file/)
  })

  it('offers tools', () => {
    const tools = [{ name: 'f', description: 'd', parameters: { type: 'object' } }]
    expect(bodyOf({ tools, toolChoice: 'required' })).toMatchObject({
      tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } }],
      tool_choice: 'required',
    })
    expect(bodyOf({ tools: [], toolChoice: 'auto' })).not.toHaveProperty('tool_choice')
  })

  it('leaves out what the provider refuses', () => {
    expect(bodyOf({ user: 'u' }, { omits: ['stream_options', 'user'] })).toEqual({ model: 'm', messages: HELLO.messages, stream: true })
  })

  it('calls parameters what the provider calls them', () => {
    const dialect = { renames: { max_tokens: 'max_completion_tokens' } }
    const body = bodyOf({ parameters: { max_tokens: 5 } }, dialect)
    expect(body).toMatchObject({ max_completion_tokens: 5 })
    expect(body).not.toHaveProperty('max_tokens')
    expect(bodyOf({ parameters: { max_tokens: 5, max_completion_tokens: 6 } }, dialect)).toMatchObject({ max_completion_tokens: 6 })
  })

  it('turns switches into objects where the provider wants them', () => {
    const dialect = { switchParameters: ['thinking'] }
    expect(bodyOf({ parameters: { thinking: true } }, dialect)).toMatchObject({ thinking: { type: 'enabled' } })
    expect(bodyOf({ parameters: { thinking: false } }, dialect)).toMatchObject({ thinking: { type: 'disabled' } })
  })
})

describe('structured output', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } }
  const wanted = { responseFormat: { type: 'json-schema', name: 'thing', schema } } as const

  it('is asked for by schema', () => {
    expect(bodyOf(wanted)).toMatchObject({ response_format: { type: 'json_schema', json_schema: { name: 'thing', schema } } })
  })

  it('is asked for in words where the provider knows no schemas', () => {
    const body = bodyOf(
      { ...wanted, messages: [{ role: 'system', content: 'Be brief.' }, ...HELLO.messages] },
      { structuredOutput: 'json-object' },
    )
    expect(body.response_format).toEqual({ type: 'json_object' })
    expect(JSON.stringify(body.messages)).toContain(JSON.stringify(JSON.stringify(schema)).slice(1, -1))
    expect(body.messages).toMatchObject([{ role: 'system', content: expect.stringMatching(/^Be brief\./) }, { role: 'user' }])
  })

  it('is only asked for in words where the provider has no JSON mode', () => {
    const body = bodyOf(wanted, { structuredOutput: 'prompt' })
    expect(body).not.toHaveProperty('response_format')
    expect(body.messages).toMatchObject([{ role: 'system', content: expect.stringContaining('JSON schema') }, { role: 'user' }])
  })

  it('says JSON in JSON mode, unless the prompt does', () => {
    expect(bodyOf({ responseFormat: { type: 'json' } }).messages).toMatchObject([
      { role: 'system', content: expect.stringContaining('JSON') },
      {},
    ])
    const messages = [{ role: 'user', content: 'Answer in json' }] as const
    expect(bodyOf({ responseFormat: { type: 'json' }, messages })).toMatchObject({ messages, response_format: { type: 'json_object' } })
  })

  it.each([
    [{ response_format: 'text' }, undefined],
    [{ response_format: 'json_object' }, { type: 'json_object' }],
    [
      { response_format: 'json_schema', json_schema: JSON.stringify(schema) },
      { type: 'json_schema', json_schema: { name: 'response', schema } },
    ],
    [
      { response_format: 'json_schema', json_schema: JSON.stringify({ name: 'n', strict: true, schema }) },
      { type: 'json_schema', json_schema: { name: 'n', strict: true, schema } },
    ],
  ])('may be asked for by parameters: %j', (parameters, expected) => {
    const body = bodyOf({ parameters })
    expect(body.response_format).toEqual(expected)
    expect(body).not.toHaveProperty('json_schema')
  })

  it.each(['', '{', '17', undefined])('refuses the schema %j', (json_schema) => {
    expect(() => bodyOf({ parameters: { response_format: 'json_schema', json_schema } })).toThrow(/json_schema/)
  })
})

it('promptTextOf names what is no text', () => {
  const image = { type: 'image', mimeType: 'image/png', base64: 'AA==' } as const
  expect(promptTextOf({ ...HELLO, messages: [{ role: 'user', content: [image, { type: 'text', text: 'x' }] }] })).toBe('[image]\nx')
})
