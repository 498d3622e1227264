import type { ModelMessage } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { askLlm as ask, inConversation, llmModel as model, userText as user } from '../testing/ask-llm.ts'
import { fakeFile } from '../testing/fake-models.ts'

const history: readonly ModelMessage[] = [
  {
    role: 'user',
    content: [
      { type: 'image', mimeType: 'image/png', url: 'https://example.com/old.png' },
      { type: 'text', text: 'Before' },
    ],
  },
  { role: 'assistant', content: 'Then' },
]

describe('2.6 llm: prompt build (chat)', () => {
  it('renders Jinja2 messages with their variables', async () => {
    const { messages, outcome } = await ask(
      {
        prompt_template: [
          { role: 'user', edition_type: 'jinja2', text: 'unused {{#no.where#}}', jinja2_text: '{% for x in list %}{{ x }};{% endfor %}' },
          { role: 'system', edition_type: 'jinja2', jinja2_text: '{{ none }}' },
        ],
        prompt_config: {
          jinja2_variables: [
            { variable: 'list', value_selector: ['code', 'list'] },
            { variable: 'none', value_selector: ['code', 'none'] },
          ],
        },
      },
      { options: { variables: { 'code.list': [1, 'b'], 'code.none': null } } },
    )
    expect(messages?.[0]).toEqual({ role: 'user', content: '1;b;' })
    expect(outcome).toMatchObject({ inputs: { list: [1, 'b'] } })
  })

  it('fails on a Jinja2 template that is none', async () => {
    const { outcome } = await ask({ prompt_template: [{ role: 'user', edition_type: 'jinja2', jinja2_text: '{% if %}' }] })
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'TemplateRenderError' })
  })

  it('puts the context in, then variables, and reads what a document says as no template', async () => {
    const { messages } = await ask(
      { prompt_template: [user('{{#context#}} | {{#start.x#}}')], context: { enabled: true, variable_selector: ['kb', 'text'] } },
      { options: { variables: { 'kb.text': 'from {{#env.secret#}}', 'start.x': [1, true], 'env.secret': 'hush' } } },
    )
    expect(messages).toEqual([{ role: 'user', content: 'from {{#env.secret#}} | [1, True]' }])
  })

  it('puts files of a basic message into a separate message of the same role, custom ones left out (9.12)', async () => {
    const variables = { 'start.files': [fakeFile('a.png'), fakeFile('b.zip', 'custom')], 'start.doc': fakeFile('c.pdf', 'document') }
    const { messages } = await ask(
      { prompt_template: [user('Look {{#start.files#}}{{#start.doc#}}'), { role: 'assistant', text: '{{#start.files#}}' }] },
      { entry: { features: ['vision', 'document'] }, options: { variables } },
    )
    expect(messages).toEqual([
      { role: 'user', content: 'Look ' },
      {
        role: 'user',
        content: [expect.objectContaining({ type: 'image', detail: 'high' }), expect.objectContaining({ type: 'document' })],
      },
      { role: 'assistant', content: [expect.objectContaining({ type: 'image' })] },
    ])
  })

  it('lets the user show files that the system names, which no provider takes', async () => {
    const { messages } = await ask(
      { prompt_template: [{ role: 'system', text: 'See{{#start.a#}}' }] },
      { entry: { features: ['vision'] }, options: { variables: { 'start.a': fakeFile('a.png') } } },
    )
    expect(messages?.map(({ role }) => role)).toEqual(['system', 'user'])
  })

  it('appends memory after all template messages, then the query (9.12)', async () => {
    const { messages, recalls } = await ask(
      { prompt_template: [{ role: 'system', text: 'S' }, user('T')], memory: { window: { enabled: true, size: 7 } } },
      {
        history,
        entry: { features: ['vision'], contextSize: 1000 },
        options: { ...inConversation, variables: { 'sys.query': 'Now {{#env.x#}}', 'env.x': 'hush' } },
      },
    )
    expect(messages).toEqual([
      { role: 'system', content: 'S' },
      { role: 'user', content: 'T' },
      ...history,
      { role: 'user', content: 'Now {{#env.x#}}' },
    ])
    expect(recalls).toMatchObject([{ maxTokens: 1000, messageLimit: 7 }])
  })

  it.each([
    ['context size less max_tokens', { contextSize: 1000 }, { max_tokens: 300 }, 700],
    ['never less than nothing', { contextSize: 100 }, { max_tokens: 300 }, 0],
    ['2000 where the size is unknown', {}, { max_tokens: 300 }, 2000],
  ])('budgets memory: %s', async (_title, entry, completion_params, maxTokens) => {
    const rule = { name: 'max_tokens', label: { en_US: '' }, type: 'int', required: false, options: [] } as const
    const { recalls } = await ask(
      { model: { ...model, completion_params }, memory: { window: { enabled: false, size: 7 } } },
      { entry: { ...entry, parameterRules: [rule] }, options: inConversation },
    )
    expect(recalls).toMatchObject([{ maxTokens, messageLimit: undefined }])
  })

  it('asks the query template where there is one, with its files, also without a conversation', async () => {
    const { messages, recalls } = await ask(
      { memory: { window: { enabled: false }, query_prompt_template: 'Q: {{#sys.query#}}{{#sys.files#}}' } },
      { entry: { features: ['vision'] }, options: { variables: { 'sys.query': 'why', 'sys.files': [fakeFile('a.png')] } } },
    )
    expect(messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'user', content: 'Q: why' },
      { role: 'user', content: [expect.objectContaining({ type: 'image' })] },
    ])
    expect(recalls).toEqual([])
  })

  it('sends no query without a memory (9.12)', async () => {
    const { messages } = await ask({}, { options: { variables: { 'sys.query': 'why' } } })
    expect(messages).toEqual([{ role: 'user', content: 'Hi' }])
  })

  it.each([
    ['to the front of the last user message', [user('T')], ['user'], 2],
    ['as a message of their own behind others', [user('T'), { role: 'assistant', text: 'A' }], ['user', 'assistant', 'user'], 1],
  ])('vision puts files %s', async (_title, prompt_template, roles, parts) => {
    const { messages, outcome } = await ask(
      { prompt_template, vision: { enabled: true, configs: { variable_selector: ['start', 'pic'], detail: 'low' } } },
      { entry: { features: ['vision'] }, options: { variables: { 'start.pic': fakeFile('a.png') } } },
    )
    expect(messages?.map(({ role }) => role)).toEqual(roles)
    expect(messages?.at(-1)?.content).toHaveLength(parts)
    expect(messages?.at(-1)?.content[0]).toMatchObject({ type: 'image', detail: 'low' })
    expect(outcome).toMatchObject({ inputs: { '#files#': [{ filename: 'a.png' }] } })
  })

  it('takes null configs of vision for sys.files', async () => {
    const { messages } = await ask(
      { vision: { enabled: true, configs: null } },
      { entry: { features: ['vision'] }, options: { variables: { 'sys.files': [fakeFile('a.png')] } } },
    )
    expect(messages?.[0]?.content).toHaveLength(2)
  })

  it('refuses a vision variable that holds no files', async () => {
    const { outcome } = await ask(
      { vision: { enabled: true, configs: { variable_selector: ['start', 'x'] } } },
      { options: { variables: { 'start.x': 'text' } } },
    )
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'InvalidVariableTypeError' })
  })

  it('leaves out what the model does not take, and collapses a single text', async () => {
    const { messages } = await ask(
      { vision: { enabled: true } },
      { options: { variables: { 'sys.files': [fakeFile('a.png'), fakeFile('gone.png')] } } },
    )
    expect(messages).toEqual([{ role: 'user', content: 'Hi' }])
  })

  it('fails where no message is left', async () => {
    const { outcome } = await ask({ prompt_template: [user(''), { role: 'user', edition_type: 'jinja2', jinja2_text: '' }] })
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'NoPromptFoundError' })
  })
})

