import { describe, expect, it } from 'vitest'
import { fillOpening } from './fill-opening.ts'

const values = { name: '', topic: '', count: 0 }

describe('fillOpening', () => {
  it('does without a name that only calls somebody', () => {
    expect(fillOpening('Welcome, {{name}}! Ask me anything.', values)).toBe('Welcome! Ask me anything.')
    expect(fillOpening('Hi {{name}}, how are you?', values)).toBe('Hi, how are you?')
    expect(fillOpening('您好，{{name}}！请提问。', values)).toBe('您好！请提问。')
    expect(fillOpening('How are you, {{name}}', values)).toBe('How are you')
    expect(fillOpening('Good.\nHello {{name}}!', values)).toBe('Good.\nHello!')
  })

  it('leaves a gap where the sentence needs the word', () => {
    expect(fillOpening('Ask me about {{topic}}.', values)).toBe('Ask me about ….')
    expect(fillOpening('We speak of {{topic}}, then of {{name}}!', values)).toBe('We speak of …, then of …!')
    expect(fillOpening('{{name}}, welcome', values)).toBe('…, welcome')
  })

  it('puts what is known, and keeps what is no variable of the form', () => {
    expect(fillOpening('Welcome, {{name}}! {{count}} {{other}}', { ...values, name: 'Ada' })).toBe('Welcome, Ada! 0 {{other}}')
  })
})
