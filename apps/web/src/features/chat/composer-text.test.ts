import { describe, expect, it } from 'vitest'
import { addText, putOffered } from './composer-text.ts'

it('what is said goes behind what stands there', () => {
  expect(addText('  ', 'Hello')).toBe('Hello')
  expect(addText('Hello ', 'world')).toBe('Hello world')
})

describe('a question that could not be asked', () => {
  const question = { text: 'What can you do?' }

  it('stands in the empty field, once', () => {
    expect(putOffered('', question, null)).toBe('What can you do?')
    expect(putOffered('What can you do?', { ...question }, question)).toBe('What can you do?')
  })

  it('gives way to another one', () => {
    expect(putOffered('What can you do?', { text: 'Who are you?' }, question)).toBe('Who are you?')
  })

  it('goes when it was asked after all', () => {
    expect(putOffered('What can you do?', { text: '' }, question)).toBe('')
    expect(putOffered('I am Ann.', { text: '' }, question)).toBe('I am Ann.')
    expect(putOffered('', question, { text: '' })).toBe('What can you do?')
  })

  it('leaves alone what a person wrote', () => {
    expect(putOffered('I am Ann.', question, null)).toBe('I am Ann. What can you do?')
    expect(putOffered('I am Ann. What can you do?', { ...question }, question)).toBe('I am Ann. What can you do?')
  })
})
