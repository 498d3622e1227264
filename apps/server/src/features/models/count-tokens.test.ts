import { countTokens as countExactly } from 'gpt-tokenizer/encoding/cl100k_base'
import { describe, expect, it } from 'vitest'
import { countTokens } from './count-tokens.ts'

describe('countTokens', () => {
  it('is exact for what people write', async () => {
    const text = 'The quick brown fox, as they say, jumps over 1,234 lazy dogs.\n\n```js\nconst fox = { isQuick: true }\n```\n'.repeat(20)
    expect(await countTokens(text)).toBe(countExactly(text))
    expect(await countTokens('')).toBe(0)
    expect(await countTokens('<|endoftext|>')).toBeGreaterThan(0)
  })

  it('is close for scripts without spaces', async () => {
    const text = '敏捷的棕色狐狸跳过了懒狗。'.repeat(40)
    const exact = countExactly(text)
    expect(Math.abs((await countTokens(text)) - exact) / exact).toBeLessThan(0.05)
  })

  // Counted whole, each of these took from minutes to hours, and the server with it.
  it.each(['a', ' ', '漢', '-', 'ab ', 'é', '\n'])('is quick with a million times %j, and lets others have their turn', async (piece) => {
    let turns = 0
    const counting = countTokens(piece.repeat(1_000_000))
    const timer = setInterval(() => turns++, 1)
    expect(await counting).toBeGreaterThan(1_000)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
  })
})
