import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { backOff } from '../api/follow-message.ts'
import { usePublishedApp } from '../published-app.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { type Batch, type BatchPorts, type BatchState, createBatch } from './batch-run.ts'
import type { BatchRow } from './batch-sheet.ts'
import type { RunnerPorts } from './row-runners.ts'

export interface BatchHandle {
  readonly state: BatchState | null
  readonly begin: (fileName: string, rows: readonly BatchRow[]) => void
  readonly cancel: () => void
  readonly retry: () => void
}

export type MakeRunner = (ports: RunnerPorts) => BatchPorts['runRow']

const nothing = () => null
const noChange = () => () => undefined

/** The newest batch of this page; it is cancelled with the page. */
export function useBatch(makeRunner: MakeRunner): BatchHandle {
  const { t } = useTranslation(['published', 'workflow'])
  const { api, reachability } = usePublishedApp()
  const textOf = useVisitorErrorText()
  const [batch, setBatch] = useState<Batch | null>(null)
  const state = useSyncExternalStore<BatchState | null>(batch?.subscribe ?? noChange, batch?.read ?? nothing)
  useEffect(() => () => batch?.cancel(), [batch])
  const begin = (fileName: string, rows: readonly BatchRow[]) => {
    const texts = { textOf, unfinished: t('workflow:unfinished'), result: t('batch.resultColumn') }
    const runRow = makeRunner({ api, texts, onConnection: reachability.report, pause: backOff })
    const next = createBatch(fileName, rows, { runRow, pause: backOff })
    setBatch(next)
    next.start()
  }
  return { state, begin, cancel: () => batch?.cancel(), retry: () => batch?.retry() }
}
