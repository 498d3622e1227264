import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { App } from '../../../../api/types/apps.ts'
import type { WorkflowVersion } from '../../../../api/workflows-api.ts'
import { buttonClass, Notice } from '../../../../design/index.ts'
import { useFormat } from '../../../../i18n/useFormat.ts'
import { useSession } from '../../../session/useSession.ts'

/** Says that a published version is tried, whatever the draft is by now, and leads back to the draft. */
export function TriedVersion({ app, version }: { readonly app: App; readonly version: WorkflowVersion }) {
  const { t } = useTranslation('workflow')
  const format = useFormat(useSession().account.timezone)
  return (
    <Notice
      tone="info"
      action={
        <Link to="/app/$id/configuration" params={{ id: app.id }} search={{}} className={buttonClass({ size: 's' })}>
          {t('versions.tryDraft')}
        </Link>
      }
    >
      {t('versions.tried', { version: version.marked_name || format.dateTime(version.created_at) })}
    </Notice>
  )
}
