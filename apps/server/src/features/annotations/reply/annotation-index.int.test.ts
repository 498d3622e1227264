import { openDatabase } from '@trellis/db'
import { newId } from '@trellis/kit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAnnotationIndex } from './annotation-index.ts'
import { replaceVectors } from './annotation-vectors.repository.ts'
import { encodeVector, toUnit } from './vectors.ts'

const database = openDatabase({ type: 'sqlite', file: ':memory:' })
const [tenantId, appId, model] = [newId(), newId(), 'embedder']
const vectors = { tenantId, appId, model, version: 1 }

beforeAll(async () => {
  await database.migrate()
  const rows = Array.from({ length: 1_200 }, (_, position) => ({
    id: newId(),
    tenant_id: tenantId,
    app_id: appId,
    annotation_id: `annotation ${position}`,
    model,
    question_hash: `question ${position}`,
    vector: encodeVector([1_200 - position, position]),
  }))
  await replaceVectors(database.db, tenantId, { appId, model }, rows)
})
afterAll(() => database.close())

it('lets others run while it compares many vectors, and finds the nearest among all of them', async () => {
  const index = createAnnotationIndex(database.db)
  // From now on they are in memory.
  await index.findNearest(vectors, toUnit([1, 0]), { threshold: 1, limit: 1 })
  let turns = 0
  let isOver = false
  const others = (async () => {
    for (; !isOver; turns += 1) await new Promise(setImmediate)
  })()
  const near = await index.findNearest(vectors, toUnit([0, 1]), { threshold: 0.9, limit: 2 })
  isOver = true
  await others
  expect(near.map(({ annotationId }) => annotationId)).toEqual(['annotation 1199', 'annotation 1198'])
  expect(turns).toBeGreaterThanOrEqual(2)
})
