import { Plus, SearchX, Upload } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Chip, EmptyState, ErrorState } from '../../design/index.ts'
import { lazyDialog } from '../../lazy-dialog.tsx'
import { useSession } from '../session/useSession.ts'
import { AppGrid, StudioSkeleton } from './AppGrid.tsx'
import { EmptyStudio } from './EmptyStudio.tsx'
import { StudioFilters, type StudioFiltersProps } from './StudioFilters.tsx'
import { isNarrowed, type NewApp, type StudioSearch } from './studio-search.ts'
import { useOnceOpen } from './useOnceOpen.ts'
import { useShownApps } from './useShownApps.ts'

const TagsDialog = lazyDialog(
  () => import('./tags/TagsDialog.tsx').then((module) => module.TagsDialog),
  ({ isOpen }) => isOpen,
)

export interface StudioContentProps {
  readonly search: StudioSearch
  readonly onSearchChange: StudioFiltersProps['onChange']
  readonly onMake: (what: NewApp) => void
}

export function StudioContent({ search, onSearchChange, onMake }: StudioContentProps) {
  const { t } = useTranslation('studio')
  const { canEdit } = useSession()
  const errorText = useErrorText()
  const { apps, items, drawn, showMore } = useShownApps(search)
  const [isManagingTags, setManagingTags] = useState(false)
  const hasManagedTags = useOnceOpen(isManagingTags)
  const isWhole = !isNarrowed(search)
  const offersToBegin = useDeferredValue(canEdit && isWhole)
  if (apps.isSuccess && items.length === 0 && isWhole && !apps.isPlaceholderData) {
    return <EmptyStudio canEdit={canEdit} onCreate={onMake} onImport={() => onMake('import')} />
  }
  return (
    <>
      <Heading total={apps.data?.pages[0]?.total} onMake={canEdit ? onMake : undefined} />
      <StudioFilters search={search} onChange={onSearchChange} onManageTags={canEdit ? () => setManagingTags(true) : undefined} />
      {apps.isPending && <StudioSkeleton />}
      {apps.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(apps.error)} onRetry={() => void apps.refetch()} />
      )}
      {apps.isSuccess && items.length === 0 && (
        <EmptyState
          icon={<SearchX size={20} aria-hidden />}
          title={t('nothingFound.title')}
          description={t('nothingFound.lead')}
          action={
            <Button onClick={() => onSearchChange({ q: undefined, mode: undefined, tags: undefined })}>{t('nothingFound.action')}</Button>
          }
        />
      )}
      {items.length > 0 && <AppGrid apps={drawn} onBegin={offersToBegin ? onMake : undefined} />}
      {showMore && <MoreApps key={items.length} isBusy={apps.isFetchingNextPage || drawn !== items} onMore={showMore} />}
      {hasManagedTags && <TagsDialog isOpen={isManagingTags} onClose={() => setManagingTags(false)} />}
    </>
  )
}

function Heading({ total, onMake }: { readonly total: number | undefined; readonly onMake: ((what: NewApp) => void) | undefined }) {
  const { t } = useTranslation('studio')
  return (
    <div className="mb-4.5 flex items-center gap-2.5">
      <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
      {total !== undefined && <Chip>{t('count', { count: total })}</Chip>}
      <span className="flex-1" />
      {onMake && (
        <Button icon={<Upload size={14} aria-hidden />} onClick={() => onMake('import')}>
          {t('importApp')}
        </Button>
      )}
      {onMake && (
        <Button variant="primary" icon={<Plus size={15} aria-hidden />} onClick={() => onMake('chat')}>
          {t('newApp')}
        </Button>
      )}
    </div>
  )
}

/** Fetches what comes next as soon as it is in sight, and what came before it is drawn; the button is for those who do not scroll. */
function MoreApps({ isBusy, onMore }: { readonly isBusy: boolean; readonly onMore: () => void }) {
  const { t } = useTranslation('common')
  const watch = (element: HTMLDivElement | null) => {
    if (!element || isBusy) return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && onMore())
    observer.observe(element)
    return () => observer.disconnect()
  }
  return (
    <div ref={watch} className="mt-5 flex justify-center">
      <Button isBusy={isBusy} onClick={onMore}>
        {t('showMore')}
      </Button>
    </div>
  )
}
