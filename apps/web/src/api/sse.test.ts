import { describe, expect, it } from 'vitest'
import { createSseParser, readSse, type SseFrame } from './sse.ts'

const encoder = new TextEncoder()

function streamOf(chunks: Uint8Array[], onCancel?: () => void): ReadableStream<Uint8Array> {
  const queue = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const next = queue.shift()
      if (next) controller.enqueue(next)
      else controller.close()
    },
    ...(onCancel && { cancel: onCancel }),
  })
}

async function collect(body: ReadableStream<Uint8Array>): Promise<SseFrame[]> {
  const frames: SseFrame[] = []
  for await (const frame of readSse(body)) frames.push(frame)
  return frames
}

describe('createSseParser', () => {
  it('gives the same frames wherever the text is cut', () => {
    const text = 'event: ping\n\ndata: {"a":1}\n\nid: 1-2\r\ndata: x\r\ndata: y\r\n\r\n'
    const expected = [
      { event: 'ping', id: undefined, data: undefined },
      { event: undefined, id: undefined, data: '{"a":1}' },
      { event: undefined, id: '1-2', data: 'x\ny' },
    ]
    expect(createSseParser().push(text)).toEqual(expected)
    for (let cut = 1; cut < text.length; cut += 1) {
      const parser = createSseParser()
      expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))]).toEqual(expected)
    }
  })

  it('skips comments and unknown fields, and keeps a frame open until its blank line', () => {
    const parser = createSseParser()
    expect(parser.push(': keep-alive\nretry: 10\ndata:no space\n')).toEqual([])
    expect(parser.push('\n')).toEqual([{ event: undefined, id: undefined, data: 'no space' }])
  })
})

describe('readSse', () => {
  it('joins characters that were cut between chunks', async () => {
    const bytes = encoder.encode('data: 你好\n\n')
    const frames = await collect(streamOf([bytes.slice(0, 7), bytes.slice(7, 8), bytes.slice(8)]))
    expect(frames.map((frame) => frame.data)).toEqual(['你好'])
  })

  it('lets go of the stream when the reader leaves early', async () => {
    let isCancelled = false
    const body = streamOf([encoder.encode('data: 1\n\ndata: 2\n\n'), encoder.encode('data: 3\n\n')], () => {
      isCancelled = true
    })
    for await (const frame of readSse(body)) {
      expect(frame.data).toBe('1')
      break
    }
    expect(isCancelled).toBe(true)
  })
})
