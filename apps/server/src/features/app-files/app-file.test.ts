import { expect, it } from 'vitest'
import { readAppFile } from './app-file.ts'
import { readYaml } from './yaml/read-yaml.ts'

it('has no NUL, wherever it was written', () => {
  const file = readAppFile(readYaml('{app: {name: "a\\0b"}, workflow: {graph: {nodes: [{"i\\0d": "\\0", n: 1.0}]}}, "x\\0": 1}'))
  expect(file).toMatchObject({ app: { name: 'ab' }, workflow: { graph: { nodes: [{ id: '' }] } }, rest: { x: 1 } })
})
