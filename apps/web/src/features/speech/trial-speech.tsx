import { lazy, type ReactNode, Suspense } from 'react'
import { isTurnOpen, type Turn } from '../chat/turn.ts'
import type { SpeechSettings } from './speech-settings.ts'
import type { DictationStatus } from './useDictation.ts'

const AutoSpeak = lazy(() => import('./AutoSpeak.tsx').then((module) => ({ default: module.AutoSpeak })))
const SpeakButton = lazy(() => import('./SpeakButton.tsx').then((module) => ({ default: module.SpeakButton })))
const DictationButton = lazy(() => import('./DictationButton.tsx').then((module) => ({ default: module.DictationButton })))

/** The microphone beside the field of a trial, where the app hears. */
export const dictationOf = ({ speech_to_text: ear }: Pick<SpeechSettings, 'speech_to_text'>) =>
  ear.enabled
    ? (insert: (text: string) => void, onStatus: (status: DictationStatus) => void): ReactNode => (
        <Suspense fallback={<span className="size-7.5" />}>
          <DictationButton onText={insert} onStatus={onStatus} />
        </Suspense>
      )
    : undefined

interface TrialVoice {
  readonly settings: SpeechSettings['text_to_speech']
}

/** Speaks an answer of a trial with the voice as it stands in the editor, where the app speaks. */
export function SpeakTrial({ turn, settings: { enabled, voice } }: TrialVoice & { readonly turn: Turn }) {
  if (!enabled || turn.messageId === undefined || turn.answer === '' || isTurnOpen(turn)) return null
  return (
    <Suspense fallback={<span className="size-6.5" />}>
      <SpeakButton speechKey={turn.key} what={{ messageId: turn.messageId, voice: voice || undefined }} />
    </Suspense>
  )
}

/** Speaks the newest answer of a trial by itself, where the app would. */
export function SpeakNewestTrial({ turn, settings: { enabled, voice, autoPlay } }: TrialVoice & { readonly turn: Turn | undefined }) {
  if (!enabled || autoPlay !== 'enabled') return null
  return (
    <Suspense>
      <AutoSpeak turn={turn} voice={voice || undefined} />
    </Suspense>
  )
}
