import { describe, expect, it } from 'vitest'
import { publicationOf } from './app-publication.ts'

describe('what the Studio says of an app', () => {
  it('is that callers have nothing of it yet', () => {
    expect(publicationOf({ is_published: false, has_unpublished_changes: true })).toBe('neverPublished')
  })

  it('is that of a mode which cannot run here they have nothing either', () => {
    expect(publicationOf({ is_published: false, has_unpublished_changes: false })).toBe('neverPublished')
  })

  it('is that a draft is ahead of the version that callers get', () => {
    expect(publicationOf({ is_published: true, has_unpublished_changes: true })).toBe('draftAhead')
  })

  it('is that callers get the draft as it is', () => {
    expect(publicationOf({ is_published: true, has_unpublished_changes: false })).toBe('published')
  })
})
