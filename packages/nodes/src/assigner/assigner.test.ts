import type { Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { assignerNode } from './node.ts'

const assign = (write_mode: string, target: Value | Variable, value: Value) =>
  runNode(
    assignerNode,
    { assigned_variable_selector: ['conversation', 'v'], write_mode, input_variable_selector: ['a', 'x'] },
    { variables: { 'conversation.v': target, 'a.x': value } },
  )

describe('2.13 assigner, version 1', () => {
  it.each([
    ['over-write', new Variable('old', 'string'), 'new', new Variable('new', 'string')],
    // Without a check: the variable keeps its type.
    ['over-write', new Variable(1, 'integer'), 'q', new Variable('q', 'integer')],
    ['append', new Variable(['a'], 'array[string]'), 'b', new Variable(['a', 'b'], 'array[string]')],
    ['append', new Variable([], 'array[string]'), 1, new Variable([1], 'array[string]')],
    ['clear', new Variable('old', 'string'), 'x', new Variable('', 'string')],
    ['clear', new Variable([1], 'array[number]'), 'x', new Variable([], 'array[number]')],
  ] as const)('%s %j with %j', async (mode, target, value, expected) => {
    const { outcome } = await assign(mode, target, value)
    expect(outcome).toEqual({
      status: 'succeeded',
      inputs: { value: mode === 'clear' ? expected.value : value },
      processData: {
        __updated_variables: [{ name: 'v', selector: ['conversation', 'v'], value_type: expected.type, new_value: expected.value }],
      },
      outputs: {},
      updates: [{ selector: ['conversation', 'v'], variable: expected }],
    })
  })

  it('fails to append to what is no list, and to clear a list of files', async () => {
    await expect(assign('append', 'text', 'x')).rejects.toThrow('no list')
    await expect(assign('clear', new Variable([], 'array[file]'), 'x')).rejects.toThrow('cannot be cleared')
  })

  it('fails where target or value is missing', async () => {
    const data = { assigned_variable_selector: ['conversation', 'v'], write_mode: 'over-write', input_variable_selector: ['a', 'x'] }
    await expect(runNode(assignerNode, data, { variables: { 'a.x': 1 } })).rejects.toThrow('conversation.v')
    await expect(runNode(assignerNode, data, { variables: { 'conversation.v': 1 } })).rejects.toThrow('a.x')
  })
})
