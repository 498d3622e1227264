import { describe, expect, it } from 'vitest'
import { createEventParser, readEventStream } from './event-stream.ts'

describe('createEventParser', () => {
  const text = 'event: ping\n\n: comment\ndata: {"a":1}\n\nid: 1-2\r\ndata:x\r\ndata: y\r\n\r\nretry: 3\rdata\r\r'
  const expected = [
    { id: undefined, data: '{"a":1}' },
    { id: '1-2', data: 'x\ny' },
    { id: undefined, data: '' },
  ]

  it('gives the same events wherever the text is cut', () => {
    for (let cut = 0; cut <= text.length; cut += 1) {
      const parser = createEventParser()
      // The last CR is held back until it is known that no LF follows.
      expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut)), ...parser.push(':')]).toEqual(expected)
    }
  })

  it('keeps back an event whose blank line is missing', () => {
    expect(createEventParser().push('data: 1\n')).toEqual([])
  })
})

describe('readEventStream', () => {
  it('joins characters that were cut between chunks', async () => {
    const bytes = new TextEncoder().encode('data: 你好\n\n')
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of [bytes.slice(0, 7), bytes.slice(7, 8), bytes.slice(8)]) controller.enqueue(chunk)
        controller.close()
      },
    })
    const events = []
    for await (const event of readEventStream(body)) events.push(event)
    expect(events).toEqual([{ id: undefined, data: '你好' }])
  })

  it('takes a connection for lost that falls silent behind its first words', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
    })
    const events: string[] = []
    const reading = (async () => {
      for await (const { data } of readEventStream(body, 1)) events.push(data)
    })()
    await expect(reading).rejects.toThrow(TypeError)
    expect(events).toEqual(['1'])
  })
})
