import type { HttpReply, ModelReply, OracleObject, ToolMessage } from '../case.ts'
import { type Builder, findReference, newId, type Reference, strings, templateText } from './builder.ts'
import type { Maker } from './simple-nodes.ts'
import { makeValue } from './values.ts'

const REPLIES: readonly (readonly string[])[] = [
  ['Hello', ' there', '!'],
  ['你', '好', '🌍'],
  ['one'],
  ['# Title', '\n\n', '- a\n', '- b'],
  ['<think>because</think>', 'an answer'],
  ['<thi', 'nk>in pie', 'ces</th', 'ink>so', ' be it'],
  [],
]
const MODEL = { provider: 'langgenius/openai/openai', name: 'gpt-4o', mode: 'chat', completion_params: {} }
const MODEL_ERROR: ModelReply = { chunks: ['half a '], error: { type: 'InvokeServerUnavailableError', message: 'try again later' } }

/** Replies of a model that may fail first; with retries one of them succeeds. */
const modelReplies = (builder: Builder, reply: ModelReply): ModelReply[] => (builder.random.chance(0.15) ? [MODEL_ERROR, reply] : [reply])

export const makeLlm: Maker = (builder, scope) => {
  const { random } = builder
  const id = newId(builder, 'llm')
  const separated = random.chance(0.3)
  builder.fakes[id] = {
    replies: modelReplies(builder, { chunks: random.pick(REPLIES), usage: [random.integer(1, 50), random.integer(1, 50)] }),
  }
  const jinja = random.chance(0.15) ? findReference(builder, scope, ['string', 'integer', 'float', 'boolean']) : undefined
  const system = { role: 'system', text: templateText(builder, scope, { rashness: 0.02, most: 2 }) }
  const user = jinja
    ? { role: 'user', text: '', edition_type: 'jinja2', jinja2_text: 'J: {{ x }}' }
    : { role: 'user', text: `Q: ${templateText(builder, scope, { rashness: 0.02, most: 3 })}` }
  return {
    id,
    data: {
      type: 'llm',
      model: MODEL,
      prompt_template: random.chance(0.6) ? [system, user] : [user],
      ...(jinja && { prompt_config: { jinja2_variables: [{ variable: 'x', value_selector: strings(jinja.selector) }] } }),
      context: { enabled: false, variable_selector: [] },
      vision: { enabled: false },
      ...(random.chance(0.15) &&
        builder.mode === 'advanced-chat' && { memory: { window: { enabled: false, size: 10 }, query_prompt_template: '' } }),
      ...(separated && { reasoning_format: 'separated' }),
    },
    outputs: [
      { selector: [id, 'text'], type: 'string' },
      ...(separated ? [{ selector: [id, 'reasoning_content'], type: 'string' } satisfies Reference] : []),
    ],
  }
}

export const makeClassifier: Maker = (builder, scope) => {
  const { random } = builder
  const query = findReference(builder, scope, ['string'])
  if (!query) return undefined
  const id = newId(builder, 'class')
  const classes = ['1', '2', '3'].slice(0, random.integer(2, 3)).map((classId) => ({ id: classId, name: `topic ${classId}` }))
  const named = (classId: string): string => JSON.stringify({ keywords: ['k'], category_id: classId, category_name: 'any' })
  const reply = random.pick([
    [named(random.pick(classes).id)],
    ['```json\n', named(random.pick(classes).id), '\n```'],
    ['So: ', named('unknown'), ' I think'],
    ['<think>{"category_id": "2"}</think>', named('1')],
    ['{"category_name": "only"}'],
    ['[', named(random.pick(classes).id), ']'],
    ...(random.chance(0.15) ? [['no json at all']] : []),
  ])
  builder.fakes[id] = { replies: [{ chunks: reply }] }
  return {
    id,
    data: {
      type: 'question-classifier',
      query_variable_selector: strings(query.selector),
      model: MODEL,
      classes,
      instruction: '',
      vision: { enabled: false },
      topics: [],
    },
    outputs: [
      { selector: [id, 'class_name'], type: 'string' },
      { selector: [id, 'class_id'], type: 'string' },
    ],
    handles: classes.map(({ id: classId }) => classId),
  }
}

const PARAMETERS = [
  { name: 'city', type: 'string', required: true, description: 'a city' },
  { name: 'count', type: 'number', required: false, description: 'how many' },
  { name: 'sure', type: 'boolean', required: false, description: 'whether' },
  { name: 'tags', type: 'array[string]', required: false, description: 'tags' },
  { name: 'kind', type: 'select', options: ['big', 'small'], required: false, description: 'kind' },
  { name: 'sizes', type: 'array[number]', required: false, description: 'sizes' },
] as const
const ARGUMENTS: Readonly<Record<(typeof PARAMETERS)[number]['name'], readonly unknown[]>> = {
  city: ['Berlin', 'São Paulo', 7, null],
  count: [3, 2.5, '4', '4.5', 'many', true],
  sure: [true, false, 'true', 1],
  tags: [['a', 'b'], [], ['a', 1], 'a'],
  kind: ['big', 'huge'],
  sizes: [[1, 2.5], ['3', 'x'], null],
}

