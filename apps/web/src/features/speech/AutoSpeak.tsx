import { useEffect, useRef } from 'react'
import { isTurnOpen, type Turn } from '../chat/turn.ts'
import { usePlay } from './usePlay.ts'

export interface AutoSpeakProps {
  /** The newest. */
  readonly turn: Turn | undefined
  readonly voice?: string | undefined
}

/** Speaks each answer that was seen to be written, as soon as it is whole. */
export function AutoSpeak({ turn, voice }: AutoSpeakProps) {
  const play = usePlay()
  const openKey = useRef<string | null>(null)
  useEffect(() => {
    if (!turn) return
    const wasOpen = openKey.current === turn.key
    openKey.current = isTurnOpen(turn) ? turn.key : null
    if (!wasOpen || turn.status !== 'done' || turn.messageId === undefined || turn.answer === '') return
    play({ speechKey: turn.key, what: { messageId: turn.messageId, voice }, isUnasked: true })
  }, [turn, voice, play])
  return null
}
