import { ArrowLeft, Compass, RotateCw, Wrench } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/index.ts'
import type { BootFault } from './boot.ts'
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
    <main className="grid min-h-dvh place-items-center px-6 pb-16">
      <div className="flex max-w-105 flex-col items-center text-center">
        <div className="mb-4 grid size-12 place-items-center rounded-md bg-surface-2 text-ink-3">
          <Icon size={22} aria-hidden />
        </div>
        <h1 className="text-2xl font-semibold text-balance">{t(`${fault}.title`)}</h1>
        <p className="mt-2 text-l text-ink-2 text-pretty">{hint}</p>
        {(fault === 'failed' || fault === 'unready') && (
          <Button className="mt-5" icon={<RotateCw size={14} aria-hidden />} onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
        {fault === 'unknown' && window.history.length > 1 && (
          <Button className="mt-5" icon={<ArrowLeft size={14} aria-hidden />} onClick={() => window.history.back()}>
            {t('goBack')}
          </Button>
        )}
      </div>
    </main>
  )
}
