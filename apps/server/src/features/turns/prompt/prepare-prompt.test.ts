import type { CatalogModel } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import type { Attachments } from '../attachments.ts'
import { basicConfigSchema } from '../basic-config.ts'
import { type PreparePrompt, preparePrompt } from './prepare-prompt.ts'

const noFiles: Attachments = {
  resolve: async () => [],
  toParts: async () => [],
  loadParts: async () => new Map(),
}

interface Talk {
  readonly config?: object
  readonly entry?: Partial<CatalogModel>
  readonly mode?: 'chat' | 'completion'
  readonly parameters?: object
  readonly thread?: PreparePrompt['thread']
}

/** The call of one turn, asked "And now?" after the given thread. */
function prepare({ config, entry, mode = 'chat', parameters = {}, thread }: Talk) {
  const model: CatalogModel = { model: 'm', label: { en_US: 'M' }, type: 'llm', features: [], parameterRules: [], mode, ...entry }
  return preparePrompt(noFiles, {
    app: { tenant_id: 't', mode: 'chat' },
    config: basicConfigSchema.parse({ model: { provider: 'p', name: 'm', completion_params: parameters }, ...config }),
    model: {
      provider: 'p',
      model: 'm',
      entry: model,
      isPriced: false,
      stream: () => expect.unreachable(),
      usageOf: () => expect.unreachable(),
    },
    inputs: {},
    query: 'And now?',
    files: [],
    thread,
  })
}

/** Newest first; a turn's words are about a token each. */
const longThread = Array.from({ length: 20 }, (_, index) => {
  const turn = 20 - index
  return { id: `m${turn}`, parent_message_id: null, query: `question ${turn}`, answer: `answer ${turn} ${'word '.repeat(50)}` }
})

describe('preparePrompt', () => {
  it('tells earlier turns old to new, without what the model thought aloud', async () => {
    const thread = [
      { id: 'c', parent_message_id: null, query: 'third', answer: '<think>\nbroken off' },
      { id: 'b', parent_message_id: null, query: 'second', answer: 'Use <think>.<think>\nhm\n</think>\n\n Or not.' },
      { id: 'a', parent_message_id: null, query: 'first', answer: '<think>\nhm\n</think>\n\none' },
    ]
    expect((await prepare({ thread })).messages).toEqual([
      { role: 'user', content: 'first' },
      { role: 'assistant', content: 'one' },
      { role: 'user', content: 'second' },
      { role: 'assistant', content: 'Use <think>. Or not.' },
      { role: 'user', content: 'third' },
      { role: 'assistant', content: '' },
      { role: 'user', content: 'And now?' },
    ])
  })

  it.each([
    ['messages', { mode: 'chat' }],
    ['a simple prompt that is one text', { mode: 'completion' }],
    [
      'an advanced prompt that is one text',
      {
        mode: 'completion',
        config: {
          prompt_type: 'advanced',
          completion_prompt_config: {
            prompt: { text: '{{#histories#}}\n{{#query#}}' },
            conversation_histories_role: { user_prefix: 'U', assistant_prefix: 'A' },
          },
        },
      },
    ],
  ] as const)('leaves the oldest turns out of %s where the window is too small', async (_title, talk) => {
    const sent = JSON.stringify((await prepare({ ...talk, entry: { contextSize: 400 }, thread: longThread })).messages)
    expect(sent).toContain('answer 20 ')
    expect(sent).not.toContain('answer 1 ')
    expect(sent).toContain('And now?')
    const whole = JSON.stringify((await prepare({ ...talk, entry: { contextSize: 100_000 }, thread: longThread })).messages)
    expect(whole).toContain('answer 1 ')
  })

  it.each([
    ['as asked where both fit', 10_000, 500, 500],
    ['as asked where the window is unknown', undefined, 500, 500],
    ['lowered to what the window leaves', 100, 500, 97],
    ['never below 16', 10, 500, 16],
  ])('max_tokens is %s', async (_title, contextSize, asked, expected) => {
    const entry = contextSize === undefined ? {} : { contextSize }
    expect((await prepare({ entry, parameters: { max_tokens: asked } })).parameters).toEqual({ max_tokens: expected })
  })

  it('sends each stop once and no empty one', async () => {
    expect((await prepare({ parameters: { stop: ['END', '', '\nHuman:', 'END', 3] }, mode: 'completion' })).stop).toEqual([
      '\nHuman:',
      '</histories>',
      'END',
    ])
    expect(await prepare({ parameters: { stop: [] } })).not.toHaveProperty('stop')
  })

  it("follows the app's own mode before the model's", async () => {
    const config = { model: { provider: 'p', name: 'm', mode: 'completion', completion_params: {} } }
    expect((await prepare({ config, mode: 'chat', thread: [] })).messages).toMatchObject([
      { role: 'user', content: expect.stringContaining('<histories>') },
    ])
  })
})
