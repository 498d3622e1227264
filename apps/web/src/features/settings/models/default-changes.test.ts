import { describe, expect, it } from 'vitest'
import type { DefaultModel } from '../../../api/types/models.ts'
import { changedDefaults } from './default-changes.ts'

// Only what is compared; the rest of the answer plays no part.
const model = (provider: string, name: string) => ({ model: name, provider: { provider } }) as DefaultModel

describe('changedDefaults', () => {
  it('names what is another model or of another provider', () => {
    const before = [
      { type: 'llm' as const, current: model('demo', 'demo-chat') },
      { type: 'rerank' as const, current: model('one', 'ranker') },
      { type: 'tts' as const, current: model('one', 'voice') },
      { type: 'text-embedding' as const, current: null },
    ]
    const after = [
      { type: 'llm' as const, current: model('openai', 'gpt') },
      { type: 'rerank' as const, current: model('two', 'ranker') },
      { type: 'tts' as const, current: model('one', 'voice') },
      { type: 'text-embedding' as const, current: model('openai', 'embed') },
    ]
    expect(changedDefaults(before, after)).toEqual([
      { type: 'llm', model: 'gpt' },
      { type: 'rerank', model: 'ranker' },
      { type: 'text-embedding', model: 'embed' },
    ])
  })

  it('claims nothing where a side could not be read', () => {
    expect(changedDefaults(undefined, [{ type: 'llm', current: model('openai', 'gpt') }])).toEqual([])
    expect(changedDefaults([{ type: 'llm', current: null }], undefined)).toEqual([])
  })
})
