import { AppError } from '@trellis/contracts'
import { type ModelEvent, ProviderError } from '@trellis/spec'
import { type Dict, float } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { inConversation, llmModel } from '../testing/ask-llm.ts'
import { type FakeModelOptions, fakeModels } from '../testing/fake-models.ts'
import { type NodeRunOptions, runNode } from '../testing/run-node.ts'
import { parameterExtractorNode } from './node.ts'

const parameter = (name: string, type = 'string', more: Dict = {}): Dict => ({
  name,
  type,
  description: `The ${name}`,
  required: true,
  ...more,
})
const call = (text: string): ModelEvent => ({ type: 'tool-call', call: { id: 'c', name: 'extract_parameters', arguments: text } })

async function extract(
  parameters: readonly Dict[],
  says: FakeModelOptions['says'],
  changes: Dict = {},
  more: FakeModelOptions & { readonly options?: NodeRunOptions } = {},
) {
  const models = fakeModels({ ...more, says: says ?? '' })
  const data = { model: llmModel, query: ['sys', 'query'], parameters, instruction: 'Mind {{#start.x#}}', ...changes }
  const options = { variables: { 'sys.query': 'I am Bo, 7.', 'start.x': 'X' }, services: models.services, ...more.options }
  const run = await runNode(parameterExtractorNode, data, options)
  const outputs = run.outcome.status === 'succeeded' ? run.outcome.outputs : {}
  const plain = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, value instanceof Variable ? value.value : value]))
  return { ...run, ...models, outputs: plain, types: outputs }
}
const tools = { entry: { features: ['tool-call'] } } as const

describe('2.17 parameter-extractor: how it asks', () => {
  it('calls a function where the model has tools, with an example before the last user message', async () => {
    const { calls, outcome, outputs } = await extract(
      [parameter('name'), parameter('size', 'select', { options: ['S', 'L'], required: false })],
      [call('{"name": "Bo", "size": "S"}')],
      {},
      tools,
    )
    expect(calls[0]?.tools).toMatchObject([
      {
        name: 'extract_parameters',
        parameters: {
          type: 'object',
          properties: { name: { type: 'string', description: 'The name' }, size: { type: 'string', enum: ['S', 'L'] } },
          required: ['name'],
        },
      },
    ])
    expect(calls[0]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant', 'user'])
    expect(calls[0]?.messages[0]?.content).toContain('Mind X')
    expect(outputs).toMatchObject({ name: 'Bo', size: 'S', __is_success: 1, __reason: null, __usage: { total_tokens: 12 } })
    expect(outcome).toMatchObject({
      inputs: { query: 'I am Bo, 7.', files: [], instruction: 'Mind {{#start.x#}}', model_name: 'm' },
      processData: {
        function: { name: 'extract_parameters' },
        tool_call: { function: { name: 'extract_parameters' } },
        llm_text: '',
        usage: {},
      },
    })
  })

  it.each([
    ['prompt mode', { reasoning_mode: 'prompt' }, tools],
    ['a model without tools', {}, {}],
  ])('asks in words by %s', async (_title, changes, more) => {
    const { calls, outputs, outcome } = await extract([parameter('name')], 'It is {"name": "Bo"}.', changes, more)
    expect(calls[0]).not.toHaveProperty('tools')
    expect(calls[0]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(outputs).toMatchObject({ name: 'Bo', __is_success: 1 })
    expect(outcome).toMatchObject({ processData: { function: {}, tool_call: null } })
  })

  it('asks a completion model in one text, and not by function call', async () => {
    const completion = { model: { ...llmModel, mode: 'completion' } }
    expect((await extract([parameter('name')], '{"name": "Bo"}', completion)).calls[0]?.messages).toHaveLength(1)
    const { outcome } = await extract([parameter('name')], '', completion, tools)
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'InvalidModelModeError', outputs: { __is_success: 0 } })
  })

  it('inlines memory, limited by its window though that is switched off, and streams nothing', async () => {
    const { calls, recalls, chunks } = await extract(
      [parameter('name')],
      '{"name": "Bo"}',
      { memory: { window: { enabled: false, size: 4 } } },
      { options: { ...inConversation, variables: {} }, history: [{ role: 'assistant', content: 'earlier words' }] },
    )
    expect(recalls).toMatchObject([{ messageLimit: 4 }])
    expect(calls[0]?.messages[0]?.content).toContain('Assistant: earlier words')
    expect(chunks).toEqual([])
  })
})

