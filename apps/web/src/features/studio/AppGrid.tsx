import { useCallback, useMemo, useRef, useState } from 'react'
import type { AppSummary } from '../../api/types/apps.ts'
import { Skeleton } from '../../design/index.ts'
import { lazyDialog } from '../../lazy-dialog.tsx'
import { useSession } from '../session/useSession.ts'
import { AppChunk, chunkGrid } from './AppChunk.tsx'
import type { AppDialog } from './AppDialogs.tsx'
import { toChunks } from './app-chunks.ts'
import { BeginCard } from './BeginCard.tsx'
import type { NewApp } from './studio-search.ts'
import { useOnceOpen } from './useOnceOpen.ts'

const AppDialogs = lazyDialog(
  () => import('./AppDialogs.tsx').then((module) => module.AppDialogs),
  ({ dialog }) => dialog !== null,
)

/** Of cards with two lines of description. */
const ROW_PX = 158

export interface AppGridProps {
  readonly apps: readonly AppSummary[]
  /** Where set, a card in front of the apps offers to begin one. */
  readonly onBegin: ((what: NewApp) => void) | undefined
}

/** The cards share their dialogs: a thousand of each would be made for the one that is opened. */
export function AppGrid({ apps, onBegin }: AppGridProps) {
  const { canEdit } = useSession()
  const [dialog, setDialog] = useState<AppDialog | null>(null)
  const hasOpened = useOnceOpen(dialog !== null)
  const open = useCallback((next: AppDialog) => setDialog(next), [])
  const usualRowPx = useRef(ROW_PX)
  const hasBegin = onBegin !== undefined
  const chunks = useMemo(() => toChunks(apps, hasBegin ? 1 : 0), [apps, hasBegin])
  return (
    <div className="flex flex-col gap-3.5">
      {chunks.map(({ start, items }) => (
        <AppChunk key={start} apps={items} isFirst={start === 0} usualRowPx={usualRowPx} canEdit={canEdit} onOpen={open}>
          {start === 0 && onBegin && <BeginCard onCreate={onBegin} />}
        </AppChunk>
      ))}
      {hasOpened && <AppDialogs dialog={dialog} apps={apps} onClose={() => setDialog(null)} />}
    </div>
  )
}

export function StudioSkeleton() {
  return (
    <div className={chunkGrid}>
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
