import { describe, expect, it } from 'vitest'
import { toSpokenText } from './spoken-text.ts'

describe('what is spoken of an answer', () => {
  it.each([
    ['Good day.', 'Good day.'],
    ['<think>Hm, what now?</think>\n\nGood day.', 'Good day.'],
    ['<think>never ended', ''],
    ['# Bread\n\n- **Flour** and *water*\n- `salt`', 'Bread\n\nFlour and water\nsalt'],
    ['See [the recipe](https://example.com/a_b) or https://example.com/x?y=1 now.', 'See the recipe or now.'],
    ['![A loaf](https://example.com/loaf.png)', 'A loaf'],
    ['Run this:\n\n```js\nlet a = 1\n```\n\nDone.', 'Run this:\n\nDone.'],
    ['Cut off:\n```\nlet a', 'Cut off:'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a, b\n\n1, 2'],
    ['2 * 3 * 4 = 24, snake_case_name', '2 * 3 * 4 = 24, snake_case_name'],
    ['> Quoted', 'Quoted'],
    ['你好，**世界**！', '你好，世界！'],
  ])('%j', (answer, spoken) => expect(toSpokenText(answer)).toBe(spoken))

  it('takes no long time for what is hostile', () => {
    const hostile = [
      '*'.repeat(50_000),
      '['.repeat(50_000),
      '```\n'.repeat(10_000),
      '`'.repeat(100_000),
      '~'.repeat(100_000),
      `|${' -'.repeat(20_000)}x`,
      ' '.repeat(50_000),
      '_a '.repeat(10_000),
    ]
    for (const text of hostile) expect(toSpokenText(text).length).toBeLessThanOrEqual(text.length * 2)
  })
})
