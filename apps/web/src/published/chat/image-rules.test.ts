import type { AppParameters } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { readImageRules } from './image-rules.ts'

const rulesOf = (upload: Record<string, unknown>) =>
  readImageRules({ file_upload: upload, system_parameters: { image_file_size_limit: 10 } } as unknown as AppParameters) // the rest is read by nobody

describe('readImageRules', () => {
  it('reads the older form', () => {
    expect(rulesOf({ image: { enabled: true, number_limits: 2, transfer_methods: ['local_file'] } })).toEqual({
      maxCount: 2,
      maxMegabytes: 10,
    })
    expect(rulesOf({ image: { enabled: false } })).toBeUndefined()
    expect(rulesOf({ image: { enabled: true, transfer_methods: ['remote_url'] } })).toBeUndefined()
  })

  it('reads the newer form', () => {
    expect(rulesOf({ enabled: true, allowed_file_types: ['image', 'document'], number_limits: 5 })).toEqual({
      maxCount: 5,
      maxMegabytes: 10,
    })
    expect(rulesOf({ enabled: true, allowed_file_types: ['document'] })).toBeUndefined()
    expect(rulesOf({ enabled: true, allowed_file_types: ['image'], allowed_file_upload_methods: ['remote_url'] })).toBeUndefined()
  })

  it('takes none where nothing is said', () => {
    expect(rulesOf({})).toBeUndefined()
  })
})