describe('2.6 llm: prompt build (completion)', () => {
  const completion = (text: string): Dict => ({ model: { ...model, mode: 'completion' }, prompt_template: { text, edition_type: 'basic' } })
  const memory = { role_prefix: { user: 'U', assistant: 'A' }, window: { enabled: false } }
  const variables = { 'sys.query': 'why' }

  it.each([
    ['replaces #histories#, and leaves the outer braces', 'P {{#histories#}}', 'why\nP {{U: [image]\nBefore\nA: Then}}'],
    ['else puts the history in front, and the query before that', 'P #sys.query#', 'why\nU: [image]\nBefore\nA: Then\nP #sys.query#'],
  ])('%s', async (_title, text, expected) => {
    const { messages } = await ask({ ...completion(text), memory }, { history, options: { ...inConversation, variables } })
    expect(messages).toEqual([{ role: 'user', content: expected }])
  })

  it('puts a newline in front where the history is empty', async () => {
    const { messages } = await ask({ ...completion('P'), memory }, { options: { ...inConversation, variables } })
    expect(messages).toEqual([{ role: 'user', content: 'why\n\nP' }])
  })

  it('needs names for the speakers', async () => {
    const { outcome } = await ask({ ...completion('P'), memory: { window: { enabled: false } } }, { options: inConversation })
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'MemoryRolePrefixRequiredError' })
  })

  it('takes Jinja2 and context', async () => {
    const jinja = await ask({ ...completion(''), prompt_template: { text: '', jinja2_text: 'J{{ 1 + 1 }}', edition_type: 'jinja2' } })
    expect(jinja.messages).toEqual([{ role: 'user', content: '\nJ2' }])
    const context = await ask(
      { ...completion('<{{#context#}}>'), context: { enabled: true, variable_selector: ['kb', 'r'] } },
      { options: { variables: { 'kb.r': 'C' } } },
    )
    expect(context.messages).toEqual([{ role: 'user', content: '\n<C>' }])
  })
})

