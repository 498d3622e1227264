/** One event of a stream. Frames without data, such as pings, are none. */
export interface StreamEvent {
  /** Its own: an event of ours may come in several frames, of which the last alone is named. */
  readonly id: string | undefined
  readonly data: string
}

/**
 * Decodes an event stream (WHATWG HTML, 9.2.6), cut anywhere. Leaving the loop lets go of the connection.
 * @param silenceMs after so long without a byte behind the first one the connection counts as lost; never where absent
 * @throws TypeError where the connection was lost
 */
export async function* readEventStream(body: ReadableStream<Uint8Array>, silenceMs?: number): AsyncGenerator<StreamEvent, void, undefined> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const parser = createEventParser()
  // Whoever holds an answer back until it is whole sends nothing at all meanwhile.
  let hasBegun = false
  try {
    for (;;) {
      const { done, value } = await (silenceMs !== undefined && hasBegun ? within(silenceMs, reader.read()) : reader.read())
      if (done) return
      hasBegun = true
      yield* parser.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    // A stream that has ended or failed refuses to be cancelled; that it has ended is all that is wanted.
    await reader.cancel().catch(() => undefined)
  }
}

async function within<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TypeError('The connection fell silent.')), timeoutMs)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

export interface EventParser {
  /** Takes the text that arrived, gives the events that it completed. */
  push(text: string): StreamEvent[]
}

export function createEventParser(): EventParser {
  let rest = ''
  let id: string | undefined
  let data: string[] = []

  const takeLine = (line: string): StreamEvent | undefined => {
    if (line === '') {
      const event = data.length > 0 ? { id, data: data.join('\n') } : undefined
      data = []
      id = undefined
      return event
    }
    const { field, value } = splitLine(line)
    if (field === 'data') data.push(value)
    if (field === 'id' && !value.includes('\u0000')) id = value
    return undefined
  }

  return {
    push(text) {
      rest += text
      // A CR at the end may be the first half of a CRLF.
      const end = rest.endsWith('\r') ? rest.length - 1 : rest.length
      const lines = rest.slice(0, end).split(/\r\n|\n|\r/)
      rest = (lines.pop() ?? '') + rest.slice(end)
      return lines.map(takeLine).filter((event) => event !== undefined)
    },
  }
}

function splitLine(line: string): { readonly field: string; readonly value: string } {
  const colon = line.indexOf(':')
  if (colon < 0) return { field: line, value: '' }
  const value = line.slice(colon + 1)
  return { field: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value }
}