export const makeExtractor: Maker = (builder, scope) => {
  const { random } = builder
  const query = findReference(builder, scope, ['string'])
  if (!query) return undefined
  const id = newId(builder, 'extract')
  const parameters = random.some(PARAMETERS, 4)
  const given = Object.fromEntries(
    parameters.map(({ name }) => [name, random.chance(0.6) ? ARGUMENTS[name][0] : random.pick(ARGUMENTS[name])]),
  )
  if (random.chance(0.1)) given.extra = 1
  const text = JSON.stringify(given)
  const byTool = random.chance(0.5)
  builder.fakes[id] = {
    features: byTool ? ['tool-call'] : [],
    replies: [
      random.chance(0.08)
        ? { chunks: ['I do not know'] }
        : byTool
          ? { chunks: [], toolCalls: [{ name: 'extract_parameters', arguments: text }] }
          : { chunks: [random.pick([text, `\`\`\`json\n${text}\n\`\`\``, `Well: ${text} is it`])] },
    ],
  }
  return {
    id,
    data: {
      type: 'parameter-extractor',
      model: MODEL,
      query: strings(query.selector),
      parameters: parameters.map(
        (parameter): OracleObject => ({ ...parameter, ...('options' in parameter && { options: [...parameter.options] }) }),
      ),
      instruction: '',
      reasoning_mode: byTool ? 'function_call' : 'prompt',
      vision: { enabled: false },
    },
    outputs: [
      { selector: [id, '__is_success'], type: 'integer' },
      ...parameters.flatMap(({ name, type }): Reference[] =>
        type === 'string' || type === 'select' ? [{ selector: [id, name], type: 'string' }] : [],
      ),
    ],
  }
}

export const makeHttp: Maker = (builder, scope) => {
  const { random } = builder
  const id = newId(builder, 'http')
  const word = findReference(builder, scope, ['string', 'integer', 'float', 'boolean'])
  const inserted = word ? `{{#${word.selector.join('.')}#}}` : 'x'
  const ok: HttpReply = random.pick([
    { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"ok": true, "名": 1}' },
    { status: 201, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'grüße' },
    { status: 204, headers: {}, body: '' },
  ])
  const bad: HttpReply = random.pick([
    { status: 404, headers: { 'content-type': 'text/plain' }, body: 'nothing' },
    { error: { message: 'unreachable' } },
  ])
  builder.fakes[id] = { replies: random.chance(0.25) ? [bad, ok] : [ok] }
  const method = random.pick(['get', 'GET', 'post', 'put', 'delete', 'patch'])
  return {
    id,
    data: {
      type: 'http-request',
      method,
      url: `https://example.com/p?q=${random.chance(0.5) ? 'fixed' : inserted}`,
      authorization: random.pick<OracleObject>([
        { type: 'no-auth', config: null },
        { type: 'api-key', config: { type: 'bearer', api_key: 'k3y', header: '' } },
        { type: 'api-key', config: { type: 'custom', api_key: 'k3y', header: 'X-Key' } },
        { type: 'api-key', config: { type: 'basic', api_key: 'user:pass', header: '' } },
      ]),
      headers: random.pick(['', 'X-A: 1\nX-B:two', `X-Text: a\n\nX-Empty\n`]),
      params: random.pick(['', 'page:1\npage:2', `word:${inserted}`]),
      body: method.toLowerCase() === 'get' ? { type: 'none', data: [] } : httpBody(builder, inserted),
      timeout: { max_connect_timeout: 0, max_read_timeout: 0, max_write_timeout: 0 },
    },
    outputs: [
      { selector: [id, 'status_code'], type: 'integer' },
      { selector: [id, 'body'], type: 'string' },
    ],
  }
}

function httpBody(builder: Builder, inserted: string): OracleObject {
  const fields = [
    { id: 'a', key: 'a', type: 'text', value: '1' },
    { id: 'b', key: 'b', type: 'text', value: inserted },
  ]
  return builder.random.pick<OracleObject>([
    { type: 'none', data: [] },
    { type: 'json', data: [{ id: 'j', key: '', type: 'text', value: '{"n": 1, "f": 1.0, "list": [1, null]}' }] },
    { type: 'raw-text', data: [{ id: 'r', key: '', type: 'text', value: `raw ${inserted}` }] },
    { type: 'x-www-form-urlencoded', data: fields },
  ])
}

export const makeTool: Maker = (builder, scope) => {
  const { random } = builder
  const id = newId(builder, 'tool')
  const reference = findReference(builder, scope, ['string', 'integer', 'object', 'array[string]'])
  const messages: readonly ToolMessage[] = random.some<ToolMessage>(
    [
      { type: 'text', text: 'part one. ' },
      { type: 'text', text: 'part two' },
      { type: 'json', json: { a: 1 } },
      { type: 'variable', name: 'result', value: makeValue(random, 'object') },
      { type: 'link', text: 'https://example.com/a' },
      { type: 'variable', name: 'flow', value: 'str', stream: true },
      { type: 'variable', name: 'flow', value: 'eam', stream: true },
    ],
    4,
  )
  const ok = { messages }
  builder.fakes[id] = { parameters: ['word', 'note'], replies: random.chance(0.12) ? [{ error: { message: 'tool broke' } }, ok] : [ok] }
  return {
    id,
    data: {
      type: 'tool',
      provider_id: 'maker',
      provider_type: 'builtin',
      provider_name: 'maker',
      tool_name: 'make',
      tool_label: 'Make',
      tool_configurations: {},
      tool_parameters: {
        ...(reference && { word: { type: 'variable', value: strings(reference.selector) } }),
        note: { type: 'mixed', value: templateText(builder, scope, { rashness: 0.05, most: 2 }) },
      },
    },
    outputs: [{ selector: [id, 'text'], type: 'string' }],
  }
}
