import { describe, expect, it } from 'vitest'
import { createSseDecoder, sseData, ssePing } from './sse.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function decode(chunks: readonly Uint8Array[]): readonly (readonly [string, string | undefined])[] {
  const events: [string, string | undefined][] = []
  const decoder = createSseDecoder((data, event) => events.push([data, event]))
  for (const chunk of chunks) decoder.feed(chunk)
  decoder.end()
  return events
}

const dataOf = (text: string) => decode([bytes(text)]).map(([data]) => data)

describe('createSseDecoder', () => {
  it.each([
    ['events', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['no space after the colon', 'data:a\n\n', ['a']],
    ['several data lines', 'data: a\ndata: b\n\n', ['a\nb']],
    ['comments', ': keep-alive\n\ndata: a\n: x\n\n', ['a']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
    ['fields that nobody knows', 'foo: x\nretry: 3\nid: 7\ndata: a\n\n', ['a']],
    ['an event without a final blank line', 'data: a\n\ndata: b', ['a', 'b']],
    ['an event with one final line break', 'data: a\n', ['a']],
    ['empty events', '\n\n\nevent: x\n\n', []],
    ['nothing', '', []],
  ])('reads %s', (_title, text, expected) => {
    expect(dataOf(text)).toEqual(expected)
  })

  it('tells the type of an event', () => {
    expect(decode([bytes('event: message_start\ndata: {}\n\ndata: x\n\n')])).toEqual([
      ['{}', 'message_start'],
      ['x', undefined],
    ])
  })

  it('gives the same events however the bytes are cut', () => {
    const text = '\uFEFF: hello\r\nevent: e\r\ndata: grüße 你好 👩‍🚀\r\n\r\ndata: 1\ndata: 2\n\ndata: ende'
    const whole = bytes(text)
    const expected = decode([whole])
    expect(expected.map(([data]) => data)).toEqual(['grüße 你好 👩‍🚀', '1\n2', 'ende'])
    for (let size = 1; size <= whole.length; size++) {
      const chunks: Uint8Array[] = []
      for (let start = 0; start < whole.length; start += size) chunks.push(whole.subarray(start, start + size), new Uint8Array())
      expect(decode(chunks)).toEqual(expected)
    }
  })

  it('gives up on an endless event', () => {
    const decoder = createSseDecoder(() => undefined, { maxEventLength: 100 })
    expect(() => {
      for (let index = 0; index < 20; index++) decoder.feed(bytes(index === 0 ? 'data: ' : 'xxxxxxxxxx'))
    }).toThrow(RangeError)
  })

  it('lets out what the listener throws', () => {
    const decoder = createSseDecoder(() => {
      throw new TypeError('listener')
    })
    expect(() => decoder.feed(bytes('data: a\n\n'))).toThrow('listener')
  })
})

describe('our own frames', () => {
  it('are read back by the decoder', () => {
    expect(sseData('{"a":1}')).toBe('data: {"a":1}\n\n')
    expect(sseData('{}', '3-17')).toBe('id: 3-17\ndata: {}\n\n')
    expect(dataOf(sseData('{"a":1}') + ssePing + sseData('{"b":2}', '1-2'))).toEqual(['{"a":1}', '{"b":2}'])
  })
})
