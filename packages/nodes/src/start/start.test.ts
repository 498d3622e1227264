import { expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { startNode } from './node.ts'

const withSchema = (json_schema: unknown, required = false) => ({
  variables: [{ variable: 'person', type: 'json_object', required, json_schema: json_schema as string }],
})
const schema = { type: 'object', properties: { age: { type: 'integer' } }, required: ['age'] }

it('2.3 start: gives the inputs under their names, null for what was not given', async () => {
  const variables = [{ variable: 'name', type: 'text-input' }, { variable: 'none' }]
  const { outcome } = await runNode(startNode, { variables }, { variables: { 'node.name': 'Ada' } })
  expect(outcome).toEqual({ status: 'succeeded', inputs: { name: 'Ada', none: null }, outputs: { name: 'Ada', none: null } })
})

it('2.3 start: holds JSON inputs against their schema, given as an object or as text', async () => {
  for (const given of [schema, JSON.stringify(schema)]) {
    const { outcome } = await runNode(startNode, withSchema(given), { variables: { 'node.person': { age: 36 } } })
    expect(outcome).toMatchObject({ outputs: { person: { age: 36 } } })
    await expect(runNode(startNode, withSchema(given), { variables: { 'node.person': { age: 'old' } } })).rejects.toThrow('at age')
  }
})

it('2.3 start: lets what is empty pass, unless it is missing where it is required', async () => {
  for (const empty of [null, {}, '']) await runNode(startNode, withSchema(schema), { variables: { 'node.person': empty } })
  await expect(runNode(startNode, withSchema(schema, true))).rejects.toThrow('required')
  await expect(runNode(startNode, withSchema(''), { variables: { 'node.person': [1] } })).rejects.toThrow('must be a JSON object')
})

it('2.3 start: refuses a schema that is none when the graph is read', () => {
  for (const wrong of [{ type: 'person' }, '{', [1], { properties: 3 }]) {
    expect(startNode.definition.config.safeParse(withSchema(wrong)).success).toBe(false)
  }
})
