import type { WorkflowEvent } from '@trellis/contracts'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applyFrame, newRun, type RunProgress } from './run-progress.ts'
import { createStopWish, type StopWish } from './stop-wish.ts'

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
  /** It runs, but somebody wants it to stop. */
  readonly isStopping: boolean
  readonly start: (given: Given) => void
  /** Before the run has a name, it is stopped as soon as it has one. */
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
  const [isStopping, setStopping] = useState(false)
  const current = useRef<AbortController | null>(null)
  const wish = useRef<StopWish | null>(null)
  useEffect(() => () => current.current?.abort(), [])
  const follow = async (given: Given): Promise<void> => {
    current.current?.abort()
    const controller = new AbortController()
    current.current = controller
    const stopWish = createStopWish({ send: stop, onRefused: () => wish.current === stopWish && setStopping(false) })
    wish.current = stopWish
    let progress = newRun
    setRun(progress)
    setStopping(false)
    try {
      const read = async (frames: AsyncIterable<WorkflowEvent>) => {
        for await (const frame of frames) {
          progress = applyFrame(progress, frame)
          setRun(progress)
          if (progress.status === 'running') stopWish.learn(frame.task_id)
        }
      }
      await read(start(given, controller.signal))
      // A stream may end where the run waits; one that told nothing new is not asked for again.
      for (let before: RunProgress | undefined; progress.status === 'paused' && progress !== before; ) {
        before = progress
        if (progress.runId !== undefined && goOn) await read(goOn(progress.runId, controller.signal))
      }
      if (progress.status === 'running') setRun(endOf(progress, stopWish, t('unfinished')))
    } catch (error) {
      if (controller.signal.aborted) return
      setRun({ ...progress, status: 'failed', error: textOf(error) })
    }
  }
  const isRunning = run?.status === 'running'
  return {
    run,
    isRunning,
    isStopping: isRunning && isStopping,
    start: (given) => void follow(given),
    stop: () => {
      setStopping(true)
      wish.current?.make()
    },
    leave: () => {
      current.current?.abort()
      setRun(null)
    },
  }
}

/** What a stream without an end means: one that nobody wanted any more was never begun. */
function endOf(progress: RunProgress, wish: StopWish, unfinished: string): RunProgress {
  const wasDropped = wish.isMade() && progress.runId === undefined
  return wasDropped ? { ...progress, status: 'stopped' } : { ...progress, status: 'failed', error: unfinished }
}
