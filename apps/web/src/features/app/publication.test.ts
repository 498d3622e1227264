import { describe, expect, it } from 'vitest'
import { draftPublication } from './publication.ts'

describe('how the draft of a configuration stands to what callers get', () => {
  it('is that there is nothing for callers, as after an import with a problem', () => {
    expect(draftPublication({ isPublished: false, hasChanges: true })).toBe('never')
  })

  it('is that callers get an older version', () => {
    expect(draftPublication({ isPublished: true, hasChanges: true })).toBe('changed')
  })

  it('is that callers get it as it is, and so at once after the first publication', () => {
    expect(draftPublication({ isPublished: true, hasChanges: false })).toBe('current')
    expect(draftPublication({ isPublished: false, hasChanges: false })).toBe('current')
  })
})
