import { describe, expect, it } from 'vitest'
import { splitReasoning } from './reasoning.ts'

describe('splitReasoning', () => {
  it('leaves an answer without thoughts as it is', () => {
    expect(splitReasoning('  Hello <b>')).toEqual({ reasoning: '', text: '  Hello <b>', isThinking: false })
  })

  it('parts the thought from the answer', () => {
    expect(splitReasoning('<think>\nHm.\n</think>\n\nHello')).toEqual({ reasoning: 'Hm.', text: 'Hello', isThinking: false })
  })

  it('knows a thought that goes on', () => {
    expect(splitReasoning('<think>Hm')).toEqual({ reasoning: 'Hm', text: '', isThinking: true })
  })

  it('joins several thoughts', () => {
    expect(splitReasoning('<think>a</think>One<think>b</think> two')).toEqual({ reasoning: 'a\n\nb', text: 'One two', isThinking: false })
  })

  it('shows no half tag, wherever the text is cut', () => {
    const answer = '<think>Hm</think>Hello'
    for (let length = 0; length <= answer.length; length += 1) {
      const { reasoning, text } = splitReasoning(answer.slice(0, length))
      expect('Hm'.startsWith(reasoning) && 'Hello'.startsWith(text)).toBe(true)
    }
  })

  it('takes tags in code for code', () => {
    const code = '```xml\n<think>a</think>\n```'
    expect(splitReasoning(code)).toEqual({ reasoning: '', text: code, isThinking: false })
  })

  it('keeps an empty thought to itself', () => {
    expect(splitReasoning('<think>\n\n</think>\n\nHello')).toEqual({ reasoning: '', text: 'Hello', isThinking: false })
  })
})
