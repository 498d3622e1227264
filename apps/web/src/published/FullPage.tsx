import { ArrowLeft, Compass, LockKeyhole, type LucideIcon, RotateCw, Wrench } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { basePath } from '../base-path.ts'
import { Button, buttonClass } from '../design/index.ts'
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
  const Icon = icons[fault] ?? Compass
  return <PageNotice Icon={Icon} title={t(`${fault}.title`)} hint={hint} action={<Remedy fault={fault} onRetry={onRetry} />} />
}

const icons: Readonly<Partial<Record<BootFault, LucideIcon>>> = {
  unready: Wrench,
  failed: Wrench,
  members: LockKeyhole,
  strangers: LockKeyhole,
}

/** What a visitor can do about it, where there is anything. */
function Remedy({ fault, onRetry }: Pick<FullPageProps, 'fault' | 'onRetry'>) {
  const { t } = useTranslation('published')
  if (fault === 'failed' || fault === 'unready') {
    return (
      <Button icon={<RotateCw size={14} aria-hidden />} onClick={onRetry}>
        {t('retry')}
      </Button>
    )
  }
  if (fault === 'members' || fault === 'strangers') {
    const back = location.pathname.slice(basePath().length) + location.search
    return (
      <a
        href={`${basePath()}/signin?redirect=${encodeURIComponent(back)}`}
        // Inside another page's frame nobody should type a password.
        target={window.top === window ? undefined : '_blank'}
        rel="noopener"
        className={buttonClass({ variant: 'primary' })}
      >
        {t(`${fault}.signIn`)}
      </a>
    )
  }
  if (fault !== 'unknown' || window.history.length < 2) return null
  return (
    <Button icon={<ArrowLeft size={14} aria-hidden />} onClick={() => window.history.back()}>
      {t('goBack')}
    </Button>
  )
}
