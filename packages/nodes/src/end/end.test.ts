import { float } from '@trellis/values'
import { expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { endNode } from './node.ts'

const output = (variable: string, ...value_selector: string[]) => ({ variable, value_selector })

it('2.4 end: gives values as they are, null for what is not there; a type that it names is not enforced', async () => {
  const data = {
    type: 'end',
    outputs: [
      { ...output('ratio', 'start', 'ratio'), value_type: 'string' },
      output('city', 'start', 'place', 'city'),
      output('none', 'skipped', 'output'),
    ],
  }
  const outputs = { ratio: float(1), city: 'Rome', none: null }
  expect((await runNode(endNode, data, { variables: { 'start.ratio': float(1), 'start.place': { city: 'Rome' } } })).outcome).toMatchObject(
    {
      status: 'succeeded',
      inputs: outputs,
      outputs,
    },
  )
})

it('2.4 end: streams its outputs below each other, without those that name nothing', () => {
  const config = endNode.definition.config.parse({ type: 'end', outputs: [output('a', 'x', 'y'), output('b'), output('c', 'z', 'w')] })
  expect(endNode.definition.template?.(config)).toMatchObject([
    { type: 'variable', selector: ['x', 'y'] },
    { type: 'text', text: '\n' },
    { type: 'variable', selector: ['z', 'w'] },
  ])
})
