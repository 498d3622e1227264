import type { ModelCall, ToolDefinition } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { type DemoReply, replyTo } from './replies.ts'

function ask(text: string, call: Partial<ModelCall> = {}): DemoReply {
  return replyTo({ parameters: {}, ...call, messages: [...(call.messages ?? []), { role: 'user', content: text }] })
}

function textOf(reply: DemoReply): string {
  return reply.type === 'text' ? reply.text : ''
}

const weather: ToolDefinition = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1 } }, required: ['city'] },
}

describe('what the demo says', () => {
  it.each(['Hi!', 'What can you do?', 'What is the capital of France?', 'Make a table of planets', 'Thanks'])(
    'says in every answer that it is no AI and where to add a model: %s',
    (text) => {
      expect(textOf(ask(text))).toMatch(/demo model.*no AI.*Settings → Model providers/s)
    },
  )

  it('answers Chinese in Chinese', () => {
    expect(textOf(ask('你好'))).toContain('演示模型')
    expect(textOf(ask('你能做什么？'))).toContain('流式输出')
  })

  it('quotes the first line of the instructions, so that one sees the variables that arrived', () => {
    const reply = ask('Tell me a joke', { messages: [{ role: 'system', content: 'You are Ada, a pirate.\nBe brief.' }] })
    expect(textOf(reply)).toContain('“You are Ada, a pirate.”')
  })

  it.each([
    ['Make a table of planets', /\|---\|/],
    ['Give me a list of steps', /^1\. /m],
    ['Write a python function', /```python/],
    ['What is Trellis?', /Studio/],
    ['repeat after me: hello world', /^> hello world/],
  ])('recognises what is asked for: %s', (text, expected) => {
    expect(textOf(ask(text))).toMatch(expected)
  })

  it('summarises by taking whole sentences from the text', () => {
    const text = 'Summarize: Trellis builds apps. Apps built with Trellis stream tokens. Cats purr. Trellis keeps tokens. Dogs bark.'
    const reply = textOf(ask(text))
    expect(reply).toContain('5 sentences')
    expect(reply).toContain('- Trellis builds apps.')
    expect(reply).not.toContain('Dogs bark')
  })

  it('remembers what was said', () => {
    const messages = [
      { role: 'user', content: 'My name is Bob' },
      { role: 'assistant', content: 'Noted.' },
    ] as const
    expect(textOf(ask('What did I say?', { messages }))).toContain('1. My name is Bob')
  })

  it('tells which files it got', () => {
    const reply = replyTo({
      parameters: {},
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', mimeType: 'image/png', base64: Buffer.from('hello').toString('base64') },
            { type: 'document', filename: 'a.pdf', mimeType: 'application/pdf', url: 'https://files.example/a.pdf' },
          ],
        },
      ],
    })
    expect(textOf(reply)).toContain('an image (`image/png`, 5 B)')
    expect(textOf(reply)).toContain('**a.pdf** (`application/pdf`, linked from files.example)')
  })
})

describe('tools', () => {
  it.each(['Please get weather for Paris', 'call get_weather for Paris', 'GetWeather for Paris'])(
    'calls the tool that is named: %s',
    (text) => {
      const reply = ask(text, { tools: [weather] })
      expect(reply.type === 'tool-call' && { name: reply.call.name, ...JSON.parse(reply.call.arguments) }).toEqual({
        name: 'get_weather',
        city: 'Paris',
        days: 1,
      })
    },
  )

  it('takes numbers from the message', () => {
    const reply = ask('get weather with "New York" for 3 days', { tools: [weather] })
    expect(reply.type === 'tool-call' && JSON.parse(reply.call.arguments)).toEqual({ city: 'New York', days: 3 })
  })

  it('calls none that is not named, and one that is required', () => {
    expect(ask('Hello there', { tools: [weather] }).type).toBe('text')
    expect(ask('get weather for Paris', { tools: [weather], toolChoice: 'none' }).type).toBe('text')
    expect(ask('Hello there', { tools: [weather], toolChoice: 'required' }).type).toBe('tool-call')
  })

  it('tells what a tool answered instead of calling it again', () => {
    const reply = replyTo({
      parameters: {},
      tools: [weather],
      messages: [
        { role: 'user', content: 'get weather for Paris' },
        { role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'get_weather', arguments: '{}' }] },
        { role: 'tool', toolCallId: '1', toolName: 'get_weather', content: 'sunny, 21 degrees' },
      ],
    })
    expect(textOf(reply)).toContain('sunny, 21 degrees')
  })
})

describe('JSON', () => {
  it('fills a schema from the message', () => {
    const schema = {
      type: 'object',
      properties: {
        title: { type: 'string' },
        age: { type: 'integer' },
        mood: { enum: ['sad', 'happy'] },
        questions: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
        address: { $ref: '#/$defs/address' },
        note: { anyOf: [{ type: 'null' }, { type: 'string', maxLength: 5 }] },
      },
      $defs: { address: { type: 'object', properties: { since: { type: 'string', format: 'date' } } } },
    }
    const reply = ask('Bob is 42 and happy', { responseFormat: { type: 'json-schema', name: 'person', schema } })
    expect(JSON.parse(textOf(reply))).toEqual({
      title: 'Bob is 42 and happy',
      age: 42,
      mood: 'happy',
      questions: [expect.stringContaining('Bob is 42 and happy'), expect.stringContaining('example')],
      address: { since: '2026-01-01' },
      note: 'Bob i',
    })
  })

  it('ends on a schema that refers to itself', () => {
    const schema = { $ref: '#/$defs/node', $defs: { node: { type: 'object', properties: { child: { $ref: '#/$defs/node' } } } } }
    expect(() => JSON.parse(textOf(ask('x', { responseFormat: { type: 'json-schema', name: 'tree', schema } })))).not.toThrow()
  })

  it('names a conversation when a prompt asks for that in JSON', () => {
    const system = 'Write a short title for a conversation. Answer with JSON: {"language": "...", "name": "..."}'
    const reply = ask('Hello, can you please tell me how to bake bread?', { messages: [{ role: 'system', content: system }] })
    expect(JSON.parse(textOf(reply))).toEqual({ language: 'English', name: 'To bake bread' })
  })

  it('suggests questions about the conversation when a prompt asks for a JSON array', () => {
    const prompt = 'Human: how do I bake bread?\nAssistant: With flour.\n\nSuggest three questions. Reply with a JSON array of strings.'
    const questions: unknown = JSON.parse(textOf(ask(prompt)))
    expect(questions).toHaveLength(3)
    expect(questions).toEqual(expect.arrayContaining([expect.stringContaining('Bake bread')]))
    expect(JSON.parse(textOf(ask('Human: 怎么烤面包？\n\n请给出三个问题，以 JSON 数组返回。')))).toEqual(
      expect.arrayContaining([expect.stringContaining('烤面包')]),
    )
  })

  it.each(['What is a JSON array?', 'How do I return JSON from a route?', 'Write a function that parses JSON'])(
    'does not take talk about JSON for a request: %s',
    (text) => {
      expect(textOf(ask(text))).toContain('demo model')
    },
  )

  it.each(['Can you answer in JSON?', 'Name a city. Reply in JSON.'])('takes a request in plain words: %s', (text) => {
    expect(() => JSON.parse(textOf(ask(text)))).not.toThrow()
  })
})

describe('texts made to keep the demo busy', () => {
  // What each is made of has made some pattern try a text's every place, or every way to part it, for minutes.
  const pieces = ['-', ' ', '\n', '"""', '<a>', '```', '.', '{', '"a":', 'in ', 'how to ', 'query: ', '吗', 'reply ', '<|', 'a', '漢', '. ']
  it.each(pieces)('are answered at once: %j', (piece) => {
    const filler = piece.repeat(10_000)
    for (const text of [`${filler}x`, `Reply with JSON. """${filler}x`, `Summarise: a ${filler}x`, `Reply with JSON. {${filler}x`]) {
      expect(textOf(ask(text))).not.toBe('')
    }
  })
  it('are given to a tool at once', () => {
    for (const text of ['a '.repeat(50_000), `in ${'?'.repeat(100_000)}x`]) {
      expect(ask(text, { tools: [weather], toolChoice: 'required' }).type).toBe('tool-call')
    }
  })
})
