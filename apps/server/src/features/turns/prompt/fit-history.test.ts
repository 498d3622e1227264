import type { ModelMessage } from '@trellis/spec'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitHistory, fitMaxTokens } from './fit-history.ts'

/** One token a character: as many as there can be, so counts are plain to see. */
const countTokens = async (text: string): Promise<number> => text.length
const neverCounts = () => expect.unreachable('no need to count')
const say = (role: 'user' | 'assistant', content: string): ModelMessage => ({ role, content })
const picture = { type: 'image', mimeType: 'image/png', url: 'https://example.com/a.png' } as const

describe('fitHistory', () => {
  const history = [say('user', 'aaaa'), say('assistant', 'bbbb'), say('user', 'cc'), say('assistant', 'dd')]
  const fixed = [say('user', '12345')]

  it.each([
    ['all where it fits to the last token', 27, 4],
    ['one message less than would be a token too many, though it parts a turn', 26, 3],
    ['the newest two', 19, 2],
    ['the newest one, however small the window', 1, 1],
  ])('keeps %s', async (_title, contextSize, kept) => {
    const fitted = await fitHistory(history, fixed, { contextSize, maxOutputTokens: 10, countTokens })
    expect(fitted).toEqual(history.slice(-kept))
  })

  it('takes 2000 tokens where the window is unknown, whatever the prompt', async () => {
    const long = [say('user', 'a'), say('assistant', 'b'.repeat(1000)), say('user', 'c'.repeat(1000))]
    const options = { contextSize: undefined, maxOutputTokens: 5000, countTokens }
    expect(await fitHistory(long, [say('user', 'x'.repeat(9000))], options)).toEqual(long.slice(1))
  })

  it('counts a picture as 800 tokens', async () => {
    const seen: ModelMessage = { role: 'user', content: [picture, { type: 'text', text: 'x' }] }
    const options = { maxOutputTokens: 0, countTokens }
    expect(await fitHistory([seen, say('assistant', 'y')], [], { contextSize: 802, ...options })).toHaveLength(2)
    expect(await fitHistory([seen, say('assistant', 'y')], [], { contextSize: 801, ...options })).toHaveLength(1)
  })

  it('counts nothing where bytes prove that it fits', async () => {
    const options = { contextSize: 27, maxOutputTokens: 10, countTokens: neverCounts }
    expect(await fitHistory(history, fixed, options)).toBe(history)
    expect(await fitHistory([say('user', 'x'.repeat(99))], fixed, options)).toHaveLength(1)
  })

  it('keeps the longest newest part that fits, or one message', async () => {
    const message = fc
      .tuple(fc.constantFrom('user' as const, 'assistant' as const), fc.string({ maxLength: 30 }))
      .map(([role, text]) => say(role, text))
    const sizeOf = (messages: readonly ModelMessage[]): number => messages.reduce((total, { content }) => total + content.length, 0)
    await fc.assert(
      fc.asyncProperty(
        fc.array(message),
        fc.array(message, { maxLength: 3 }),
        fc.nat(400),
        fc.nat(50),
        async (past, prompt, contextSize, maxOutputTokens) => {
          const fitted = await fitHistory(past, prompt, { contextSize, maxOutputTokens, countTokens })
          const budget = Math.max(0, contextSize - maxOutputTokens - sizeOf(prompt))
          expect(fitted).toEqual(past.slice(past.length - fitted.length))
          expect(fitted.length <= 1 || sizeOf(fitted) <= budget).toBe(true)
          expect(fitted.length === past.length || sizeOf(past.slice(-fitted.length - 1)) > budget).toBe(true)
        },
      ),
    )
  })
})

describe('fitMaxTokens', () => {
  it.each([
    ['is kept where prompt and answer fit to the last token', 105, 100],
    ['is lowered to what is left', 104, 99],
    ['is not lowered below 16', 20, 16],
  ])('%s', async (_title, contextSize, expected) => {
    expect(await fitMaxTokens(100, [say('user', '12345')], { contextSize, countTokens })).toBe(expected)
  })

  it('needs no count where bytes prove that both fit, or where the window is unknown', async () => {
    const messages = [say('user', 'ä')]
    expect(await fitMaxTokens(8, messages, { contextSize: 10, countTokens: neverCounts })).toBe(8)
    expect(await fitMaxTokens(8, messages, { contextSize: undefined, countTokens: neverCounts })).toBe(8)
  })
})
