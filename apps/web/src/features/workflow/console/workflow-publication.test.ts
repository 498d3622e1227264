import { describe, expect, it } from 'vitest'
import type { WorkflowDraft } from '../../../api/workflows-api.ts'
import { readPublication } from './workflow-publication.ts'

const draft: WorkflowDraft = {
  id: '8c1f7a52-5c0e-4a43-9f3e-0d5b8e4a1c11',
  graph: { nodes: [], edges: [] },
  features: { opening_statement: '' },
  hash: 'a1',
  version: 'draft',
  marked_name: '',
  marked_comment: '',
  created_by: null,
  created_at: 1,
  updated_by: null,
  updated_at: 2,
  environment_variables: [],
  conversation_variables: [],
  tool_published: false,
  rag_pipeline_variables: [],
}

const version = { ...draft, id: '2b7e1516-28ae-4d2a-abf7-158809cf4f3c', version: '2026-11-28 12:00:00', updated_at: 3 }

describe('how a draft stands to what is published', () => {
  it('was never published where there is no version', () => {
    expect(readPublication(draft, null)).toBe('never')
  })
  it('is current whatever the names and times', () => {
    expect(readPublication(draft, version)).toBe('current')
  })
  it('is changed by its graph as by what stands beside it', () => {
    expect(readPublication({ ...draft, hash: 'b2' }, version)).toBe('changed')
    expect(readPublication({ ...draft, features: { opening_statement: 'Hello' } }, version)).toBe('changed')
  })
})
