import { useEffect, useState } from 'react'
import { useWorkflowRun } from '../../features/workflow/useWorkflowRun.ts'
import { backOff } from '../api/follow-message.ts'
import { usePublishedApp } from '../published-app.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { createPageRuns, type PageRun } from './page-runs.ts'

/** The run of this page; one that was asked for or begun before a reload is gone on with. */
export function usePageRun() {
  const { api, address, tabStore, reachability } = usePublishedApp()
  const textOf = useVisitorErrorText()
  const [runs] = useState(() => createPageRuns({ api, code: address.code, tabStore, onConnection: reachability.report, pause: backOff }))
  const state = useWorkflowRun<PageRun>({ start: runs.start, stop: runs.stop, textOf })
  const stop = () => {
    runs.drop()
    state.stop()
  }
  // Only once: whatever is given later does the same.
  const [first] = useState(() => ({ start: state.start, stop }))
  useEffect(() => {
    const run = runs.takeUp()
    if (run) first.start(run)
    if (run && 'asked' in run && run.asked.what.isStopped) first.stop()
  }, [runs, first])
  return { ...state, stop }
}
