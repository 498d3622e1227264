import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, History, Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import type { WorkflowVersion } from '../../../api/workflows-api.ts'
import {
  Button,
  Card,
  Chip,
  ConfirmDialog,
  CopyButton,
  EmptyState,
  ErrorState,
  IconButton,
  Menu,
  Skeleton,
  useToast,
} from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { NameVersionDialog } from './NameVersionDialog.tsx'
import { publishedVersionQuery, versionsQuery, workflowDraftQuery } from './queries.ts'

type Act = { readonly kind: 'name' | 'restore' | 'delete'; readonly version: WorkflowVersion }

/** What was published when, and what can be done with it. */
export function VersionsPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const errorText = useErrorText()
  const versions = useInfiniteQuery(versionsQuery(api, app.id))
  const published = useQuery(publishedVersionQuery(api, app.id))
  const [act, setAct] = useState<Act | null>(null)
  const items = versions.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-220 flex-col gap-4 px-8 py-7 max-sm:px-4 max-sm:py-5">
        <header>
          <h2 className="text-2xl font-semibold tracking-tight">{t('console.versions')}</h2>
          <p className="mt-0.5 text-ink-2">{t('versions.lead')}</p>
        </header>
        {versions.isPending && <Skeleton className="h-40" />}
        {versions.isError && (
          <ErrorState
            title={t('loadFailed', { ns: 'common' })}
            message={errorText(versions.error)}
            onRetry={() => void versions.refetch()}
          />
        )}
        {versions.data && items.length === 0 && (
          <EmptyState icon={<History size={20} aria-hidden />} title={t('versions.none')} description={t('versions.noneHint')} />
        )}
        {items.length > 0 && (
          <Card>
            <ul>
              {items.map((version) => (
                <VersionItem key={version.id} version={version} isCurrent={version.id === published.data?.id} onAct={setAct} />
              ))}
            </ul>
          </Card>
        )}
        {versions.hasNextPage && (
          <Button className="self-center" isBusy={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
            {t('console.more')}
          </Button>
        )}
        {act?.kind === 'name' && <NameVersionDialog app={app} version={act.version} onClose={() => setAct(null)} />}
        {act && act.kind !== 'name' && <Confirmation app={app} act={act} onClose={() => setAct(null)} />}
      </div>
    </main>
  )
}

interface VersionItemProps {
  readonly version: WorkflowVersion
  readonly isCurrent: boolean
  readonly onAct: (act: Act) => void
}

function VersionItem({ version, isCurrent, onAct }: VersionItemProps) {
  const { t } = useTranslation('workflow')
  const { canEdit, account } = useSession()
  const format = useFormat(account.timezone)
  const time = format.dateTime(version.created_at)
  return (
    <li className="flex items-start gap-3 border-t border-line px-4 py-3 first:border-t-0">
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
        <Menu
          trigger={
            <IconButton label={t('versions.actions', { version: version.marked_name || time })} size="s">
              <Ellipsis size={15} aria-hidden />
            </IconButton>
          }
          groups={[
            [
              { label: t('versions.name'), icon: <Pencil size={14} aria-hidden />, onSelect: () => onAct({ kind: 'name', version }) },
              {
                label: t('versions.restore'),
                icon: <RotateCcw size={14} aria-hidden />,
                onSelect: () => onAct({ kind: 'restore', version }),
              },
            ],
            [
              {
                label: t('delete', { ns: 'common' }),
                icon: <Trash2 size={14} aria-hidden />,
                isDestructive: true,
                isDisabled: isCurrent,
                onSelect: () => onAct({ kind: 'delete', version }),
              },
            ],
          ]}
        />
      )}
    </li>
  )
}

/** Asks before the draft is overwritten or a version deleted. */
function Confirmation({ app, act, onClose }: { readonly app: App; readonly act: Act; readonly onClose: () => void }) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const isRestoring = act.kind === 'restore'
  const run = useMutation({
    mutationFn: () =>
      isRestoring ? api.workflows.restoreVersion(app.id, act.version.id) : api.workflows.deleteVersion(app.id, act.version.id),
    onSuccess: async () => {
      const { queryKey } = isRestoring ? workflowDraftQuery(api, app.id) : versionsQuery(api, app.id)
      await queryClient.invalidateQueries({ queryKey })
      toast.success(t(isRestoring ? 'versions.restored' : 'versions.deleted'))
      onClose()
    },
    onError: (error) => toast.error(errorText(error)),
  })
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(isRestoring ? 'versions.restoreTitle' : 'versions.deleteTitle')}
      consequence={t(isRestoring ? 'versions.restoreConsequence' : 'versions.deleteConsequence')}
      confirmLabel={isRestoring ? t('versions.restore') : t('delete', { ns: 'common' })}
      tone={isRestoring ? 'primary' : 'danger'}
      isBusy={run.isPending}
      onConfirm={() => run.mutate()}
    />
  )
}
