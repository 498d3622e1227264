import { Link } from '@tanstack/react-router'
import { Code, Ellipsis, Pencil, Play, RotateCcw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { App } from '../../../../api/types/apps.ts'
import type { WorkflowVersion } from '../../../../api/workflows-api.ts'
import { buttonClass, Chip, CopyButton, IconButton, Menu } from '../../../../design/index.ts'
import { useFormat } from '../../../../i18n/useFormat.ts'
import { useSession } from '../../../session/useSession.ts'

/** What may be done with a version besides trying it. */
export type VersionAct = { readonly kind: 'call' | 'name' | 'restore' | 'delete'; readonly version: WorkflowVersion }

export interface VersionItemProps {
  readonly app: App
  readonly version: WorkflowVersion
  /** Callers get this one. */
  readonly isCurrent: boolean
  readonly onAct: (act: VersionAct) => void
}

export function VersionItem({ app, version, isCurrent, onAct }: VersionItemProps) {
  const { t } = useTranslation('workflow')
  const { canEdit, account } = useSession()
  const format = useFormat(account.timezone)
  const time = format.dateTime(version.created_at)
  return (
    <li className="flex items-start gap-2 border-t border-line px-4 py-3 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{version.marked_name || time}</span>
          {isCurrent && <Chip tone="accent">{t('versions.current')}</Chip>}
        </p>
        {version.marked_comment && <p className="mt-0.5 text-ink-2 text-pretty">{version.marked_comment}</p>}
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-s text-ink-3">
          {version.marked_name && <span>{time}</span>}
          {version.created_by && <span>{version.created_by.name}</span>}
          <span className="flex items-center font-mono">
            {version.id.slice(0, 8)}…
            <CopyButton text={version.id} size="s" />
          </span>
        </p>
      </div>
      {canEdit && (
        <>
          <Link
            to="/app/$id/configuration"
            params={{ id: app.id }}
            search={{ version: version.id }}
            aria-label={t('versions.tryThis', { version: version.marked_name || time })}
            className={buttonClass({ size: 's' })}
          >
            <Play size={12} aria-hidden />
            {t('versions.try')}
          </Link>
          <VersionMenu version={version} name={version.marked_name || time} isCurrent={isCurrent} onAct={onAct} />
        </>
      )}
    </li>
  )
}

function VersionMenu({ version, name, isCurrent, onAct }: Omit<VersionItemProps, 'app'> & { readonly name: string }) {
  const { t } = useTranslation('workflow')
  const act = (kind: VersionAct['kind']) => () => onAct({ kind, version })
  return (
    <Menu
      trigger={
        <IconButton label={t('versions.actions', { version: name })} size="s">
          <Ellipsis size={15} aria-hidden />
        </IconButton>
      }
      groups={[
        [
          { label: t('versions.call'), icon: <Code size={14} aria-hidden />, onSelect: act('call') },
          { label: t('versions.name'), icon: <Pencil size={14} aria-hidden />, onSelect: act('name') },
          { label: t('versions.restore'), icon: <RotateCcw size={14} aria-hidden />, onSelect: act('restore') },
        ],
        [
          {
            label: t('delete', { ns: 'common' }),
            icon: <Trash2 size={14} aria-hidden />,
            isDestructive: true,
            isDisabled: isCurrent,
            onSelect: act('delete'),
          },
        ],
      ]}
    />
  )
}
