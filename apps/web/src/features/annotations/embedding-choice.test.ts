import { describe, expect, it } from 'vitest'
import type { ProviderModels } from '../../api/types/models.ts'
import { canTellMeaning, firstEmbedding } from './embedding-choice.ts'

const offers = (provider: string, model: string, status = 'active') =>
  // Of the many fields only these are read.
  ({ provider, models: [{ model, status }] }) as unknown as ProviderModels

const demo = offers('trellis/demo/demo', 'demo-embedding')

describe('the embedding model to begin with', () => {
  it('is a real one where there is one', () => {
    expect(firstEmbedding([demo, offers('langgenius/jina/jina', 'jina-v3')])).toEqual({
      provider: 'langgenius/jina/jina',
      model: 'jina-v3',
    })
  })

  it('is else the demo’s, which cannot tell meaning', () => {
    const model = firstEmbedding([offers('langgenius/jina/jina', 'jina-v3', 'no-configure'), demo])
    expect(model?.model).toBe('demo-embedding')
    expect(canTellMeaning(model)).toBe(false)
  })

  it('is none where there is none', () => {
    expect(firstEmbedding([])).toBeNull()
    expect(canTellMeaning(null)).toBe(false)
  })
})
