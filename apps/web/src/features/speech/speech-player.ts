import type { AudioOutput, OpenAudio } from './audio-output.ts'

/** What is being played: by the key of whatever asked for it. */
export interface PlayerState {
  readonly key: string | null
  readonly status: 'idle' | 'loading' | 'playing'
}

export interface PlayRequest {
  readonly key: string
  readonly open: (signal: AbortSignal) => Promise<Response>
  readonly onError: (error: unknown) => void
}

/** Plays one thing at a time. Whatever begins ends what went before. */
export interface SpeechPlayer {
  readonly read: () => PlayerState
  readonly subscribe: (listener: () => void) => () => void
  play(request: PlayRequest): void
  stop(): void
}

const IDLE: PlayerState = { key: null, status: 'idle' }

export function createSpeechPlayer(openAudio: OpenAudio): SpeechPlayer {
  const listeners = new Set<() => void>()
  let state = IDLE
  let current: AbortController | undefined
  const show = (next: PlayerState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  const stop = (): void => {
    current?.abort()
    current = undefined
    if (state !== IDLE) show(IDLE)
  }
  const run = async ({ key, open }: PlayRequest, signal: AbortSignal): Promise<void> => {
    let output: AudioOutput | undefined
    try {
      // The element is made at once, within the click that browsers ask for before they let a page sound.
      output = openAudio(() => !signal.aborted && show({ key, status: 'playing' }))
      await output.play(await open(signal), signal)
    } finally {
      output?.close()
    }
  }
  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop,
    play(request) {
      current?.abort()
      const own = new AbortController()
      current = own
      show({ key: request.key, status: 'loading' })
      run(request, own.signal)
        .catch((error: unknown) => {
          if (!own.signal.aborted) request.onError(error)
        })
        .finally(() => {
          if (current === own) stop()
        })
    },
  }
}
