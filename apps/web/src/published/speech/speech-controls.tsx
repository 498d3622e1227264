import { Suspense } from 'react'
import type { SpokenText } from '../../api/audio-api.ts'
import { isTurnOpen, type Turn } from '../../features/chat/turn.ts'
import type { DictationStatus } from '../../features/speech/useDictation.ts'
import { lazyPart } from '../../lazy-part.ts'
import { usePublishedApp } from '../published-app.ts'

const AutoSpeak = lazyPart(() => import('../../features/speech/AutoSpeak.tsx').then((module) => ({ default: module.AutoSpeak })))
const SpeakButton = lazyPart(() => import('../../features/speech/SpeakButton.tsx').then((module) => ({ default: module.SpeakButton })))
const DictationButton = lazyPart(() =>
  import('../../features/speech/DictationButton.tsx').then((module) => ({ default: module.DictationButton })),
)

/** Where the app hears. */
export function Dictate(props: {
  readonly onText: (text: string) => void
  readonly onStatus: (status: DictationStatus) => void
  readonly isDisabled: boolean
}) {
  const { parameters } = usePublishedApp()
  if (!parameters.speech_to_text.enabled) return null
  return (
    <Suspense fallback={<span className="size-7.5" />}>
      <DictationButton {...props} />
    </Suspense>
  )
}

/** Speaks the newest answer by itself, if the app wants that. */
export function SpeakNewest({ turn }: { readonly turn: Turn | undefined }) {
  const { enabled, autoPlay } = usePublishedApp().parameters.text_to_speech
  if (!enabled || autoPlay !== 'enabled') return null
  return (
    <Suspense>
      <AutoSpeak turn={turn} />
    </Suspense>
  )
}

/** Where the app speaks. */
export function SpeakAnswer({ turn }: { readonly turn: Turn }) {
  if (turn.messageId === undefined || turn.answer === '' || isTurnOpen(turn)) return null
  return <SpeakText speechKey={turn.key} what={{ messageId: turn.messageId }} />
}

/** The same for what is no answer of the moment. */
export function SpeakText(props: { readonly speechKey: string; readonly what: SpokenText }) {
  const { parameters } = usePublishedApp()
  if (!parameters.text_to_speech.enabled) return null
  return (
    <Suspense fallback={<span className="size-6.5" />}>
      <SpeakButton {...props} />
    </Suspense>
  )
}
