import { CircleAlert, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'

export interface ErrorStateProps {
  readonly title: string
  /** What happened and what to do about it. */
  readonly message: string
  readonly onRetry?: (() => void) | undefined
}

export function ErrorState({ title, message, onRetry }: ErrorStateProps) {
  const { t } = useTranslation('common')
  return (
    <div role="alert" className="mx-auto flex max-w-110 flex-col items-center gap-2 px-6 py-14 text-center">
      <div className="mb-1 grid size-10 place-items-center rounded-md bg-bad-soft text-bad">
        <CircleAlert size={20} aria-hidden />
      </div>
      <p className="text-l font-semibold">{title}</p>
      <p className="text-ink-2 wrap-anywhere">{message}</p>
      {onRetry && (
        <Button className="mt-3" icon={<RotateCw size={14} aria-hidden />} onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}
