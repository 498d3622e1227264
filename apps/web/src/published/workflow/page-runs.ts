import { ApiError } from '@trellis/client'
import type { WorkflowEvent } from '@trellis/contracts'
import { askUntilTaken } from '../api/ask-until-taken.ts'
import type { Pause } from '../api/follow-message.ts'
import { followRun, type RunPlace } from '../api/follow-run.ts'
import { type Ask, createKeptAsks } from '../api/kept-asks.ts'
import { sendStop } from '../api/send-stop.ts'
import type { WebAppApi } from '../api/web-app-api.ts'
import type { KeyValueStore } from '../storage.ts'

/** The form as it was filled in; kept by the tab until the server has taken it. */
interface RunAsk {
  readonly inputs: Record<string, unknown>
  /** Nobody wants it any more: where it was taken, it is stopped. */
  readonly isStopped?: boolean
}

/** A new run of the form, or the one that this tab has asked for or begun before a reload. */
export type PageRun = Pick<RunAsk, 'inputs'> | { readonly asked: Ask<RunAsk> } | { readonly kept: RunPlace }

export interface PageRunsDependencies {
  readonly api: Pick<WebAppApi, 'runWorkflow' | 'followWorkflow' | 'stopWorkflow'>
  readonly code: string
  /** A run outlives a reload of the tab. */
  readonly tabStore: KeyValueStore
  readonly onConnection: (isConnected: boolean) => void
  readonly pause: Pause
}

export interface PageRuns {
  /** The newest run of this tab: one that was asked for, or one that has begun, from behind its first frame. */
  takeUp(): PageRun | undefined
  /**
   * Throws what kept the run from beginning; connections that are lost later are made anew. One that is dropped before it left ends
   * without a frame.
   */
  start(run: PageRun, signal: AbortSignal): AsyncGenerator<WorkflowEvent>
  /** Nobody wants the run that is asked for. Where it may have been taken, whoever reads it stops it by the name in its first frame. */
  drop(): void
  stop(taskId: string): Promise<void>
}

export function createPageRuns({ api, code, tabStore, onConnection, pause }: PageRunsDependencies): PageRuns {
  const key = `trellis.run.${code}`
  const asks = createKeptAsks<RunAsk>({ code, tabStore })
  let following: AbortSignal | undefined
  let asked: Ask<RunAsk> | undefined
  let newest: Ask<RunAsk> | undefined
  let dropped: Ask<RunAsk> | undefined
  const waiting = (signal: AbortSignal) => (attempt: number) => pause(attempt, signal)
  const send = (ask: Ask<RunAsk>, signal: AbortSignal, isWanted: () => boolean) => {
    const open = (askId: string) => api.runWorkflow(ask.what.inputs, { askId, signal })
    return askUntilTaken({ ask, open, pause: waiting(signal), onConnection, isWanted })
  }
  return {
    takeUp() {
      const left = asks.takeUp().map((ask) => ({ ...ask, what: toRunAsk(ask.what) }))
      // Where effects run twice, as in development, the second one finds it as well.
      asked = left.at(-1) ?? asked
      for (const ask of left) if (ask !== asked) ask.forget()
      const kept = asked ? undefined : readPlace(tabStore.read(key))
      return asked ? { asked } : kept && { kept }
    },
    async *start(run, signal) {
      following = signal
      const place = 'kept' in run ? run.kept : undefined
      if (!place) tabStore.write(key, undefined)
      const resume = (place: RunPlace) => api.followWorkflow(place, signal)
      let neverLeft = false
      const open = () => {
        if ('kept' in run) return resume(run.kept)
        const ask = 'asked' in run ? run.asked : asks.begin(run)
        newest = ask
        // Asked only where the server cannot have it.
        return send(ask, signal, () => {
          neverLeft = dropped === ask
          return !neverLeft
        })
      }
      let isKept = place !== undefined
      try {
        const frames = followRun({ open, resume, place, pause: waiting(signal), onConnection })
        for await (const { id, event } of frames) {
          if (!isKept) tabStore.write(key, JSON.stringify({ runId: event.workflow_run_id, lastEventId: id }))
          isKept = true
          yield event
        }
      } catch (error) {
        if (neverLeft) return
        if (error instanceof ApiError && error.status === 404) tabStore.write(key, undefined)
        throw error
      } finally {
        if (following === signal) following = undefined
      }
    },
    drop() {
      dropped = newest
      newest?.change({ ...newest.what, isStopped: true })
    },
    async stop(taskId) {
      const signal = following
      if (!signal) return
      await sendStop({ stop: () => api.stopWorkflow(taskId), isOpen: () => following === signal, pause: waiting(signal) })
    },
  }
}

/** Tabs that a page of before the upgrade left have the form itself, where now it stands beside what became of it. */
function toRunAsk(what: RunAsk | Record<string, unknown>): RunAsk {
  const { inputs, isStopped: _, ...others } = what
  const isNow = typeof inputs === 'object' && inputs !== null && !Array.isArray(inputs) && Object.keys(others).length === 0
  return isNow ? (what as RunAsk) : { inputs: what as Record<string, unknown> } // told apart by the line before
}

function readPlace(text = 'null'): RunPlace | undefined {
  try {
    // Written by this page alone; a broken text means none.
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}
