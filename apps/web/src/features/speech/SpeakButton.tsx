import { Square, Volume2 } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpokenText } from '../../api/audio-api.ts'
import { IconButton, Spinner } from '../../design/index.ts'
import { useSpeech } from './speech-port.ts'
import { usePlay } from './usePlay.ts'

export interface SpeakButtonProps {
  /** Tells this text from others of the page. */
  readonly speechKey: string
  readonly what: SpokenText
}

/** Plays a text and stops it. */
export function SpeakButton({ speechKey, what }: SpeakButtonProps) {
  const { t } = useTranslation('chat')
  const { player } = useSpeech()
  const state = useSyncExternalStore(player.subscribe, player.read)
  const status = state.key === speechKey ? state.status : 'idle'
  const play = usePlay()
  useEffect(
    () => () => {
      if (player.read().key === speechKey) player.stop()
    },
    [player, speechKey],
  )
  return (
    <IconButton
      label={t(status === 'idle' ? 'speech.speak' : 'speech.stop')}
      size="s"
      aria-pressed={status !== 'idle'}
      onClick={() => (status === 'idle' ? play({ speechKey, what }) : player.stop())}
    >
      {status === 'idle' && <Volume2 size={14} aria-hidden />}
      {status === 'loading' && <Spinner />}
      {status === 'playing' && <Square size={10} fill="currentColor" aria-hidden className="text-accent" />}
    </IconButton>
  )
}
