import { useMutation } from '@tanstack/react-query'
import type { Annotation } from '@trellis/contracts'
import { Download, FileUp, MessageSquareQuote, Plus, Search, SearchX, Trash2 } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { saveFile } from '../../api/save-file.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Chip, cx, EmptyState, ErrorState, Skeleton, TextField, useToast } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { Pagination } from '../logs/Pagination.tsx'
import { AnnotationDialogs, type OpenDialog } from './AnnotationDialogs.tsx'
import { AnnotationTable } from './AnnotationTable.tsx'
import { HitsPanel } from './HitsPanel.tsx'
import { ReplyCard } from './ReplyCard.tsx'
import { PAGE_SIZE, useAnnotationPage } from './useAnnotations.ts'
import { useAnnotationTexts } from './useAnnotationTexts.ts'

/** The answers that people wrote for an app. */
export function AnnotationsPage() {
  const { t } = useTranslation('common')
  const texts = useAnnotationTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="m-8 h-60" /> : <Annotations />
}

function Annotations() {
  const { t } = useTranslation('annotations')
  const format = useFormat()
  const { app } = useApp()
  const [keyword, setKeyword] = useState('')
  const [page, setPage] = useState(1)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [shown, setShown] = useState<Annotation | null>(null)
  const annotations = useAnnotationPage({ page, keyword: useDeferredValue(keyword.trim()) })
  const total = annotations.data?.total ?? 0
  const search = (next: string) => {
    setKeyword(next)
    setPage(1)
  }
  return (
    <div className="flex min-h-0 flex-1">
      <main
        id="content"
        className={cx('min-h-0 min-w-0 flex-1 overflow-y-auto px-8 py-7 max-sm:px-4 max-sm:py-5', shown && 'max-[960px]:hidden')}
      >
        <div className="mb-4 flex flex-wrap items-center gap-2.5">
          <h2 className="text-2xl font-semibold tracking-tight">{t('title')}</h2>
          {annotations.data && <Chip>{t('count', { count: total, text: format.number(total) })}</Chip>}
          <div className="ml-auto flex flex-wrap gap-2.5 max-sm:ml-0 max-sm:basis-full">
            <ExportButton isDisabled={total === 0} />
            <Button icon={<FileUp size={14} aria-hidden />} onClick={() => setDialog({ type: 'import' })}>
              {t('import')}
            </Button>
            <Button variant="primary" icon={<Plus size={14} aria-hidden />} onClick={() => setDialog({ type: 'add' })}>
              {t('add')}
            </Button>
          </div>
        </div>
        {app.mode !== 'completion' && <ReplyCard />}
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <TextField
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            leading={<Search size={14} aria-hidden />}
            className="w-72 max-sm:w-full"
            value={keyword}
            onValueChange={search}
          />
          <span className="flex-1" />
          <Selection chosen={chosen} total={total} onClear={() => setChosen(new Set())} onDelete={setDialog} />
        </div>
        <List
          annotations={annotations}
          isFiltered={keyword.trim() !== ''}
          onShowAll={() => search('')}
          chosen={chosen}
          onChoose={(ids, isChosen) => setChosen(choose(chosen, ids, isChosen))}
          openId={shown?.id ?? null}
          onOpen={setDialog}
          onShowHits={setShown}
        />
        {total > PAGE_SIZE && <Pagination page={page} pages={Math.ceil(total / PAGE_SIZE)} onPageChange={setPage} />}
      </main>
      {shown && <HitsPanel key={shown.id} annotation={shown} onClose={() => setShown(null)} />}
      {dialog && (
        <AnnotationDialogs
          dialog={dialog}
          onClose={() => setDialog(null)}
          onDeleted={() => {
            setChosen(new Set())
            setShown(null)
            setPage(1)
          }}
        />
      )}
    </div>
  )
}

const choose = (chosen: ReadonlySet<string>, ids: readonly string[], isChosen: boolean): ReadonlySet<string> =>
  new Set(isChosen ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id)))

