import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton, Tabs } from '../../design/index.ts'
import type { FormVariable } from '../../features/app/user-input-form.ts'
import { lazyPart } from '../../lazy-part.ts'
import { usePublishedApp } from '../published-app.ts'
import type { BatchHandle } from './useBatch.ts'

const BatchPanel = lazyPart(() => import('./BatchPanel.tsx').then((module) => ({ default: module.BatchPanel })))

export type RunWay = 'once' | 'batch'

export interface RunWaysProps {
  readonly variables: readonly FormVariable[]
  readonly way: RunWay
  readonly onWayChange: (way: RunWay) => void
  readonly batch: BatchHandle
  readonly onRun: () => void
  /** The form of a single run. */
  readonly children: ReactNode
}

/** One run by a form, or many by a file; an app without a form has nothing to put into a file. */
export function RunWays({ variables, way, onWayChange, batch, onRun, children }: RunWaysProps) {
  const { t } = useTranslation('published')
  const { site } = usePublishedApp()
  if (variables.length === 0) return children
  return (
    <>
      <Tabs
        label={t('batch.ways')}
        value={way}
        onValueChange={onWayChange}
        items={[
          { value: 'once', label: t('batch.once') },
          { value: 'batch', label: t('batch.tab') },
        ]}
        className="mb-3 [&_[data-active]]:bg-surface-3"
      />
      <div hidden={way !== 'once'}>{children}</div>
      {way === 'batch' && (
        <Suspense fallback={<Skeleton className="h-40" />}>
          <BatchPanel variables={variables} batch={batch} title={site.title} onRun={onRun} />
        </Suspense>
      )}
    </>
  )
}
