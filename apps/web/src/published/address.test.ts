import { describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'

describe('parseAddress', () => {
  it('tells the page and the code', () => {
    expect(parseAddress('/chat/Ab_3-x')).toEqual({ kind: 'chat', code: 'Ab_3-x' })
    expect(parseAddress('/completion/abc/')).toEqual({ kind: 'completion', code: 'abc' })
    expect(parseAddress('/workflow/abc')).toEqual({ kind: 'workflow', code: 'abc' })
  })

  it('takes the address of embedded pages for a chat', () => {
    expect(parseAddress('/chatbot/abc')).toEqual({ kind: 'chat', code: 'abc' })
  })

  it('tells the token of a form', () => {
    expect(parseAddress('/form/Ab_3-x')).toEqual({ kind: 'form', token: 'Ab_3-x' })
  })

  it('looks behind the base path', () => {
    expect(parseAddress('/trellis/chat/abc', '/trellis')).toEqual({ kind: 'chat', code: 'abc' })
    expect(parseAddress('/chat/abc', '/trellis')).toEqual({ kind: 'chat', code: 'abc' })
  })

  it('knows no other addresses', () => {
    for (const path of ['/', '/chat', '/chat/', '/chat/a b', '/chat/a/b', '/workflows/abc', `/chat/${'x'.repeat(65)}`]) {
      expect(parseAddress(path)).toBeUndefined()
    }
  })
})
