import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { backOff } from '../api/follow-message.ts'
import type { WebAppApi } from '../api/web-app-api.ts'
import { usePublishedApp } from '../published-app.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { type Batch, type BatchPorts, type BatchState, createBatch } from './batch-run.ts'
import type { BatchRow } from './batch-sheet.ts'
import type { RunnerTexts } from './row-runners.ts'

export interface BatchHandle {
  readonly state: BatchState | null
  readonly begin: (fileName: string, rows: readonly BatchRow[]) => void
  readonly cancel: () => void
  readonly retry: () => void
}

export type MakeRunner = (api: WebAppApi, texts: RunnerTexts) => BatchPorts['runRow']

const nothing = () => null
const noChange = () => () => undefined

/** The newest batch of this page; it is cancelled with the page. */
export function useBatch(makeRunner: MakeRunner): BatchHandle {
  const { t } = useTranslation(['published', 'workflow'])
  const { api } = usePublishedApp()
  const textOf = useVisitorErrorText()
  const [batch, setBatch] = useState<Batch | null>(null)
  const state = useSyncExternalStore<BatchState | null>(batch?.subscribe ?? noChange, batch?.read ?? nothing)
  useEffect(() => () => batch?.cancel(), [batch])
  const begin = (fileName: string, rows: readonly BatchRow[]) => {
    const runRow = makeRunner(api, {
      textOf,
      unfinished: t('workflow:unfinished'),
      mayHaveRun: t('batch.mayHaveRun'),
      result: t('batch.resultColumn'),
    })
    const next = createBatch(fileName, rows, { runRow, pause: backOff })
    setBatch(next)
    next.start()
  }
  return { state, begin, cancel: () => batch?.cancel(), retry: () => batch?.retry() }
}
