import { describe, expect, it } from 'vitest'
import { matchesSearch } from './provider-search.ts'

const any = {
  provider: 'langgenius/openai_api_compatible/openai_api_compatible',
  label: { en_US: 'OpenAI-compatible server', zh_Hans: 'OpenAI 兼容接口' },
  description: { en_US: 'Any server, local or custom.', zh_Hans: '本地或自定义的服务。' },
}
const studio = { provider: 'langgenius/lmstudio/lmstudio', label: { en_US: 'LM Studio' }, description: null }

describe('the search for a provider', () => {
  it.each(['', ' ', 'openai compatible', 'OpenAI-Compatible', 'openaicompatible', 'custom', 'local server', '兼容', '自定义', 'compat'])(
    'finds the compatible server by “%s”',
    (search) => {
      expect(matchesSearch(any, search)).toBe(true)
    },
  )

  it.each(['lm studio', 'lm-studio', 'LMStudio', 'studio lm'])('finds LM Studio by “%s”', (search) => {
    expect(matchesSearch(studio, search)).toBe(true)
  })

  it.each(['anthropic', 'openai anthropic', 'xcustom'])('does not find them by “%s”', (search) => {
    expect(matchesSearch(any, search)).toBe(false)
    expect(matchesSearch(studio, search)).toBe(false)
  })
})
