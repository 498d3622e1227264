import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Recorder, RecordingError, startRecorder } from './recorder.ts'
import { useSpeech } from './speech-port.ts'

export type DictationStatus = 'idle' | 'asking' | 'recording' | 'transcribing'

export interface Dictation {
  readonly status: DictationStatus
  /** Whole seconds of what is being recorded. */
  readonly seconds: number
  /** From 0 to 1. */
  readonly level: number
  readonly begin: () => void
  readonly finish: () => void
  readonly cancel: () => void
}

export interface DictationOptions {
  readonly onText: (text: string) => void
  readonly onError: (message: string) => void
}

/** Longer ones would be cut by most providers. */
export const MOST_SECONDS = 300

/** Speech into text: asks for the microphone, records, has it written down. Leaving the page ends it. */
export function useDictation(options: DictationOptions): Dictation {
  const { port, player } = useSpeech()
  const explain = useExplanation()
  const [status, setStatus] = useState<DictationStatus>('idle')
  const [seconds, setSeconds] = useState(0)
  const [level, setLevel] = useState(0)
  const own = useRef<{ readonly abort: AbortController; recorder?: Recorder } | null>(null)
  const over = (): void => {
    own.current = null
    setStatus('idle')
  }
  const cancel = (): void => {
    own.current?.abort.abort()
    own.current?.recorder?.cancel()
    over()
  }
  const fail = (error: unknown, { abort }: { readonly abort: AbortController }): void => {
    if (abort.signal.aborted) return
    over()
    options.onError(explain(error))
  }
  const begin = (): void => {
    if (own.current) return
    // It would hear itself.
    player.stop()
    const attempt: { readonly abort: AbortController; recorder?: Recorder } = { abort: new AbortController() }
    own.current = attempt
    setStatus('asking')
    startRecorder({ onLevel: setLevel }, attempt.abort.signal).then(
      (recorder) => {
        attempt.recorder = recorder
        setSeconds(0)
        setLevel(0)
        setStatus('recording')
      },
      (error: unknown) => fail(error, attempt),
    )
  }
  const finish = (): void => {
    const attempt = own.current
    if (!attempt?.recorder) return
    setStatus('transcribing')
    attempt.recorder
      .finish()
      .then((recording) => port.transcribe(recording, attempt.abort.signal))
      .then(
        (text) => {
          if (attempt.abort.signal.aborted) return
          over()
          if (text === '') options.onError(explain(new RecordingError('empty')))
          else options.onText(text)
        },
        (error: unknown) => fail(error, attempt),
      )
  }
  const isRecording = status === 'recording'
  useEffect(() => {
    if (!isRecording) return
    const timer = setInterval(() => setSeconds((passed) => passed + 1), 1_000)
    return () => clearInterval(timer)
  }, [isRecording])
  useEffect(() => {
    if (isRecording && seconds >= MOST_SECONDS) finish()
  })
  useEffect(
    () => () => {
      own.current?.abort.abort()
      own.current?.recorder?.cancel()
    },
    [],
  )
  return { status, seconds, level, begin, finish, cancel }
}

function useExplanation(): (error: unknown) => string {
  const { t } = useTranslation('chat')
  const { textOf } = useSpeech()
  return (error) => (error instanceof RecordingError ? t(`speech.failed.${error.reason}`) : textOf(error))
}
