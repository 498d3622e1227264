import { describe, expect, it } from 'vitest'
import { readAttachmentRules } from './attachment-rules.ts'

describe('what an app takes beside a message', () => {
  it('is told by the older form: pictures', () => {
    expect(readAttachmentRules({ image: { enabled: true, number_limits: 2, transfer_methods: ['local_file'] } })).toEqual({
      types: ['image'],
      methods: ['local_file'],
      extensions: [],
      maxCount: 2,
    })
    expect(readAttachmentRules({ image: { enabled: true, transfer_methods: ['remote_url'] } })?.methods).toEqual(['remote_url'])
    expect(readAttachmentRules({ image: { enabled: false } })).toBeUndefined()
  })

  it('is told by the newer form: files of any kind', () => {
    expect(readAttachmentRules({ enabled: true, allowed_file_types: ['image', 'document'], number_limits: 5 })).toMatchObject({
      types: ['image', 'document'],
      methods: ['local_file', 'remote_url'],
      maxCount: 5,
    })
    expect(readAttachmentRules({ enabled: true })).toMatchObject({ types: ['image'], maxCount: 3 })
  })

  it('is nothing where nothing is said', () => {
    expect(readAttachmentRules({})).toBeUndefined()
  })
})
