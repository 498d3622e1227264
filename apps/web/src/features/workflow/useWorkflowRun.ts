import type { WorkflowEvent } from '@trellis/contracts'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applyFrame, newRun, type RunProgress } from './run-progress.ts'

export interface WorkflowRunPorts<Given> {
  readonly start: (given: Given, signal: AbortSignal) => AsyncIterable<WorkflowEvent>
  readonly stop: (taskId: string) => Promise<void>
  /** Goes on with a run that paused: what happens next, whoever answers it. Absent where `start` goes on behind pauses itself. */
  readonly follow?: (runId: string, signal: AbortSignal) => AsyncIterable<WorkflowEvent>
  /** What a person is told where the stream broke off; the run itself may go on. */
  readonly textOf: (error: unknown) => string
}

export interface WorkflowRunState<Given> {
  /** The newest run of this page; null before the first. */
  readonly run: RunProgress | null
  readonly isRunning: boolean
  readonly start: (given: Given) => void
  readonly stop: () => void
  /** Lets go of the run of this page; one that has not begun is not waited for any more. */
  readonly leave: () => void
}

/** Runs a workflow with what it is given, inputs as a rule, and follows it. One at a time; the stream is left with the page. */
export function useWorkflowRun<Given = Record<string, unknown>>({
  start,
  stop,
  follow: goOn,
  textOf,
}: WorkflowRunPorts<Given>): WorkflowRunState<Given> {
  const { t } = useTranslation('workflow')
  const [run, setRun] = useState<RunProgress | null>(null)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])
  const follow = async (given: Given): Promise<void> => {
    current.current?.abort()
    const controller = new AbortController()
    current.current = controller
    let progress = newRun
    setRun(progress)
    try {
      const read = async (frames: AsyncIterable<WorkflowEvent>) => {
        for await (const frame of frames) {
          progress = applyFrame(progress, frame)
          setRun(progress)
        }
      }
      await read(start(given, controller.signal))
      // A stream may end where the run waits; one that told nothing new is not asked for again.
      for (let before: RunProgress | undefined; progress.status === 'paused' && progress !== before; ) {
        before = progress
        if (progress.runId !== undefined && goOn) await read(goOn(progress.runId, controller.signal))
      }
      if (progress.status === 'running') setRun({ ...progress, status: 'failed', error: t('unfinished') })
    } catch (error) {
      if (controller.signal.aborted) return
      setRun({ ...progress, status: 'failed', error: textOf(error) })
    }
  }
  return {
    run,
    isRunning: run?.status === 'running',
    start: (given) => void follow(given),
    stop: () => {
      // Best effort: where it is too late, the run tells so by its end.
      if (run?.taskId !== undefined) void stop(run.taskId).catch(() => undefined)
    },
    leave: () => {
      current.current?.abort()
      setRun(null)
    },
  }
}
