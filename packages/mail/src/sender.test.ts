import { describe, expect, it } from 'vitest'
import { parseSender } from './sender.ts'

describe('the sender of mail', () => {
  it.each([
    ['trellis@example.com', { email: 'trellis@example.com', name: undefined, domain: 'example.com' }],
    ['Trellis <trellis@mail.example.com>', { email: 'trellis@mail.example.com', name: 'Trellis', domain: 'mail.example.com' }],
    ['"Trellis, Inc." <a@b.c>', { email: 'a@b.c', name: 'Trellis, Inc.', domain: 'b.c' }],
    ['<a@b.c>', { email: 'a@b.c', name: undefined, domain: 'b.c' }],
  ])('%s', (text, sender) => {
    expect(parseSender(text)).toEqual(sender)
  })
})
