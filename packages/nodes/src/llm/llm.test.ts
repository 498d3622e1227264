import { AppError } from '@trellis/contracts'
import { type ModelEvent, ProviderError } from '@trellis/spec'
import { Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { askLlm as ask, llmModel as model, userText as user } from '../testing/ask-llm.ts'
import { createFakeFiles } from '../testing/fake-files.ts'
import { fakeFile, fakeModels } from '../testing/fake-models.ts'
import { runNode } from '../testing/run-node.ts'
import { llmNode } from './node.ts'

describe('2.6 llm: outputs', () => {
  it('gives text, reasoning_content, usage and finish_reason, and a trace of what was sent', async () => {
    const { outcome } = await ask(
      { prompt_template: [{ role: 'system', text: 'Be {{#start.how#}}' }, user('Hi')] },
      { options: { variables: { 'start.how': 'brief' } } },
    )
    expect(outcome).toMatchObject({
      status: 'succeeded',
      inputs: { '#start.how#': 'brief', model_provider: 'p', model_name: 'm' },
      processData: {
        model_mode: 'chat',
        prompts: [
          { role: 'system', text: 'Be brief', files: [] },
          { role: 'user', text: 'Hi', files: [] },
        ],
        finish_reason: 'stop',
        model_provider: 'p',
        model_name: 'm',
        usage: { total_tokens: 12 },
      },
      outputs: {
        text: 'Hello',
        reasoning_content: '',
        finish_reason: 'stop',
        usage: { prompt_tokens: 10, completion_tokens: 2, total_price: '0.000014', currency: 'USD', latency: 1.234, time_to_generate: 1.2 },
      },
      usage: { totalTokens: 12 },
    })
  })

  it('streams every delta as its own chunk and closes the stream', async () => {
    const { chunks } = await ask({}, { says: ['Hel', '', 'lo'] })
    expect(chunks).toEqual([
      { type: 'text-delta', name: 'text', text: 'Hel' },
      { type: 'text-delta', name: 'text', text: 'lo' },
      { type: 'text-end', name: 'text' },
    ])
  })
})

describe('2.6 llm: files that the model made', () => {
  const picture: ModelEvent = { type: 'file', mimeType: 'image/jpeg', base64: Buffer.from('bits').toString('base64') }

  it('are kept, shown among the words, and an output', async () => {
    const { files, saved } = createFakeFiles()
    const { services } = fakeModels({ says: ['Here: ', picture, '.'] })
    const data = { model, prompt_template: [user('Draw')], context: { enabled: false } }
    const { outcome, chunks } = await runNode(llmNode, data, { services: { ...services, files } })
    expect(saved).toEqual([{ text: 'bits', filename: 'image.jpg', mimeType: 'image/jpeg' }])
    const text = 'Here: [image.jpg](https://files.example.com/a.txt).'
    expect(outcome).toMatchObject({
      status: 'succeeded',
      outputs: { text, files: { type: 'array[file]', value: [{ filename: 'image.jpg', transfer_method: 'tool_file' }] } },
    })
    expect(chunks.flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.text] : [])).join('')).toBe(text)
  })

  it('are no output where it made none', async () => {
    expect((await ask({})).outcome).not.toHaveProperty('outputs.files')
  })
})

describe('2.6 llm: variables', () => {
  it.each([
    ['a template variable', { prompt_template: [user('{{#no.where#}}')] }],
    ['a variable of the memory query', { memory: { window: { enabled: false }, query_prompt_template: '{{#no.where#}}' } }],
    ['a Jinja2 variable', { prompt_config: { jinja2_variables: [{ variable: 'x', value_selector: ['no', 'where'] }] } }],
  ])('fails where %s is absent', async (_title, data) => {
    const { outcome, calls } = await ask(data)
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'VariableNotFoundError' })
    expect(calls).toEqual([])
  })

  it('takes null for nothing, and records secrets obfuscated', async () => {
    const { messages, outcome } = await ask(
      { prompt_template: [user('a{{#start.none#}}b {{#env.key#}}')] },
      { options: { variables: { 'start.none': null, 'env.key': new Variable('sk-1234567890', 'secret') } } },
    )
    expect(messages).toEqual([{ role: 'user', content: 'ab sk-1234567890' }])
    expect(outcome).toMatchObject({ inputs: { '#start.none#': '', '#env.key#': 'sk-123************90' } })
  })

  it('names what a single run must be given, and the model that it needs', () => {
    const config = llmNode.definition.config.parse({
      model,
      prompt_template: [user('{{#start.a#}}'), { role: 'user', edition_type: 'jinja2', jinja2_text: '{{ j }}' }],
      prompt_config: { jinja2_variables: [{ variable: 'j', value_selector: ['start', 'j'] }] },
      memory: { window: { enabled: false }, query_prompt_template: '{{#sys.query#}}' },
      context: { enabled: true, variable_selector: ['kb', 'result'] },
      vision: { enabled: true },
    })
    expect(llmNode.definition.inputs(config)).toEqual({
      '#start.a#': ['start', 'a'],
      '#sys.query#': ['sys', 'query'],
      '#context#': ['kb', 'result'],
      '#files#': ['sys', 'files'],
      j: ['start', 'j'],
    })
    expect(llmNode.definition.requires?.(config)).toEqual([{ type: 'model', provider: 'p', model: 'm' }])
    expect(llmNode.definition.canRetry).toBe(true)
  })
})

