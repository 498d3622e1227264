import { Link } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { App } from '../../../api/types/apps.ts'
import { buttonClass } from '../../../design/index.ts'

/** From an answer to the run behind it. */
export function TraceLink({ app, runId }: { readonly app: App; readonly runId: string }) {
  const { t } = useTranslation('workflow')
  return (
    <Link to="/app/$id/runs" params={{ id: app.id }} search={{ run: runId }} className={buttonClass({ variant: 'ghost', size: 's' })}>
      <Waypoints size={13} aria-hidden />
      {t('trace.open')}
    </Link>
  )
}
