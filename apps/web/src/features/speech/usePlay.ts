import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpokenText } from '../../api/audio-api.ts'
import { useToast } from '../../design/index.ts'
import { useSpeech } from './speech-port.ts'

export interface Play {
  /** Tells this text from others of the page. */
  readonly speechKey: string
  readonly what: SpokenText
  /** Nobody asked for it: where the browser lets the page not sound yet, nothing is said of it. */
  readonly isUnasked?: boolean
}

/** Plays a text; what goes wrong is told. */
export function usePlay(): (play: Play) => void {
  const { t } = useTranslation('chat')
  const toast = useToast()
  const { port, player, textOf } = useSpeech()
  return useCallback(
    ({ speechKey: key, what, isUnasked }) =>
      player.play({
        key,
        open: (signal) => port.speak(what, signal),
        onError: (error) => {
          const isBlocked = error instanceof DOMException && error.name === 'NotAllowedError'
          if (!isBlocked || !isUnasked) toast.error(isOfBrowser(error) ? t('speech.unplayable') : textOf(error))
        },
      }),
    [player, port, t, textOf, toast],
  )
}

/** What players and connections say, in words for programmers. */
const isOfBrowser = (error: unknown): boolean =>
  error instanceof DOMException || error instanceof TypeError || (typeof MediaError !== 'undefined' && error instanceof MediaError)
