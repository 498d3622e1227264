import { describe, expect, it } from 'vitest'
import { estimatePromptTokens, estimateTokens } from './estimate-tokens.ts'

describe('estimated tokens', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['word word', 3],
    ['你好', 2],
    ['こんにちは', 5],
    ['안녕', 2],
    ['hi 你好', 3],
    ['𠮷𠮷', 2],
  ])('of "%s" are %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens)
  })

  it('of a prompt are those of its texts and four a message', () => {
    const picture = { type: 'image', mimeType: 'image/png', url: 'https://example.com/a.png' } as const
    expect(
      estimatePromptTokens([
        { role: 'system', content: 'word' },
        { role: 'user', content: [picture, { type: 'text', text: 'wordword' }] },
      ]),
    ).toBe(4 + 1 + 4 + 2)
  })
})
