import { Variable } from '@trellis/variables'
import { expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { variableAggregatorNode, variableAssignerNode } from './node.ts'

it('2.12 variable-aggregator: gives the first variable that exists, also where it is empty, with its type', async () => {
  const empty = new Variable([], 'array[string]')
  for (const node of [variableAggregatorNode, variableAssignerNode]) {
    const { outcome } = await runNode(
      node,
      {
        variables: [
          ['skipped', 'x'],
          ['b', 'list'],
          ['c', 'text'],
        ],
      },
      { variables: { 'b.list': empty, 'c.text': 'c' } },
    )
    expect(outcome).toMatchObject({ status: 'succeeded', inputs: { list: [] }, outputs: { output: empty } })
  }
})

it('2.12 variable-aggregator: gives one result a group', async () => {
  const groups = [
    { group_name: 'G1', variables: [['a', 'x']] },
    {
      group_name: 'G2',
      variables: [
        ['no', 'x'],
        ['b', 'y', 'z'],
      ],
    },
    { group_name: 'G3', variables: [['no', 'x']] },
  ]
  const { outcome } = await runNode(
    variableAggregatorNode,
    { variables: [], advanced_settings: { group_enabled: true, groups } },
    { variables: { 'a.x': null, 'b.y': { z: 1 } } },
  )
  expect(outcome).toMatchObject({ inputs: { x: null, 'y.z': 1 }, outputs: { G1: { output: null }, G2: { output: 1 } } })
  expect(outcome).not.toHaveProperty('outputs.G3')
})

it('2.12 variable-aggregator: succeeds where nothing exists', async () => {
  const { outcome } = await runNode(variableAggregatorNode, { variables: [['no', 'x']], advanced_settings: null })
  expect(outcome).toEqual({ status: 'succeeded', inputs: {}, outputs: {} })
})
