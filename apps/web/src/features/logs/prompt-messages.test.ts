import { describe, expect, it } from 'vitest'
import { toPromptMessages } from './prompt-messages.ts'

describe('toPromptMessages', () => {
  it('reads lists, parts and plain text', () => {
    expect(toPromptMessages([{ role: 'system', text: 'Be kind' }])).toEqual([{ role: 'system', text: 'Be kind' }])
    expect(
      toPromptMessages([
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ]),
    ).toEqual([{ role: 'user', text: 'a\nb' }])
    expect(toPromptMessages('Write')).toEqual([{ role: 'user', text: 'Write' }])
    expect(toPromptMessages(null)).toEqual([])
    expect(toPromptMessages({ any: 1 })[0]?.text).toContain('"any": 1')
  })
})
