import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { splitReasoning } from './reasoning.ts'
import { isTurnOpen, type Turn } from './turn.ts'

/** Tells screen readers, once, that an answer which they were waiting for is complete, and what it says. */
export function Announcement({ turn }: { readonly turn: Turn | undefined }) {
  const { t } = useTranslation('chat')
  const openKey = useRef<string | undefined>(undefined)
  const [text, setText] = useState('')
  useEffect(() => {
    if (isTurnOpen(turn)) {
      openKey.current = turn?.key
      setText('')
    } else if (turn && openKey.current === turn.key && turn.status === 'done') {
      openKey.current = undefined
      setText(`${t('answered')} ${splitReasoning(turn.answer).text}`)
    }
  }, [turn, t])
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  )
}
