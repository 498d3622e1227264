import { float, type Value } from '@trellis/values'
import { Variable, type VariableType } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { assignerV2Node } from './node.ts'

const target = ['conversation', 'v']

/** The new value, or `failed`; undefined where nothing changes. */
async function assign(type: VariableType, before: Value, operation: string, inputType: 'variable' | 'constant', given: Value) {
  const value = inputType === 'variable' ? ['a', 'x'] : given
  const { outcome } = await runNode(
    assignerV2Node,
    { items: [{ variable_selector: target, input_type: inputType, operation, value }] },
    { variables: { 'conversation.v': new Variable(before, type), 'a.x': given } },
  )
  if (outcome.status !== 'succeeded') return 'failed'
  return outcome.updates?.[0]?.variable
}

const failed = 'failed'
describe('2.14 assigner v2: operations', () => {
  it.each<readonly [VariableType, Value, string, 'variable' | 'constant', Value, Value | undefined]>([
    ['string', 'a', 'over-write', 'variable', 'b', 'b'],
    ['string', 'a', 'over-write', 'variable', 1, failed],
    ['array[string]', ['a'], 'over-write', 'variable', ['b'], ['b']],
    ['array[string]', ['a'], 'over-write', 'variable', [1], failed],
    ['array[string]', ['a'], 'over-write', 'constant', ['b'], failed],
    ['array[file]', [], 'over-write', 'variable', [], failed],
    ['number', 1, 'over-write', 'constant', 2, 2],
    ['integer', 1, 'over-write', 'variable', true, true],
    ['boolean', false, 'over-write', 'constant', true, true],
    ['object', {}, 'over-write', 'variable', { a: 1 }, { a: 1 }],
    ['string', 'a', 'clear', 'variable', 'ignored', ''],
    ['string', 'a', 'clear', 'constant', '', failed],
    ['array[object]', [{}], 'clear', 'variable', null, []],
    ['float', 1.5, 'clear', 'variable', null, float(0)],
    ['string', 'a', 'set', 'constant', 'b', 'b'],
    ['string', 'a', 'set', 'variable', 'b', failed],
    ['object', {}, 'set', 'constant', '{"a": 1.0}', { a: float(1) }],
    ['object', {}, 'set', 'constant', '[1]', failed],
    ['object', {}, 'set', 'constant', '{', failed],
    ['array[string]', [], 'set', 'constant', [], failed],
    ['array[number]', [1], 'append', 'variable', 2, [1, 2]],
    ['array[number]', [1], 'append', 'variable', 'x', failed],
    ['array[number]', [1], 'append', 'constant', 2, failed],
    ['array[any]', [], 'append', 'variable', { a: 1 }, [{ a: 1 }]],
    ['array[file]', [], 'append', 'variable', {}, failed],
    ['string', 'a', 'append', 'variable', 'b', failed],
    ['array[string]', ['a'], 'extend', 'variable', ['b', 'c'], ['a', 'b', 'c']],
    ['array[string]', ['a'], 'extend', 'variable', 'b', failed],
    ['number', 1, '+=', 'constant', 2, 3],
    ['number', 1, '-=', 'constant', 2.5, -1.5],
    ['number', 3, '*=', 'constant', 2, 6],
    ['number', 1, '/=', 'constant', 2, 0.5],
    ['number', 4, '/=', 'constant', 2, float(2)],
    ['number', 1, '/=', 'constant', 0, failed],
    ['number', 1, '+=', 'variable', 2, failed],
    ['string', 'a', '+=', 'constant', 'b', failed],
    ['array[string]', ['a', 'b'], 'remove-first', 'variable', null, ['b']],
    ['array[string]', ['a', 'b'], 'remove-last', 'variable', null, ['a']],
    ['array[string]', [], 'remove-last', 'variable', null, []],
    ['array[string]', ['a'], 'remove-first', 'constant', null, failed],
  ])('%s %j %s %s %j', async (type, before, operation, inputType, given, expected) => {
    const result = await assign(type, before, operation, inputType, given)
    expect(result).toEqual(expected === failed ? failed : new Variable(expected ?? null, type))
  })

  it('never gives a variable another type', async () => {
    expect(await assign('integer', 1, '/=', 'constant', 2)).toEqual(new Variable(0.5, 'integer'))
  })

  it('leaves out an item whose variable holds nothing', async () => {
    expect(await assign('string', 'a', 'over-write', 'variable', null)).toBeUndefined()
  })
})

describe('2.14 assigner v2: items', () => {
  const items = [
    { variable_selector: target, input_type: 'constant', operation: '+=', value: 1 },
    { variable_selector: ['conversation', 'list'], input_type: 'variable', operation: 'append', value: target },
    { variable_selector: target, input_type: 'constant', operation: '*=', value: 10 },
  ]
  const variables = { 'conversation.v': 1, 'conversation.list': new Variable([], 'array[number]') }

  it('see what earlier ones changed; each variable changes once, in the order of the first changes', async () => {
    const { outcome } = await runNode(assignerV2Node, { version: '2', items }, { variables })
    expect(outcome).toMatchObject({
      outputs: {},
      inputs: { items },
      processData: {
        v: 20,
        list: [2],
        __updated_variables: [
          { name: 'v', selector: target, value_type: 'integer', new_value: 20 },
          { name: 'list', value_type: 'array[number]', new_value: [2] },
        ],
      },
      updates: [
        { selector: target, variable: { value: 20 } },
        { selector: ['conversation', 'list'], variable: { value: [2] } },
      ],
    })
  })

  it('change nothing where one of them fails', async () => {
    const bad = { variable_selector: target, input_type: 'constant', operation: 'set', value: 'x' }
    const { outcome } = await runNode(assignerV2Node, { items: [...items, bad] }, { variables })
    expect(outcome).toMatchObject({ status: 'failed', errorType: '' })
    expect(outcome).not.toHaveProperty('updates')
  })

  it('fail for a target or a value that is not there', async () => {
    const [item] = items
    for (const selector of [target, ['conversation', 'v']]) {
      const { outcome } = await runNode(assignerV2Node, { items: [{ ...item, variable_selector: selector }] })
      expect(outcome).toMatchObject({ status: 'failed', error: expect.stringContaining('conversation.v') })
    }
  })

  it('says what it will write, so that nothing is shown before', () => {
    const config = assignerV2Node.definition.config.parse({ items })
    expect(assignerV2Node.definition.assigns?.(config)).toEqual([target, ['conversation', 'list'], target])
  })
})
