import { useInfiniteQuery } from '@tanstack/react-query'
import type { Annotation, AnnotationHit } from '@trellis/contracts'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Chip, ErrorState, IconButton, Skeleton } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { useSession } from '../session/useSession.ts'

/** What an annotation answered, newest first. */
export function HitsPanel({ annotation, onClose }: { readonly annotation: Annotation; readonly onClose: () => void }) {
  const { t } = useTranslation('annotations')
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus(), [])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={t('hits.title')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="flex w-[min(480px,42vw)] shrink-0 flex-col border-l border-line bg-surface outline-none max-[960px]:w-full max-[960px]:border-l-0"
    >
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2.5 pl-5">
        <h3 className="flex-1 text-l font-semibold">{t('hits.title')}</h3>
        <IconButton label={t('close', { ns: 'common' })} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-5">
        <section className="rounded-md border border-line px-3.5 py-2.5">
          <p className="font-medium wrap-anywhere">{annotation.question}</p>
          <p className="mt-1 whitespace-pre-wrap wrap-anywhere text-ink-2">{annotation.answer}</p>
        </section>
        <Hits annotation={annotation} />
      </div>
    </aside>
  )
}

const PER_PAGE = 20

function Hits({ annotation }: { readonly annotation: Annotation }) {
  const { t } = useTranslation('annotations')
  const api = useApi()
  const errorText = useErrorText()
  const format = useFormat()
  const { app } = useApp()
  const hits = useInfiniteQuery({
    queryKey: ['annotations', app.id, 'hits', annotation.id],
    queryFn: ({ pageParam }) => api.annotations.hits(app.id, annotation.id, { page: pageParam, limit: PER_PAGE }),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.has_more ? last.page + 1 : undefined),
    staleTime: 0,
  })
  if (hits.isPending) return <Skeleton className="h-24" />
  if (hits.isError)
    return <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(hits.error)} onRetry={() => void hits.refetch()} />
  const total = hits.data.pages[0]?.total ?? 0
  if (total === 0) return <p className="py-6 text-center text-ink-3">{t('hits.empty')}</p>
  return (
    <>
      <p className="text-s text-ink-3">{t('hits.count', { count: total, text: format.number(total) })}</p>
      <ul className="flex flex-col divide-y divide-line">
        {hits.data.pages
          .flatMap(({ data }) => data)
          .map((hit) => (
            <Hit key={hit.id} hit={hit} annotation={annotation} />
          ))}
      </ul>
      {hits.hasNextPage && (
        <Button className="self-center" isBusy={hits.isFetchingNextPage} onClick={() => void hits.fetchNextPage()}>
          {t('showMore', { ns: 'common' })}
        </Button>
      )}
    </>
  )
}

function Hit({ hit, annotation }: { readonly hit: AnnotationHit; readonly annotation: Annotation }) {
  const { t } = useTranslation('annotations')
  const format = useFormat(useSession().account.timezone)
  // Sources are data; one that only a newer server knows is shown as it comes.
  const source = t(`hits.sources.${hit.source}` as 'hits.sources.api', { defaultValue: hit.source })
  return (
    <li className="flex flex-col gap-1.5 py-3">
      <p className="wrap-anywhere">{hit.question}</p>
      {(hit.match !== annotation.question || hit.response !== annotation.answer) && (
        <p className="border-l-2 border-line-2 pl-3 text-s wrap-anywhere text-ink-3">
          {t('hits.match')}: {hit.match} → {hit.response}
        </p>
      )}
      <p className="flex flex-wrap items-center gap-2 text-s text-ink-3">
        <Chip>{source}</Chip>
        <span>{t('hits.similarity', { score: hit.score.toFixed(2) })}</span>
        <span>{format.dateTime(hit.created_at)}</span>
      </p>
    </li>
  )
}
