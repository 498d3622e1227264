import { FileSpreadsheet } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, Skeleton } from '../../design/index.ts'
import type { FormVariable } from '../../features/app/user-input-form.ts'
import { lazyPart } from '../../lazy-part.ts'
import type { BatchHandle } from './useBatch.ts'

const BatchView = lazyPart(() => import('./BatchView.tsx').then((module) => ({ default: module.BatchView })))

/** What came of the newest batch. */
export function BatchOutput({ batch, variables }: { readonly batch: BatchHandle; readonly variables: readonly FormVariable[] }) {
  const { t } = useTranslation('published')
  if (!batch.state) {
    return <EmptyState icon={<FileSpreadsheet size={20} aria-hidden />} title={t('batch.emptyTitle')} description={t('batch.emptyHint')} />
  }
  return (
    <Suspense fallback={<Skeleton className="h-60" />}>
      <BatchView state={batch.state} variables={variables} onRetry={batch.retry} />
    </Suspense>
  )
}