interface SelectionProps {
  readonly chosen: ReadonlySet<string>
  readonly total: number
  readonly onClear: () => void
  readonly onDelete: (dialog: OpenDialog) => void
}

/** What can be done with those that are chosen, or with all. */
function Selection({ chosen, total, onClear, onDelete }: SelectionProps) {
  const { t } = useTranslation('annotations')
  const format = useFormat()
  const remove = (ids: readonly string[] | 'all') => onDelete({ type: 'delete', ids })
  if (chosen.size === 0) {
    return total === 0 ? null : (
      <Button variant="ghost" size="s" icon={<Trash2 size={14} aria-hidden />} onClick={() => remove('all')}>
        {t('deleteAll')}
      </Button>
    )
  }
  return (
    <>
      <span className="text-s text-ink-2">{t('selected', { count: chosen.size, text: format.number(chosen.size) })}</span>
      <Button variant="ghost" size="s" onClick={onClear}>
        {t('clearSelection')}
      </Button>
      <Button size="s" icon={<Trash2 size={14} aria-hidden />} onClick={() => remove([...chosen])}>
        {t('delete')}
      </Button>
    </>
  )
}

interface ListProps {
  readonly annotations: ReturnType<typeof useAnnotationPage>
  readonly isFiltered: boolean
  readonly onShowAll: () => void
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (ids: readonly string[], isChosen: boolean) => void
  readonly openId: string | null
  readonly onOpen: (dialog: OpenDialog) => void
  readonly onShowHits: (annotation: Annotation) => void
}

function List({ annotations, isFiltered, onShowAll, onOpen, ...table }: ListProps) {
  const { t } = useTranslation('annotations')
  const errorText = useErrorText()
  const { app } = useApp()
  const isAnswering = app.mode !== 'completion'
  if (annotations.isPending) return <Skeleton className="h-60" />
  if (annotations.isError) {
    return (
      <ErrorState
        title={t('loadFailed', { ns: 'common' })}
        message={errorText(annotations.error)}
        onRetry={() => void annotations.refetch()}
      />
    )
  }
  const rows = annotations.data.data
  if (rows.length > 0) {
    return (
      <AnnotationTable
        {...table}
        rows={rows}
        hasHits={isAnswering}
        onEdit={(annotation) => onOpen({ type: 'edit', annotation })}
        onDelete={({ id }) => onOpen({ type: 'delete', ids: [id] })}
      />
    )
  }
  if (isFiltered) {
    return (
      <EmptyState
        icon={<SearchX size={20} aria-hidden />}
        title={t('nothingFound.title')}
        description={t('nothingFound.lead')}
        action={<Button onClick={onShowAll}>{t('nothingFound.action')}</Button>}
      />
    )
  }
  return (
    <EmptyState
      icon={<MessageSquareQuote size={20} aria-hidden />}
      title={t('empty.title')}
      description={t(isAnswering ? 'empty.lead' : 'empty.leadTexts')}
      action={
        <>
          <Button variant="primary" onClick={() => onOpen({ type: 'add' })}>
            {t('add')}
          </Button>
          <Button onClick={() => onOpen({ type: 'import' })}>{t('import')}</Button>
        </>
      }
    />
  )
}

function ExportButton({ isDisabled }: { readonly isDisabled: boolean }) {
  const { t } = useTranslation('annotations')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const { app } = useApp()
  const save = useMutation({
    mutationFn: () => api.annotations.exportFile(app.id),
    onSuccess: (file) => saveFile(`${app.name} ${t('title')}.csv`, file),
    onError: (error) => toast.error(t('exportFailed'), errorText(error)),
  })
  return (
    <Button icon={<Download size={14} aria-hidden />} disabled={isDisabled} isBusy={save.isPending} onClick={() => save.mutate()}>
      {t('export')}
    </Button>
  )
}
