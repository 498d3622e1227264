import { createContext, use } from 'react'
import type { SpeechPort } from '../../api/audio-api.ts'
import type { SpeechPlayer } from './speech-player.ts'

export interface Speech {
  readonly port: SpeechPort
  /** One for the whole page: two voices at once would be none. */
  readonly player: SpeechPlayer
  readonly textOf: (error: unknown) => string
}

const Context = createContext<Speech | null>(null)
export const SpeechProvider = Context.Provider

export function useSpeech(): Speech {
  const speech = use(Context)
  if (!speech) throw new Error('useSpeech needs a SpeechProvider above it')
  return speech
}
