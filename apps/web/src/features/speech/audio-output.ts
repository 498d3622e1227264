/** An audio element with what feeds it. */
export interface AudioOutput {
  /** Resolves when it has been heard to its end, or the signal aborts. @throws what the browser or the connection say */
  play(response: Response, signal: AbortSignal): Promise<void>
  close(): void
}

/** `onSound` is called when it begins to sound. */
export type OpenAudio = (onSound: () => void) => AudioOutput

/** Plays as it comes where the browser can take this type in pieces, and else when it is whole. */
export const openAudio: OpenAudio = (onSound) => {
  const element = new Audio()
  let url: string | undefined
  element.addEventListener('playing', onSound)
  const listen = (source: Blob | MediaSource): void => {
    url = URL.createObjectURL(source)
    element.src = url
  }
  return {
    async play(response, signal) {
      const type = response.headers.get('content-type')?.split(';')[0] ?? ''
      const { body } = response
      const heard = untilHeard(element, signal)
      if (!body || !canPlayInPieces(type)) {
        listen(new Blob([await response.arrayBuffer()], { type }))
        await Promise.all([element.play(), heard])
        return
      }
      const source = new MediaSource()
      listen(source)
      await Promise.all([element.play(), feed(source, type, body, signal), heard])
    },
    close() {
      element.pause()
      element.removeAttribute('src')
      if (url !== undefined) URL.revokeObjectURL(url)
    },
  }
}

const canPlayInPieces = (type: string): boolean => typeof MediaSource !== 'undefined' && MediaSource.isTypeSupported(type)

function untilHeard(element: HTMLAudioElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(element.error ?? new DOMException('The audio cannot be played.', 'NotSupportedError'))
    element.addEventListener('ended', () => resolve(), { once: true })
    element.addEventListener('error', fail, { once: true })
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function feed(source: MediaSource, type: string, body: ReadableStream<Uint8Array<ArrayBuffer>>, signal: AbortSignal): Promise<void> {
  await once(source, 'sourceopen', signal)
  const buffer = source.addSourceBuffer(type)
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || signal.aborted) break
      buffer.appendBuffer(value)
      await once(buffer, 'updateend', signal)
    }
    if (!signal.aborted && source.readyState === 'open') source.endOfStream()
  } finally {
    await reader.cancel().catch(isOver)
  }
}

const isOver = (): undefined => undefined

function once(target: EventTarget, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    target.addEventListener(event, () => resolve(), { once: true })
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
