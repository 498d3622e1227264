import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export function PreviewHeader({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation('orchestrate')
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-3 pl-5">
      <h2 className="font-semibold max-[860px]:sr-only">{t('preview.title')}</h2>
      <span className="text-s text-ink-3">{t('preview.hint')}</span>
      <span className="flex-1" />
      {children}
    </div>
  )
}
