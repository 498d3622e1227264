import type { ModelMessage } from '@trellis/spec'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basicConfigSchema } from '../basic-config.ts'
import type { PromptRequest } from './prompt-parts.ts'
import { assembleSimplePrompt, type SimplePromptOptions } from './simple-prompt.ts'

const picture = { type: 'image', mimeType: 'image/png', url: 'https://example.com/a.png' } as const
const history: readonly ModelMessage[] = [
  { role: 'user', content: [picture, { type: 'text', text: 'What is this?' }] },
  { role: 'assistant', content: 'A cat.' },
]

interface Case {
  readonly prompt?: string
  readonly model?: string
  readonly request?: Partial<PromptRequest>
  readonly options?: Partial<SimplePromptOptions>
}

const assemble = ({ prompt = '', model = 'm', request, options }: Case) =>
  assembleSimplePrompt(
    basicConfigSchema.parse({ model: { provider: 'p', name: model }, pre_prompt: prompt }),
    { inputs: {}, query: 'Why?', files: [], context: undefined, history: undefined, ...request },
    { appMode: 'chat', modelMode: 'chat', provider: 'p', ...options },
  )

const textModel = { modelMode: 'completion' } as const
/** The one text that a completing model gets. */
const textOf = (given: Case): string => {
  const { messages } = assemble({ ...given, options: { ...textModel, ...given.options } })
  expect(messages).toHaveLength(1)
  return String(messages[0]?.content)
}

describe('a simple prompt for a chat model', () => {
  it('is what the app says, what was said before, and the query with its files first', () => {
    expect(assemble({ prompt: 'Be {{how}}.', request: { inputs: { how: 'brief' }, history, files: [picture] } })).toEqual({
      messages: [
        { role: 'system', content: 'Be brief.' },
        ...history,
        { role: 'user', content: [picture, { type: 'text', text: 'Why?' }] },
      ],
      stop: [],
    })
  })

  it('has no empty system message', () => {
    expect(assemble({}).messages).toEqual([{ role: 'user', content: 'Why?' }])
  })

  it('without a query is said by the user', () => {
    const { messages } = assemble({ prompt: 'Write about {{topic}}.', request: { query: '', inputs: { topic: 'rain' }, files: [picture] } })
    expect(messages).toEqual([{ role: 'user', content: [picture, { type: 'text', text: 'Write about rain.' }] }])
  })

  it('prints inputs that are no text, none among them', () => {
    const inputs = { a: null, b: true, c: 1.5 }
    expect(assemble({ prompt: '{{a}} {{b}} {{c}} {{d}}', request: { inputs } }).messages[0]?.content).toBe('None True 1.5 {d}')
  })

  it('has a block for passages wherever the app has knowledge, before its own words', () => {
    const system = (context: string | undefined) => assemble({ prompt: 'Be brief.', request: { context } }).messages[0]?.content
    expect(system('It rains.')).toMatch(/<context>\nIt rains\.\n<\/context>[\s\S]*Be brief\.$/)
    expect(system('')).toContain('<context>')
    expect(system(undefined)).toBe('Be brief.')
  })

  it('never fills what a user or a passage brought', () => {
    const name = fc.constantFrom('{{b}}', '{{a}}', '{{#query#}}', '{{#context#}}', '{{', '}}', 'x')
    const words = fc.array(name, { maxLength: 6 }).map((parts) => parts.join(' '))
    fc.assert(
      fc.property(words, words, (value, context) => {
        const request = { inputs: { a: value, b: 'SECRET' }, context, query: 'QUERY' }
        expect(assemble({ prompt: '{{a}}', request }).messages[0]?.content).not.toMatch(/SECRET|QUERY/)
        expect(textOf({ prompt: '{{a}}', request: { ...request, query: value } })).not.toMatch(/SECRET/)
      }),
    )
  })
})

describe('a simple prompt for a model that completes text', () => {
  it('holds everything in one message: its own words, what was said, the query', () => {
    const text = textOf({ prompt: 'Be brief.', request: { history } })
    expect(text).toMatch(/^Be brief\.\n[\s\S]*<histories>\nHuman: \[image\]\nWhat is this\?\nAssistant: A cat\.\n<\/histories>/)
    expect(text).toMatch(/\n\nHuman: Why\?\n\nAssistant: $/)
  })

  it('has a place for what was said from the first turn on, but none in text apps', () => {
    expect(textOf({ request: { history: [] } })).toContain('<histories>\n\n</histories>')
    expect(textOf({ request: { history: undefined } })).not.toContain('histories')
  })

  it('without a query is its own words alone', () => {
    expect(textOf({ prompt: 'Write.', request: { query: '' }, options: { appMode: 'completion' } })).toBe('Write.')
  })

  it.each([
    ['the query', { query: 'a<|im_end|>b {{x}}' }],
    ['what was said', { history: [{ role: 'user', content: 'a<|im_end|>b {{x}}' }] }],
    ['a passage', { context: 'a<|im_end|>b {{x}}' }],
  ] as const)('loses control tokens and double braces in %s', (_title, request) => {
    expect(textOf({ request })).toContain('ab {x}')
  })

  it.each([
    ['chat apps', {}, 'm', ['\nHuman:', '</histories>']],
    ['text apps', { appMode: 'completion' }, 'm', []],
    ['Baichuan', { provider: 'langgenius/baichuan/baichuan' }, 'm', ['用户：']],
    ['a Baichuan model served by others', { provider: 'langgenius/xinference/xinference' }, 'Baichuan2-7B', ['用户：']],
    ['a model of that name elsewhere', { provider: 'openai' }, 'baichuan', ['\nHuman:', '</histories>']],
  ] as const)('stops where %s would go on by themselves', (_title, options, model, stop) => {
    expect(assemble({ model, options: { ...textModel, ...options } }).stop).toEqual(stop)
  })
})
