import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, Search, SearchX, Upload } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Chip, EmptyState, ErrorState, Skeleton, Tabs, TextField } from '../../design/index.ts'
import { useSession } from '../session/useSession.ts'
import { PaletteButton } from '../shell/PaletteButton.tsx'
import { TopBar } from '../shell/TopBar.tsx'
import { AppCard } from './AppCard.tsx'
import { BeginCard } from './BeginCard.tsx'
import { CreateAppDialog, type CreateMode } from './CreateAppDialog.tsx'
import { EmptyStudio } from './EmptyStudio.tsx'
import { ImportAppDialog } from './ImportAppDialog.tsx'
import { type AppFilter, appsQuery } from './queries.ts'

const grid = 'grid grid-cols-[repeat(auto-fill,minmax(min(340px,100%),1fr))] gap-3.5'

export function StudioPage() {
  const { t } = useTranslation('studio')
  const { canEdit } = useSession()
  const [filter, setFilter] = useState<AppFilter>({ name: '', mode: 'all' })
  const [createMode, setCreateMode] = useState<CreateMode | null>(null)
  const [isImporting, setImporting] = useState(false)
  return (
    <>
      <TopBar title={t('title')}>
        <PaletteButton />
      </TopBar>
      <main id="content" className="min-h-0 flex-1 overflow-auto px-8 py-7 max-sm:px-4 max-sm:py-5">
        <StudioContent
          filter={filter}
          onFilterChange={setFilter}
          onCreate={setCreateMode}
          onImport={() => setImporting(true)}
          canEdit={canEdit}
        />
      </main>
      <CreateAppDialog mode={createMode} onClose={() => setCreateMode(null)} />
      <ImportAppDialog isOpen={isImporting} onClose={() => setImporting(false)} />
    </>
  )
}

interface StudioContentProps {
  readonly filter: AppFilter
  readonly onFilterChange: (filter: AppFilter) => void
  readonly onCreate: (mode: CreateMode) => void
  readonly onImport: () => void
  readonly canEdit: boolean
}

function StudioContent({ filter, onFilterChange, onCreate, onImport, canEdit }: StudioContentProps) {
  const { t } = useTranslation('studio')
  const errorText = useErrorText()
  const name = useDeferredValue(filter.name)
  const apps = useInfiniteQuery(appsQuery(useApi(), { ...filter, name: name.trim() }))
  const items = apps.data?.pages.flatMap((page) => page.data) ?? []
  const isFiltered = filter.name.trim() !== '' || filter.mode !== 'all'
  if (apps.isSuccess && items.length === 0 && !isFiltered && !apps.isPlaceholderData) {
    return <EmptyStudio canEdit={canEdit} onCreate={onCreate} onImport={onImport} />
  }
  const total = apps.data?.pages[0]?.total
  return (
    <>
      <div className="mb-4.5 flex items-center gap-2.5">
        <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
        {total !== undefined && <Chip>{t('count', { count: total })}</Chip>}
        <span className="flex-1" />
        {canEdit && (
          <Button icon={<Upload size={14} aria-hidden />} onClick={onImport}>
            {t('importApp')}
          </Button>
        )}
        {canEdit && (
          <Button variant="primary" icon={<Plus size={15} aria-hidden />} onClick={() => onCreate('chat')}>
            {t('newApp')}
          </Button>
        )}
      </div>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Tabs
          label={t('filter')}
          value={filter.mode}
          onValueChange={(mode) => onFilterChange({ ...filter, mode })}
          items={[
            { value: 'all', label: t('all') },
            { value: 'chat', label: t('chatbots') },
            { value: 'completion', label: t('textGenerators') },
            { value: 'workflow', label: t('workflows') },
          ]}
        />
        <span className="flex-1" />
        <TextField
          type="search"
          aria-label={t('searchPlaceholder')}
          placeholder={t('searchPlaceholder')}
          leading={<Search size={14} aria-hidden />}
          className="w-64 max-sm:w-full"
          value={filter.name}
          onValueChange={(next) => onFilterChange({ ...filter, name: next })}
        />
      </div>
      {apps.isPending && <StudioSkeleton />}
      {apps.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(apps.error)} onRetry={() => void apps.refetch()} />
      )}
      {apps.isSuccess && items.length === 0 && (
        <EmptyState
          icon={<SearchX size={20} aria-hidden />}
          title={t('nothingFound.title')}
          description={t('nothingFound.lead')}
          action={<Button onClick={() => onFilterChange({ name: '', mode: 'all' })}>{t('nothingFound.action')}</Button>}
        />
      )}
      {items.length > 0 && (
        <div className={grid}>
          {canEdit && !isFiltered && <BeginCard onCreate={onCreate} />}
          {items.map((app) => (
            <AppCard key={app.id} app={app} canEdit={canEdit} />
          ))}
        </div>
      )}
      {apps.hasNextPage && (
        <div className="mt-5 flex justify-center">
          <Button isBusy={apps.isFetchingNextPage} onClick={() => void apps.fetchNextPage()}>
            {t('showMore', { ns: 'common' })}
          </Button>
        </div>
      )}
    </>
  )
}

function StudioSkeleton() {
  return (
    <div className={grid}>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="flex min-h-32 flex-col gap-3 rounded-md border border-line bg-surface p-3.5">
          <div className="flex gap-2.5">
            <Skeleton className="size-9" />
            <div className="flex flex-1 flex-col gap-2 pt-1">
              <Skeleton className="h-3.5 w-1/2" />
              <Skeleton className="h-3 w-1/4" />
            </div>
          </div>
          <Skeleton className="h-3.5 w-4/5" />
        </div>
      ))}
    </div>
  )
}
