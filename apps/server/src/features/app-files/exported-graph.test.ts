import { expect, it } from 'vitest'
import { decryptDatasetId } from './dataset-ids.ts'
import { toExportedGraph } from './exported-graph.ts'

const ID = '8a1ab2a5-9a10-4e9d-9a52-6d3f4f6b1a01'
const graph = { nodes: [{ id: 'look', data: { type: 'knowledge-retrieval', dataset_ids: [ID] } }] }
const idOf = (sealsDatasetIds: boolean): string => {
  const text = JSON.stringify(toExportedGraph(graph, { tenantId: 'workspace', includesSecrets: false, sealsDatasetIds }))
  return /"dataset_ids":\["([^"]+)"\]/.exec(text)?.[1] ?? ''
}

it('names knowledge by sealed ids, or by plain ones where the configuration says so (1.5)', () => {
  expect(idOf(true)).not.toBe(ID)
  expect(decryptDatasetId('workspace', idOf(true))).toBe(ID)
  expect(idOf(false)).toBe(ID)
})
