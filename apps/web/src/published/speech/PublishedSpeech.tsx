import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { openAudio } from '../../features/speech/audio-output.ts'
import { createSpeechPlayer } from '../../features/speech/speech-player.ts'
import { SpeechProvider } from '../../features/speech/speech-port.ts'
import { usePublishedApp } from '../published-app.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'

/** Lets what stands below it hear and speak. */
export function PublishedSpeech({ children }: { readonly children: ReactNode }) {
  const { api } = usePublishedApp()
  const textOf = useVisitorErrorText()
  const [player] = useState(() => createSpeechPlayer(openAudio))
  useEffect(() => player.stop, [player])
  const speech = useMemo(() => ({ port: api, player, textOf }), [api, player, textOf])
  return <SpeechProvider value={speech}>{children}</SpeechProvider>
}
