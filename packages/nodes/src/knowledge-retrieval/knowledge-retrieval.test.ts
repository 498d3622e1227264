import { AppError } from '@trellis/contracts'
import type { KnowledgeQuery, KnowledgeService } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { expect, it } from 'vitest'
import { aFile } from '../testing/fake-files.ts'
import { runNode } from '../testing/run-node.ts'
import { knowledgeRetrievalNode } from './node.ts'

const item = { title: 'A', content: 'text', metadata: { _source: 'knowledge', score: 0.5 } }
const result = (items: readonly Value[]) => new Variable(items, 'array[object]')

async function retrieve(data: Dict, variables: Readonly<Record<string, Value>> = {}, error?: Error) {
  const queries: KnowledgeQuery[] = []
  const knowledge: KnowledgeService = {
    async retrieve(query) {
      queries.push(query)
      if (error) throw error
      return { items: [item] }
    },
  }
  const { outcome } = await runNode(
    knowledgeRetrievalNode,
    { type: 'knowledge-retrieval', dataset_ids: ['d1'], ...data },
    { services: { knowledge }, variables },
  )
  return { outcome, queries }
}

const byQuery = { query_variable_selector: ['sys', 'query'] }

it('2.7 knowledge-retrieval: asks knowledge by its query, and gives what was found', async () => {
  const { outcome, queries } = await retrieve({ ...byQuery, retrieval_mode: 'multiple' }, { 'sys.query': 'why?' })
  expect(queries).toMatchObject([{ datasetIds: ['d1'], query: 'why?', attachments: [], settings: { retrieval_mode: 'multiple' } }])
  expect(outcome).toMatchObject({ status: 'succeeded', inputs: { query: 'why?' }, outputs: { result: result([item]) } })
})

it('2.7 knowledge-retrieval: takes attachments, alone or with a query', async () => {
  const { queries } = await retrieve({ query_attachment_selector: ['start', 'files'] }, { 'start.files': [aFile()] })
  expect(queries).toMatchObject([{ query: null, attachments: [aFile()] }])
})

it('2.7 knowledge-retrieval: gives nothing without selectors, and an empty result for an empty query', async () => {
  expect((await retrieve({})).outcome).toEqual({ status: 'succeeded', outputs: {} })
  expect(await retrieve(byQuery, { 'sys.query': '' })).toMatchObject({ queries: [], outcome: { outputs: { result: result([]) } } })
})

it('2.7 knowledge-retrieval: fails for a query that is no text or not there, and attachments that are no files', async () => {
  expect((await retrieve(byQuery, { 'sys.query': 1 })).outcome).toMatchObject({ status: 'failed', errorType: '' })
  expect((await retrieve(byQuery)).outcome).toMatchObject({ status: 'failed', errorType: '' })
  expect((await retrieve({ query_attachment_selector: ['start', 'a'] }, { 'start.a': 'x' })).outcome).toMatchObject({ status: 'failed' })
})

it('2.7 knowledge-retrieval: fills in the values of metadata conditions; a single reference stays a number', async () => {
  const conditions = [
    { name: 'year', comparison_operator: '=', value: '{{#start.year#}}' },
    { name: 'who', comparison_operator: 'is', value: 'by {{#start.year#}}' },
    { name: 'tag', comparison_operator: 'empty' },
  ]
  const { queries } = await retrieve(
    { ...byQuery, metadata_filtering_mode: 'manual', metadata_filtering_conditions: { logical_operator: 'or', conditions } },
    { 'sys.query': 'q', 'start.year': 2024 },
  )
  expect(queries[0]?.settings['metadata_filtering_conditions']).toMatchObject({
    logical_operator: 'or',
    conditions: [{ value: 2024 }, { value: 'by 2024' }, { value: null }],
  })
})

it('2.7 knowledge-retrieval: fails with the words of knowledge, and the name that branches compare where a rate is too high', async () => {
  const variables = { 'sys.query': 'q' }
  expect((await retrieve(byQuery, variables, new AppError('rate_limit_error'))).outcome).toMatchObject({
    status: 'failed',
    errorType: 'RateLimitExceededError',
  })
  expect((await retrieve(byQuery, variables, new AppError('bad_request', { message: 'No such knowledge.' }))).outcome).toMatchObject({
    error: 'No such knowledge.',
    errorType: 'KnowledgeRetrievalNodeError',
  })
})
