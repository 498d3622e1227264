/** What happened on one stream; called in order. */
export interface FrameListener {
  /** A frame with text that is not empty. */
  onText(characters: number): void
  /** A stamped token within such a frame, and its moment in microseconds of the shared clock. */
  onStamp(sentAtMicroseconds: number): void
  /** The stream told of a failure. */
  onFailure(frame: string): void
}

/**
 * Finds the texts in server-sent events without parsing them: the client shares two cores with what it measures.
 * It relies on the fake provider's texts, which hold nothing that JSON would escape.
 */
export function createFrameScanner(textKey: string, isStamped: boolean, listener: FrameListener): (chunk: string) => void {
  const marker = `"${textKey}":"`
  let rest = ''

  const scanFrame = (text: string, start: number, end: number): void => {
    const found = text.indexOf(marker, start)
    if (found < 0 || found >= end) {
      // Only frames without text can be failures, and those are few.
      const frame = text.slice(start, end)
      if (/"event":\s*"error"|"error":\s*\{/.test(frame)) listener.onFailure(frame)
      return
    }
    const from = found + marker.length
    const to = text.indexOf('"', from)
    if (to === from) return
    listener.onText(to - from)
    if (isStamped) scanStamps(text, from, to)
  }
  const scanStamps = (text: string, from: number, to: number): void => {
    let at = from
    while (at < to) {
      const space = text.indexOf(' ', at)
      if (space < 0 || space >= to) return
      listener.onStamp(Number.parseInt(text.slice(at + 1, space), 36))
      at = space + 1
    }
  }

  return (chunk) => {
    const text = rest === '' ? chunk : rest + chunk
    let start = 0
    for (;;) {
      const end = text.indexOf('\n\n', start)
      if (end < 0) break
      scanFrame(text, start, end)
      start = end + 2
    }
    rest = start === text.length ? '' : text.slice(start)
  }
}
