import { ApiError } from '@trellis/client'
import type { WorkflowEvent } from '@trellis/contracts'
import { askUntilTaken } from '../api/ask-until-taken.ts'
import type { Pause } from '../api/follow-message.ts'
import { followRun, type RunPlace } from '../api/follow-run.ts'
import { sendStop } from '../api/send-stop.ts'
import type { WebAppApi } from '../api/web-app-api.ts'
import type { KeyValueStore } from '../storage.ts'

/** A new run of the form as it was filled in, or the one that this tab has begun before a reload. */
export type PageRun = { readonly inputs: Record<string, unknown> } | { readonly kept: RunPlace }

export interface PageRunsDependencies {
  readonly api: Pick<WebAppApi, 'runWorkflow' | 'followWorkflow' | 'stopWorkflow'>
  readonly code: string
  /** A run outlives a reload of the tab. */
  readonly tabStore: KeyValueStore
  readonly onConnection: (isConnected: boolean) => void
  readonly pause: Pause
}

export interface PageRuns {
  /** The newest run of this tab, from behind its first frame. */
  findKept(): RunPlace | undefined
  /** Throws what kept the run from beginning; connections that are lost later are made anew. */
  start(run: PageRun, signal: AbortSignal): AsyncGenerator<WorkflowEvent>
  stop(taskId: string): Promise<void>
}

export function createPageRuns({ api, code, tabStore, onConnection, pause }: PageRunsDependencies): PageRuns {
  const key = `trellis.run.${code}`
  let following: AbortSignal | undefined
  const waiting = (signal: AbortSignal) => (attempt: number) => pause(attempt, signal)
  return {
    findKept() {
      try {
        // Written by this page alone; a broken text means none.
        return JSON.parse(tabStore.read(key) ?? 'null') ?? undefined
      } catch {
        return undefined
      }
    },
    async *start(run, signal) {
      following = signal
      const isNew = 'inputs' in run
      if (isNew) tabStore.write(key, undefined)
      const open = isNew
        ? () => askUntilTaken({ open: (askId) => api.runWorkflow(run.inputs, { askId, signal }), pause: waiting(signal), onConnection })
        : () => api.followWorkflow(run.kept, signal)
      const resume = (place: RunPlace) => api.followWorkflow(place, signal)
      let isKept = !isNew
      try {
        const frames = followRun({ open, resume, place: isNew ? undefined : run.kept, pause: waiting(signal), onConnection })
        for await (const { id, event } of frames) {
          if (!isKept) tabStore.write(key, JSON.stringify({ runId: event.workflow_run_id, lastEventId: id }))
          isKept = true
          yield event
        }
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) tabStore.write(key, undefined)
        throw error
      } finally {
        if (following === signal) following = undefined
      }
    },
    async stop(taskId) {
      const signal = following
      if (!signal) return
      await sendStop({ stop: () => api.stopWorkflow(taskId), isOpen: () => following === signal, pause: waiting(signal) })
    },
  }
}
