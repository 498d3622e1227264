import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass, EmptyState } from '../../design/index.ts'
import { useApp } from '../app/app-context.ts'
import { siteAddress } from '../app/site-address.ts'

export function LogsEmpty({ icon }: { readonly icon: ReactNode }) {
  const { t } = useTranslation('logs')
  const { app } = useApp()
  return (
    <EmptyState
      icon={icon}
      title={t('empty.title')}
      description={t('empty.lead')}
      action={
        <>
          {app.enable_site && (
            <a href={siteAddress(app)} target="_blank" rel="noopener" className={buttonClass({ variant: 'primary' })}>
              {t('empty.action')}
            </a>
          )}
          <Link to="/app/$id/develop" params={{ id: app.id }} className={buttonClass()}>
            {t('empty.secondary')}
          </Link>
        </>
      }
    />
  )
}
