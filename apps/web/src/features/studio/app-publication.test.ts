import { describe, expect, it } from 'vitest'
import { publicationOf } from './app-publication.ts'

const version = { id: '0190b3a2-0000-7000-8000-000000000001', created_by: null, created_at: null, updated_by: null, updated_at: null }

describe('what the Studio says of an app', () => {
  it('is that a workflow or chatflow without a version was never published', () => {
    for (const mode of ['workflow', 'advanced-chat'] as const) {
      expect(publicationOf({ mode, workflow: null, has_unpublished_changes: true })).toBe('neverPublished')
    }
  })

  it('is that a draft is ahead of the version that callers get', () => {
    expect(publicationOf({ mode: 'workflow', workflow: version, has_unpublished_changes: true })).toBe('draftAhead')
    expect(publicationOf({ mode: 'chat', workflow: null, has_unpublished_changes: true })).toBe('draftAhead')
  })

  it('is that callers get the draft as it is', () => {
    expect(publicationOf({ mode: 'workflow', workflow: version, has_unpublished_changes: false })).toBe('published')
  })
})
