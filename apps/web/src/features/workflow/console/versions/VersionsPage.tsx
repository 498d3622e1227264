import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Button, Card, EmptyState, ErrorState, Skeleton } from '../../../../design/index.ts'
import { publishedVersionQuery, versionsQuery } from '../queries.ts'
import { CallVersionDialog } from './CallVersionDialog.tsx'
import { NameVersionDialog } from './NameVersionDialog.tsx'
import { VersionConfirmation } from './VersionConfirmation.tsx'
import { type VersionAct, VersionItem } from './VersionItem.tsx'

/** What was published when, and what can be done with it. */
export function VersionsPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const errorText = useErrorText()
  const versions = useInfiniteQuery(versionsQuery(api, app.id))
  const published = useQuery(publishedVersionQuery(api, app.id))
  const [act, setAct] = useState<VersionAct | null>(null)
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
                <VersionItem key={version.id} app={app} version={version} isCurrent={version.id === published.data?.id} onAct={setAct} />
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
        {act?.kind === 'call' && <CallVersionDialog app={app} version={act.version} onClose={() => setAct(null)} />}
        {(act?.kind === 'restore' || act?.kind === 'delete') && (
          <VersionConfirmation app={app} act={act.kind} version={act.version} onClose={() => setAct(null)} />
        )}
      </div>
    </main>
  )
}
