import { RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, Notice } from '../design/index.ts'
import type { Turn } from '../features/chat/turn.ts'
import { refusalReason } from '../i18n/refusal-text.ts'
import { useVisitorErrorText } from './useVisitorErrorText.ts'

/** Asked again, it would be refused again: until the budget renews, or somebody changes it. */
const HOPELESS: readonly (string | undefined)[] = ['budget_spent_visitor', 'budget_unpriced_visitor']

/** What became of an answer that was not finished, and the way to another one. */
export function TurnNotice({ turn, onRetry }: { readonly turn: Turn; readonly onRetry: (() => void) | undefined }) {
  const { t } = useTranslation('published')
  const errorText = useVisitorErrorText()
  if (!turn.error) return null
  const isCutOff = turn.answer !== ''
  // History gives a failure's sentence without its code.
  const text = turn.error.code === 'unfinished' ? t('unfinished') : errorText(turn.error)
  return (
    <Notice
      tone={isCutOff ? 'warn' : 'bad'}
      className={isCutOff ? 'mt-3 text-m leading-normal' : 'text-m leading-normal'}
      action={
        onRetry &&
        !HOPELESS.includes(refusalReason(turn.error.details)) && (
          <Button size="s" icon={<RotateCw size={13} aria-hidden />} onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    >
      {text}
    </Notice>
  )
}
