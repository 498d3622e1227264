import { AppError } from '@trellis/contracts'
import { ProviderError } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { inConversation, llmModel } from '../testing/ask-llm.ts'
import { type FakeModelOptions, fakeModels } from '../testing/fake-models.ts'
import { type NodeRunOptions, runNode } from '../testing/run-node.ts'
import { questionClassifierNode } from './node.ts'

const data = {
  query_variable_selector: ['sys', 'query'],
  model: llmModel,
  classes: [
    { id: '1', name: 'Billing {{#start.x#}}' },
    { id: '2', name: 'Other', label: 'Rest' },
  ],
  instruction: 'Mind {{#start.x#}}',
}

async function classify(
  says: FakeModelOptions['says'],
  changes: Dict = {},
  more: FakeModelOptions & { readonly options?: NodeRunOptions } = {},
) {
  const models = fakeModels({ ...more, says: says ?? '' })
  const options = {
    variables: { 'sys.query': 'Where is {{#env.k#}}?', 'start.x': 'X', 'env.k': 'hush' },
    services: models.services,
    ...more.options,
  }
  return { ...(await runNode(questionClassifierNode, { ...data, ...changes }, options)), ...models }
}
const reply = (id: unknown): string => JSON.stringify({ category_id: id, category_name: 'whatever' })

describe('2.8 question-classifier', () => {
  it('leaves by the class whose id the reply has, and ignores the name in it', async () => {
    const { outcome, calls, chunks } = await classify(reply('2'))
    expect(outcome).toMatchObject({
      status: 'succeeded',
      handle: '2',
      inputs: { query: 'Where is {{#env.k#}}?', model_provider: 'p', model_name: 'm' },
      outputs: { class_id: '2', class_name: 'Other', class_label: 'Rest', usage: { total_tokens: 12 } },
    })
    const asked = JSON.stringify(calls[0]?.messages.at(-1))
    expect(asked).toContain('Billing X')
    expect(asked).toContain('Mind X')
    expect(asked).not.toContain('hush')
    expect(chunks).toEqual([])
  })

  it.each([
    ['an id that is unknown', reply('9')],
    ['an id that is no text', reply(1)],
    ['a missing name', '{"category_id": "2"}'],
    ['missing keys', '{}'],
  ])('takes the first class for %s', async (_title, says) => {
    expect((await classify(says)).outcome).toMatchObject({ handle: '1', outputs: { class_name: 'Billing X', class_label: 'CLASS 1' } })
  })

  it.each([
    ['a fence', `Sure:\n\`\`\`json\n${reply('2')}\n\`\`\``],
    ['prose', `I say ${reply('2')} is it`],
    ['thoughts', `<think>{"category_id": "1"}</think>${reply('2')}`],
    ['a list of one', `[${reply('2')}]`],
    ['pieces', [...reply('2')]],
  ])('finds the object in %s', async (_title, says) => {
    expect((await classify(says)).outcome).toMatchObject({ handle: '2' })
  })

  it.each([
    ['no JSON', 'Billing', 'ValueError'],
    ['JSON that needs repair', "{'category_id': '2'}", 'OutputParserError'],
    ['a list of more', '[{}, {}]', 'OutputParserError'],
  ])('fails on %s (9.14)', async (_title, says, errorType) => {
    expect((await classify(says)).outcome).toMatchObject({
      status: 'failed',
      errorType,
      usage: { totalTokens: 12 },
      processData: { prompts: {} },
    })
  })

  it('takes a missing query for an empty one', async () => {
    expect((await classify(reply('2'), { query_variable_selector: ['no', 'where'] })).outcome).toMatchObject({ inputs: { query: null } })
  })

  it('inlines memory as text, limited by its window though that is switched off', async () => {
    const { calls, recalls } = await classify(
      reply('2'),
      { memory: { window: { enabled: false, size: 3 } } },
      { options: { ...inConversation, variables: {} }, history: [{ role: 'user', content: 'earlier words' }] },
    )
    expect(recalls).toMatchObject([{ messageLimit: 3, maxTokens: 2000 }])
    expect(calls[0]?.messages[0]).toMatchObject({ role: 'system', content: expect.stringContaining('Human: earlier words') })
  })

  it('asks a completion model in one text', async () => {
    const { calls } = await classify(reply('2'), { model: { ...llmModel, mode: 'completion' } })
    expect(calls[0]?.messages).toMatchObject([{ role: 'user' }])
  })

  it('tells why the model failed', async () => {
    const error = new AppError('completion_request_error', { cause: new ProviderError('rate-limit', 'slow down') })
    expect((await classify([error])).outcome).toMatchObject({ status: 'failed', errorType: 'InvokeRateLimitError' })
  })

  it('names what a single run must be given', () => {
    const { definition } = questionClassifierNode
    expect(definition.inputs(definition.config.parse(data))).toEqual({ query: ['sys', 'query'], '#start.x#': ['start', 'x'] })
  })
})
