import { describe, expect, it } from 'vitest'
import { createRepeatedChunkReader } from './repeated-chunk.ts'

const chunk = (content: string, more: object = {}) =>
  JSON.stringify({ id: 'a', choices: [{ index: 0, delta: { content }, finish_reason: null }], ...more })

function readerOf(data: string, text: string) {
  const reader = createRepeatedChunkReader()
  reader.learn(data, { type: 'text-delta', text })
  return reader
}

describe('createRepeatedChunkReader', () => {
  it('reads what is the same but for its words', () => {
    const reader = readerOf(chunk('one'), 'one')
    expect(reader.read(chunk(' two 二'))).toEqual({ type: 'text-delta', text: ' two 二' })
    expect(reader.read(chunk(''))).toEqual({ type: 'text-delta', text: '' })
  })

  it.each([
    ['escapes', chunk('a\nb')],
    ['quotes', chunk('say "hi"')],
    ['another member', chunk('x', { usage: {} })],
    ['an end', chunk('x').replace('null', '"stop"')],
    ['another member hidden in the words', chunk('one').replace('"one"', '"x","role":"y"')],
    ['a cut chunk', chunk('one').slice(0, -1)],
    ['[DONE]', '[DONE]'],
    ['nothing', ''],
  ])('leaves the rest to the parser: %s', (_title, data) => {
    expect(readerOf(chunk('one'), 'one').read(data)).toBeUndefined()
  })

  it('does not take words for others that look the same', () => {
    const data = JSON.stringify({ model: 'one', choices: [{ delta: { content: 'one' } }] })
    const reader = readerOf(data, 'one')
    expect(reader.read(data.replace('"model":"one"', '"model":"two"'))).toBeUndefined()
  })

  it('knows nothing before its first lesson, and stops learning from a stream that never repeats', () => {
    const reader = createRepeatedChunkReader()
    expect(reader.read(chunk('one'))).toBeUndefined()
    for (const pad of ['1', '2', '3', '4']) reader.learn(chunk('x', { pad }), { type: 'text-delta', text: 'x' })
    expect(reader.read(chunk('y', { pad: '3' }))).toEqual({ type: 'text-delta', text: 'y' })
    expect(reader.read(chunk('y', { pad: '4' }))).toBeUndefined()
  })

  it('learns reasoning and text apart', () => {
    const reader = createRepeatedChunkReader()
    const thought = (text: string) => JSON.stringify({ choices: [{ delta: { content: null, reasoning_content: text } }] })
    reader.learn(thought('a'), { type: 'reasoning-delta', text: 'a' })
    expect(reader.read(thought('b'))).toEqual({ type: 'reasoning-delta', text: 'b' })
    reader.learn(chunk('c'), { type: 'text-delta', text: 'c' })
    expect(reader.read(chunk('d'))).toEqual({ type: 'text-delta', text: 'd' })
  })
})
