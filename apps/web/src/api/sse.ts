/** One frame of an event stream. A ping has an event name and no data. */
export interface SseFrame {
  readonly event: string | undefined
  readonly id: string | undefined
  readonly data: string | undefined
}

export interface SseParser {
  /** Takes text as it arrives, cut anywhere; gives the frames that it completed. */
  push(text: string): SseFrame[]
}

/** Incremental parser of the event-stream format (WHATWG HTML 9.2.6), with frames without data kept. */
export function createSseParser(): SseParser {
  let rest = ''
  let event: string | undefined
  let id: string | undefined
  let data: string[] = []

  const takeLine = (line: string, frames: SseFrame[]) => {
    if (line === '') {
      if (event !== undefined || data.length > 0) frames.push({ event, id, data: data.length > 0 ? data.join('\n') : undefined })
      event = undefined
      data = []
      return
    }
    if (line.startsWith(':')) return
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const raw = colon < 0 ? '' : line.slice(colon + 1)
    const value = raw.startsWith(' ') ? raw.slice(1) : raw
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id') id = value
  }

  return {
    push(text) {
      const frames: SseFrame[] = []
      rest += text
      // A lone CR at the very end may be the first half of CRLF: it waits for what follows.
      const end = rest.endsWith('\r') ? rest.length - 1 : rest.length
      const lines = rest.slice(0, end).split(/\r\n|\n|\r/u)
      rest = (lines.pop() ?? '') + rest.slice(end)
      for (const line of lines) takeLine(line, frames)
      return frames
    },
  }
}

/** Reads the frames of a response body. Leaving the loop, or aborting the request, lets go of the connection. */
export async function* readSse(body: ReadableStream<Uint8Array>): AsyncGenerator<SseFrame, void, undefined> {
  const parser = createSseParser()
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield* parser.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    // Cancelling a stream that ended or failed already rejects with that same end; there is nothing left to do about it.
    await reader.cancel().catch(() => undefined)
  }
}
