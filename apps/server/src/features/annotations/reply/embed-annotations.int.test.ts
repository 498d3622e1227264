import { openDatabase } from '@trellis/db'
import { newId } from '@trellis/kit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertAnnotation } from '../annotations.repository.ts'
import { hashQuestion } from '../question-hash.ts'
import { listVectorKeys } from './annotation-vectors.repository.ts'
import { embedAnnotations, modelKeyOf } from './embed-annotations.ts'

const database = openDatabase({ type: 'sqlite', file: ':memory:' })
const { db } = database
const [tenantId, appId, accountId] = [newId(), newId(), newId()]
const model = { provider: 'some', model: 'embedder' }
const TAKEN_CHARACTERS = 8_000

beforeAll(async () => {
  await database.migrate()
  for (const question of ['Who wrote all this? '.repeat(2_000), 'What is it?']) {
    await insertAnnotation(db, {
      id: newId(),
      tenant_id: tenantId,
      app_id: appId,
      question,
      question_hash: hashQuestion(question),
      answer: 'An answer',
      hit_count: 0,
      account_id: accountId,
      conversation_id: null,
      message_id: null,
      created_at: 0,
      updated_at: 0,
    })
  }
})
afterAll(() => database.close())

it('embeds every question where one is longer than the model takes', async () => {
  const gateway = {
    resolveEmbeddingModel: async () => ({
      async embed(texts: readonly string[]) {
        if (texts.some((text) => text.length > TAKEN_CHARACTERS)) throw new RangeError('The text is too long for this model.')
        return { vectors: texts.map(() => [1, 0]), tokens: 1 }
      },
    }),
  }
  await embedAnnotations({ db, gateway }, { tenantId, appId, accountId, model, signal: new AbortController().signal })
  expect(await listVectorKeys(db, tenantId, { appId, model: modelKeyOf(model) })).toHaveLength(2)
})
