import { Variable } from '@trellis/variables'
import { expect, it } from 'vitest'
import type { RunnableWorkflow } from '../workflows/index.ts'
import { createRunPool, toReportedInputs } from './run-variables.ts'

const beginning = {
  // Of the workflow only its variables are read.
  workflow: { environmentVariables: [{ name: 'key', variable: new Variable('k', 'secret') }] } as unknown as RunnableWorkflow,
  rootId: 'start',
  inputs: { city: 'Rome', size: null },
  system: { query: 'q', files: [], conversation_id: 'talk', workflow_id: 'flow', document_id: null },
  conversation: new Map([['mood', new Variable('fine')]]),
}

it('3.2 system variables: null ones are absent, no files are an empty list of any', () => {
  const pool = createRunPool(beginning)
  expect(pool.get(['sys', 'document_id'])).toBeUndefined()
  expect(pool.get(['sys', 'files'])).toMatchObject({ type: 'array[any]', value: [] })
  expect(pool.get(['sys', 'query'])?.value).toBe('q')
})

it('3.2 inputs stand under the start node, null ones too; variables of environment and conversation keep their types', () => {
  const pool = createRunPool(beginning)
  expect(pool.get(['start', 'size'])).toMatchObject({ type: 'none', value: null })
  expect(pool.get(['env', 'key'])?.type).toBe('secret')
  expect(pool.get(['conversation', 'mood'])?.value).toBe('fine')
})

it('3.2 what callers are told of a run’s inputs: theirs, and the system’s but for the conversation', () => {
  expect(toReportedInputs(beginning)).toEqual({ city: 'Rome', size: null, 'sys.query': 'q', 'sys.files': [], 'sys.workflow_id': 'flow' })
})