describe('2.6 llm: completion_params', () => {
  it('resolves variables in texts, cut to 1024 characters, and reads numbers and booleans', async () => {
    const { calls } = await ask(
      {
        model: {
          ...model,
          completion_params: {
            temperature: '{{#start.t#}}',
            flag: '{{#start.b#}}',
            long: '{{#start.long#}}',
            seed: 3,
            plain: '0.5',
            stop: ['END', ''],
          },
        },
      },
      { options: { variables: { 'start.t': '0.7', 'start.b': 'true', 'start.long': 'x'.repeat(2000) } } },
    )
    expect(calls[0]).toMatchObject({
      parameters: { temperature: 0.7, flag: true, long: 'x'.repeat(1024), seed: 3, plain: '0.5' },
      stop: ['END'],
    })
  })
})

describe('2.6 llm: reasoning_format', () => {
  const reasoned = [{ type: 'reasoning-delta', text: 'hm' }, 'So.'] as const

  it("tagged keeps the model's <think> text, and tells what it thought apart in such tags", async () => {
    expect((await ask({}, { says: '<think>a</think>b' })).outcome).toMatchObject({
      outputs: { text: '<think>a</think>b', reasoning_content: '' },
    })
    const { outcome, chunks } = await ask({}, { says: reasoned })
    expect(outcome).toMatchObject({ outputs: { text: '<think>\nhm\n</think>\n\nSo.', reasoning_content: '' } })
    expect(chunks).toMatchObject([{ text: '<think>\nhm' }, { text: '\n</think>\n\nSo.' }, { type: 'text-end' }])
  })

  it.each([
    ['reasoning told apart', reasoned],
    ['tags in one piece', ['<think>\nhm\n</think>\n\nSo.']],
    ['tags split over pieces', [...'<THINK kind="x">hm</think>\n\nSo.']],
  ])('separated: %s', async (_title, says) => {
    const { outcome, chunks } = await ask({ reasoning_format: 'separated' }, { says })
    expect(outcome).toMatchObject({ outputs: { text: 'So.', reasoning_content: 'hm' } })
    const textOf = (type: string) => chunks.map((chunk) => (chunk.type === type && 'text' in chunk ? chunk.text : '')).join('')
    expect(textOf('text-delta')).toBe('So.')
    expect(textOf('reasoning-delta').trim()).toBe('hm')
    expect(chunks.slice(-2)).toEqual([
      { type: 'reasoning-delta', text: '', isFinal: true },
      { type: 'text-end', name: 'text' },
    ])
  })

  it('separated: a reply that breaks off in its thoughts has no text', async () => {
    expect((await ask({ reasoning_format: 'separated' }, { says: 'x<think>hm' })).outcome).toMatchObject({
      outputs: { text: 'x', reasoning_content: 'hm' },
    })
  })
})

