import { ArrowLeft, Compass, RotateCw, Wrench } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/index.ts'
import type { BootFault } from './boot.ts'
import { PageNotice } from './PageNotice.tsx'
import { useVisitorErrorText } from './useVisitorErrorText.ts'

export interface FullPageProps {
  readonly fault: BootFault
  readonly error: unknown
  readonly onRetry: () => void
}

/** In place of an app that cannot be shown: what is the matter, calmly, and what to do. */
export function FullPage({ fault, error, onRetry }: FullPageProps) {
  const { t } = useTranslation('published')
  const errorText = useVisitorErrorText()
  const hint = fault === 'failed' ? errorText(error) : t(`${fault}.hint`)
  const Icon = fault === 'unready' || fault === 'failed' ? Wrench : Compass
  return (
    <PageNotice
      Icon={Icon}
      title={t(`${fault}.title`)}
      hint={hint}
      action={
        fault === 'failed' || fault === 'unready' ? (
          <Button icon={<RotateCw size={14} aria-hidden />} onClick={onRetry}>
            {t('retry')}
          </Button>
        ) : (
          fault === 'unknown' &&
          window.history.length > 1 && (
            <Button icon={<ArrowLeft size={14} aria-hidden />} onClick={() => window.history.back()}>
              {t('goBack')}
            </Button>
          )
        )
      }
    />
  )
}
