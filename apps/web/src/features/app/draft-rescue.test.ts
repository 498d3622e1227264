import { modelConfigSchema } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { createDraftRescue } from './draft-rescue.ts'
import type { DraftSnapshot } from './draft-store.ts'

function memoryStorage(): Storage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    clear: () => entries.clear(),
    getItem: (key) => entries.get(key) ?? null,
    key: (index) => [...entries.keys()][index] ?? null,
    removeItem: (key) => void entries.delete(key),
    setItem: (key, value) => void entries.set(key, value),
  }
}

const config = modelConfigSchema.parse({ model: { provider: 'demo', name: 'demo', completion_params: {} }, pre_prompt: 'typed' })
const snapshot = (status: DraftSnapshot['status']): DraftSnapshot => ({
  config,
  hash: '3',
  status,
  hasUnpublishedChanges: true,
  savedAt: 0,
  error: undefined,
})

describe('createDraftRescue', () => {
  it('gives unsaved edits back once, for their own app only', () => {
    const storage = memoryStorage()
    createDraftRescue(storage, 'a').keep(snapshot('failed'))
    expect(createDraftRescue(storage, 'b').take()).toBeNull()
    expect(createDraftRescue(storage, 'a').take()).toEqual({ config, hash: '3' })
    expect(createDraftRescue(storage, 'a').take()).toBeNull()
  })

  it('forgets what was saved', () => {
    const storage = memoryStorage()
    const rescue = createDraftRescue(storage, 'a')
    rescue.keep(snapshot('pending'))
    rescue.keep(snapshot('saved'))
    expect(rescue.take()).toBeNull()
  })

  it('does without a storage', () => {
    const rescue = createDraftRescue(null, 'a')
    rescue.keep(snapshot('pending'))
    expect(rescue.take()).toBeNull()
  })
})