describe('2.6 llm: structured output', () => {
  const schema = { type: 'object', properties: { a: { type: 'number' } } }
  const structured = { structured_output_enabled: true, structured_output: { schema } }

  it('gives the schema as a parameter to a model that takes one', async () => {
    const { calls, outcome } = await ask(structured, { says: '{"a": 1.0}', entry: { features: ['structured-output'] } })
    expect(calls[0]).toMatchObject({ messages: [{ role: 'user' }], responseFormat: { type: 'json-schema', schema } })
    expect(outcome).toMatchObject({ outputs: { text: '{"a": 1.0}', structured_output: { a: { value: 1 } } } })
  })

  it.each([
    ['before what the system says', [{ role: 'system', text: 'Own words' }, user('Hi')], 2],
    ['in a system message of its own', [user('Hi')], 2],
  ])('tells it to others in words, %s', async (_title, prompt_template, count) => {
    const { messages, calls } = await ask({ ...structured, prompt_template }, { says: '{}' })
    expect(messages).toHaveLength(count)
    expect(messages?.[0]).toMatchObject({ role: 'system', content: expect.stringContaining('"properties"') })
    expect(calls[0]).not.toHaveProperty('responseFormat')
  })

  it('asks for JSON where the model has such a mode', async () => {
    const rule = {
      name: 'response_format',
      label: { en_US: '' },
      type: 'string',
      required: false,
      options: ['text', 'json_object'],
    } as const
    expect((await ask(structured, { says: '{}', entry: { parameterRules: [rule] } })).calls[0]).toMatchObject({
      responseFormat: { type: 'json' },
    })
  })

  it.each([
    ['prose and a fence', 'Here:\n```json\n{"a": 1}\n```\nGood?', { a: 1 }],
    ['thoughts', '<think>{"no": 1}</think>{"a": 1}', { a: 1 }],
    ['single quotes and a trailing comma', "{'a': 1,}", { a: 1 }],
    ['an end that is missing', '{"a": [1, {"b": 2', { a: [1, { b: 2 }] }],
    ['a list: its first object', '[1, {"a": 1}, {"a": 2}]', { a: 1 }],
    ['a list without objects', '[1, 2]', {}],
  ])('reads a reply with %s', async (_title, says, expected) => {
    expect((await ask(structured, { says })).outcome).toMatchObject({ outputs: { structured_output: expected } })
  })

  it.each(['I cannot.', '"text"', ''])('fails on a reply that is no object: %j', async (says) => {
    const { outcome } = await ask(structured, { says })
    expect(outcome).toMatchObject({
      status: 'failed',
      errorType: 'LLMNodeError',
      usage: { totalTokens: 12 },
      processData: { finish_reason: 'stop' },
    })
  })

  it('is off where the file has no structured_output, or does not switch it on', async () => {
    for (const data of [{ structured_output_enabled: true }, { structured_output: { schema } }]) {
      expect((await ask(data, { says: 'text' })).outcome).toMatchObject({ status: 'succeeded', outputs: { text: 'text' } })
    }
  })

  it('refuses a schema that is no object', async () => {
    expect((await ask({ ...structured, structured_output: { schema: 'x' } })).outcome).toMatchObject({ errorType: 'LLMNodeError' })
  })
})

describe('2.6 llm: failures', () => {
  it.each([
    ['connection', 'InvokeConnectionError'],
    ['server-unavailable', 'InvokeServerUnavailableError'],
    ['rate-limit', 'InvokeRateLimitError'],
    ['authorization', 'InvokeAuthorizationError'],
    ['bad-request', 'InvokeBadRequestError'],
    ['context-length', 'InvokeBadRequestError'],
  ] as const)('a provider that fails by %s is %s', async (kind, errorType) => {
    const error = new AppError('completion_request_error', { message: 'It said no.', cause: new ProviderError(kind, 'no') })
    const { outcome, chunks } = await ask({}, { says: ['Hel', error] })
    expect(outcome).toMatchObject({
      status: 'failed',
      error: 'It said no.',
      errorType,
      inputs: { model_name: 'm' },
      processData: { prompts: [{}] },
    })
    expect(chunks).toEqual([{ type: 'text-delta', name: 'text', text: 'Hel' }])
  })

  it.each([
    ['provider', { provider: 'other', name: 'm' }, 'ProviderTokenNotInitError'],
    ['model', { provider: 'p', name: 'other' }, 'ModelCurrentlyNotSupportError'],
  ])('a %s that is not there', async (_title, choice, errorType) => {
    expect((await ask({ model: { ...model, ...choice } })).outcome).toMatchObject({ status: 'failed', errorType })
  })

  it('a file that is gone is the node’s own failure', async () => {
    const options = { variables: { 'sys.files': [fakeFile('gone.png')] } }
    expect((await ask({ vision: { enabled: true } }, { entry: { features: ['vision'] }, options })).outcome).toMatchObject({
      errorType: 'LLMNodeError',
    })
  })

  it('a model that says nothing within first_token_timeout_ms', async () => {
    const { outcome } = await ask({ invocation: { first_token_timeout_ms: 5 } }, { says: ['...'] })
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'FirstTokenTimeoutError' })
  })

  it('lets an abort be one, and a fault of ours too', async () => {
    const controller = new AbortController()
    const run = ask({}, { says: ['...'], options: { signal: controller.signal } })
    controller.abort('stop')
    await expect(run).rejects.toBe('stop')
    await expect(ask({}, { says: [new TypeError('fault')] })).rejects.toThrow(TypeError)
  })
})