describe('2.17 parameter-extractor: what it reads', () => {
  it.each([
    ['prose and brackets before it', 'See [1] and {x}: {"name": "Bo"} {"name": "Al"}', 'Bo'],
    ['a list around it', '[{"name": "Bo"}]', 'Bo'],
  ])('the first JSON object of a text, with %s', async (_title, says, name) => {
    expect((await extract([parameter('name')], says)).outputs).toMatchObject({ name })
  })

  it('nothing: defaults, and a reason', async () => {
    const single = await extract([parameter('a'), parameter('b', 'number'), parameter('c', 'bool')], 'no')
    expect(single.outputs).toMatchObject({ a: '', b: 0, c: false, __is_success: 0, __reason: expect.stringContaining('Nothing') })
    const list = await extract([parameter('a', 'array[string]')], 'no')
    expect(list.outputs).toMatchObject({ a: [], __is_success: 0, __reason: expect.stringContaining('number of parameters') })
  })

  it('a call without an object: nothing, which is too few', async () => {
    expect((await extract([parameter('a')], [call('oops')], {}, tools)).outputs).toMatchObject({
      a: '',
      __is_success: 0,
      __reason: expect.stringContaining('number of parameters'),
    })
  })

  it.each([
    [
      'an optional one missing',
      [parameter('a'), parameter('b', 'string', { required: false })],
      '{"a": "x"}',
      { a: 'x', b: '' },
      'number of parameters',
    ],
    ['one too many', [parameter('a')], '{"a": "x", "z": 1}', { a: 'x' }, 'number of parameters'],
    ['a required one under another name', [parameter('a')], '{"z": 1}', { a: '' }, 'Parameter a is required'],
    ['null', [parameter('a')], '{"a": null}', { a: '' }, 'Invalid value for parameter a'],
    ['another type', [parameter('a', 'number')], '{"a": "1.50"}', { a: float(1.5) }, 'Invalid value for parameter a'],
    ['no option', [parameter('a', 'select', { options: ['S'] })], '{"a": "M"}', { a: 'M' }, '`select` value for parameter a'],
    ['wrong items', [parameter('a', 'array[number]')], '{"a": [1, "2", "x", null]}', { a: [1, 2] }, 'Invalid value'],
  ])('succeeds with __is_success 0 for %s (9.14)', async (_title, parameters, says, values, reason) => {
    const { outcome, outputs } = await extract(parameters, says)
    expect(outcome.status).toBe('succeeded')
    expect(outputs).toMatchObject({ ...values, __is_success: 0, __reason: expect.stringContaining(reason) })
  })

  it.each([
    ['number', 'true', 1],
    ['number', '1.0', float(1)],
    ['number', '12345678901234567890', 12345678901234567890n],
    ['boolean', 'false', false],
    ['array[object]', '[{"a": 1}]', [{ a: 1 }]],
    ['array[boolean]', '[true]', [true]],
  ])('%s of %s', async (type, json, value) => {
    expect((await extract([parameter('a', type)], `{"a": ${json}}`)).outputs).toMatchObject({ a: value, __is_success: 1 })
  })

  it.each([
    ['number', '"x"', 0],
    ['number', '"1_000"', 1000],
    ['boolean', '2', true],
    ['boolean', '"yes"', false],
    ['string', '5', ''],
    ['array[string]', '"x"', []],
  ])('%s made of %s, with a reason', async (type, json, value) => {
    expect((await extract([parameter('a', type)], `{"a": ${json}}`)).outputs).toMatchObject({ a: value, __is_success: 0 })
  })

  it('keeps the type of an empty list', async () => {
    expect((await extract([parameter('a', 'array[number]')], '{"a": []}')).types['a']).toMatchObject({ type: 'array[number]' })
  })

  it('is quick on a text that is nothing but brackets', async () => {
    expect((await extract([parameter('a')], '{'.repeat(100_000))).outputs).toMatchObject({ __is_success: 0 })
  })
})

describe('2.17 parameter-extractor: failures and data', () => {
  it('tells why the model failed', async () => {
    const error = new AppError('completion_request_error', { message: 'No.', cause: new ProviderError('connection', 'x') })
    expect((await extract([parameter('a')], [error])).outcome).toMatchObject({
      status: 'failed',
      error: 'No.',
      outputs: { __is_success: 0, __reason: 'Failed to invoke model', __error: 'No.' },
    })
  })

  it('refuses reserved names and unknown types', () => {
    const { config } = parameterExtractorNode.definition
    const data = { model: llmModel, query: ['a', 'b'] }
    expect(config.safeParse({ ...data, parameters: [parameter('__reason')] }).success).toBe(false)
    expect(config.safeParse({ ...data, parameters: [parameter('a', 'file')] }).success).toBe(false)
  })

  it('names what a single run must be given', () => {
    const { definition } = parameterExtractorNode
    const config = definition.config.parse({ model: llmModel, query: ['a', 'b'], parameters: [], instruction: '{{#c.d#}}' })
    expect(definition.inputs(config)).toEqual({ query: ['a', 'b'], '#c.d#': ['c', 'd'] })
    expect(definition.requires?.(config)).toEqual([{ type: 'model', provider: 'p', model: 'm' }])
  })
})
