import { useQueryClient } from '@tanstack/react-query'
import type { WorkflowEvent } from '@trellis/contracts'
import { useEffect } from 'react'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { useWorkflowRun } from '../useWorkflowRun.ts'

/** A run of one's own in the console, however it is started. Lists and steps are read anew when it has come to something. */
export function useConsoleRun<Given = Record<string, unknown>>(
  app: App,
  start: (given: Given, signal: AbortSignal) => AsyncIterable<WorkflowEvent>,
) {
  const api = useApi()
  const textOf = useErrorText()
  const queryClient = useQueryClient()
  const state = useWorkflowRun<Given>({
    start,
    stop: (taskId) => api.workflows.stop(app.id, taskId),
    follow: api.workflows.follow,
    textOf,
  })
  const { isRunning } = state
  useEffect(() => {
    if (isRunning) return
    for (const key of ['workflow-runs', 'workflow-step']) void queryClient.invalidateQueries({ queryKey: [key, app.id] })
  }, [isRunning, queryClient, app.id])
  return state
}
