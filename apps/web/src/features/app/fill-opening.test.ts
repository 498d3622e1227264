import { describe, expect, it } from 'vitest'
import { fillOpening, fillStartedOpening } from './fill-opening.ts'

const values = { name: '', topic: '', city: '', count: 0 }

describe('fillOpening', () => {
  it.each([
    ['Welcome, {{name}}! Ask me anything.', 'Welcome! Ask me anything.'],
    ['Hi {{name}}, how are you?', 'Hi, how are you?'],
    ['您好，{{name}}！请提问。', '您好！请提问。'],
    ['你好{{name}}！', '你好！'],
    ['欢迎 {{name}}，请提问。', '欢迎，请提问。'],
    ['How are you, {{name}}', 'How are you'],
    ['Good.\nHello {{name}}!', 'Good.\nHello!'],
    ['**Good morning {{name}}!**', '**Good morning!**'],
  ])('does without a name that only calls somebody: %s', (opening, told) => {
    expect(fillOpening(opening, values)).toBe(told)
  })

  it.each([
    ['Ask me about {{topic}}.', 'Ask me about ….'],
    ['We speak of {{topic}}, then of {{name}}!', 'We speak of …, then of …!'],
    ['{{name}}, welcome', '…, welcome'],
    ['About {{topic}}, ask me anything.', 'About …, ask me anything.'],
    ['In {{city}}, {{country}}.', 'In …, {{country}}.'],
    ['In {{city}}, {{topic}}.', 'In …, ….'],
    ['Try {{topic}}!', 'Try …!'],
    ['关于 {{topic}}，请提问。', '关于 …，请提问。'],
    ['This {{topic}}!', 'This …!'],
  ])('leaves a gap where the sentence needs the word: %s', (opening, told) => {
    expect(fillOpening(opening, values)).toBe(told)
  })

  it('puts what is known, and keeps what is no variable of the form', () => {
    expect(fillOpening('Welcome, {{name}}! {{count}} {{other}}', { ...values, name: 'Ada' })).toBe('Welcome, Ada! 0 {{other}}')
  })
})

describe('fillStartedOpening', () => {
  const opening = 'Welcome, {{name}}! We speak of {{topic}}.'
  const names = ['name', 'topic']

  it.each([
    ['a hole', { name: '', topic: 'art' }, 'Welcome, ! We speak of art.', 'Welcome! We speak of art.'],
    ['a name in braces', { topic: 'art' }, 'Welcome, {name}! We speak of art.', 'Welcome! We speak of art.'],
    ['nothing', { name: null, topic: 'art' }, 'Welcome, None! We speak of art.', 'Welcome! We speak of art.'],
    ['a number', { name: 'Ada', topic: 7 }, 'Welcome, Ada! We speak of 7.', 'Welcome, Ada! We speak of 7.'],
  ])('words what the server keeps as it was worded before: %s', (_what, inputs, introduction, told) => {
    expect(fillStartedOpening(opening, { introduction, inputs, names })).toBe(told)
  })

  it('keeps the word of a variable that the form has no more', () => {
    const inputs = { name: 'Ada', topic: 'art' }
    expect(fillStartedOpening(opening, { introduction: 'Welcome, Ada! We speak of art.', inputs, names: ['topic'] })).toBe(
      'Welcome, Ada! We speak of art.',
    )
  })

  it('is filled in where the server has told nothing yet', () => {
    expect(fillStartedOpening(opening, { introduction: null, inputs: { topic: 'art' }, names })).toBe('Welcome! We speak of art.')
  })

  it('leaves what was begun with another opening as it is', () => {
    expect(fillStartedOpening(opening, { introduction: 'Hello, !', inputs: { name: '' }, names })).toBe('Hello, !')
  })
})
