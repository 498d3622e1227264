import { Link } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { App } from '../../../api/types/apps.ts'
import { buttonClass } from '../../../design/index.ts'
import { runsRoute } from './runs-route.ts'

/** From an answer or a trial to the run behind it: where the app has its runs. */
export function TraceLink({ app, runId }: { readonly app: App; readonly runId: string }) {
  const { t } = useTranslation('workflow')
  return (
    <Link to={runsRoute(app)} params={{ id: app.id }} search={{ run: runId }} className={buttonClass({ variant: 'ghost', size: 's' })}>
      <Waypoints size={13} aria-hidden />
      {t('trace.open')}
    </Link>
  )
}
