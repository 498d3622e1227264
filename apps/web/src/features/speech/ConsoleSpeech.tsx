import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { openAudio } from './audio-output.ts'
import { createSpeechPlayer } from './speech-player.ts'
import { SpeechProvider } from './speech-port.ts'

/** Lets what stands below it hear and speak, in trials of an app. */
export function ConsoleSpeech({ appId, children }: { readonly appId: string; readonly children: ReactNode }) {
  const { audio } = useApi()
  const textOf = useErrorText()
  const [player] = useState(() => createSpeechPlayer(openAudio))
  useEffect(() => player.stop, [player])
  const speech = useMemo(() => ({ port: audio.of(appId), player, textOf }), [audio, appId, player, textOf])
  return <SpeechProvider value={speech}>{children}</SpeechProvider>
}
