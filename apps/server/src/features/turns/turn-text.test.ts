import { describe, expect, it } from 'vitest'
import { TurnText } from './turn-text.ts'

describe('the text of a turn', () => {
  it('is all its pieces, at any time', () => {
    const text = new TurnText()
    expect(text.answer).toBe('')
    let whole = ''
    for (let index = 0; index < 100; index++) {
      text.add(`${index} `)
      whole += `${index} `
      if (index % 7 === 0) expect(text.answer).toBe(whole)
    }
    expect(text.answer).toBe(whole)
  })
})