describe('2.6 llm: context value', () => {
  const passage = {
    metadata: { _source: 'knowledge', position: 1, dataset_id: 'd', segment_hit_count: 3, segment_id: 's', score: 0.5 },
    title: 'T',
    content: 'C',
    summary: 'S',
    files: [fakeFile('in.png')],
  }
  const withContext = (value: Dict[string], says?: string) =>
    ask(
      { prompt_template: [user('{{#context#}}')], context: { enabled: true, variable_selector: ['kb', 'r'] }, vision: { enabled: true } },
      { entry: { features: ['vision'] }, options: { variables: { 'kb.r': value } }, ...(says ? { says } : {}) },
    )

  it.each([
    ['a string as it is', 'plain', 'plain'],
    [
      'strings and contents by lines, summaries first',
      ['a', { content: 'b', summary: 'sum' }, { content: 'c', summary: '' }],
      'a\nsum\nb\nc',
    ],
  ])('reads %s', async (_title, value, expected) => {
    const { messages, outcome } = await withContext(value)
    expect(messages).toEqual([{ role: 'user', content: expected }])
    expect(outcome).toMatchObject({ inputs: { '#context#': expected } })
  })

  it('refuses an item without content', async () => {
    expect((await withContext([{ text: 'x' }])).outcome).toMatchObject({ status: 'failed', errorType: 'InvalidContextStructureError' })
  })

  it('takes other types for nothing', async () => {
    expect((await withContext({ content: 'x' })).outcome).toMatchObject({ errorType: 'NoPromptFoundError' })
  })

  it('tells passages of knowledge as retriever resources, and shows their files', async () => {
    const { chunks, messages, outcome } = await withContext([passage])
    expect(chunks[0]).toEqual({
      type: 'retriever-resources',
      resources: [
        expect.objectContaining({ position: 1, dataset_id: 'd', hit_count: 3, word_count: null, content: 'C', summary: 'S', score: 0.5 }),
      ],
    })
    expect(messages?.[0]?.content).toEqual([expect.objectContaining({ type: 'image' }), { type: 'text', text: 'S\nC' }])
    expect(outcome).toMatchObject({ inputs: { '#context_files#': [{ filename: 'in.png' }] } })
  })
})
