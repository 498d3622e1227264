import { CircleCheck, ClockAlert, Compass, RotateCw, Wrench } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design/index.ts'
import { PageNotice } from '../PageNotice.tsx'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import type { FormFault } from './form-fault.ts'

export type FormStateName = 'answered' | FormFault

const icons = { answered: CircleCheck, submitted: CircleCheck, expired: ClockAlert, unknown: Compass, failed: Wrench }

export interface FormStateProps {
  readonly state: FormStateName
  readonly error?: unknown
  readonly onRetry?: () => void
}

/** In place of a form that is not to be filled in, or not any more. */
export function FormState({ state, error, onRetry }: FormStateProps) {
  const { t } = useTranslation('published')
  const errorText = useVisitorErrorText()
  return (
    <PageNotice
      Icon={icons[state]}
      isGood={state === 'answered'}
      title={t(`form.${state}.title`)}
      hint={state === 'failed' ? errorText(error) : t(`form.${state}.hint`)}
      action={
        state === 'failed' &&
        onRetry && (
          <Button icon={<RotateCw size={14} aria-hidden />} onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    />
  )
}
