import type { RunChannel } from './run-channel.ts'
import type { AbortReason } from './run-spec.ts'

/** A run that this process executes. */
export interface LiveRun {
  readonly channel: RunChannel
  readonly controller: AbortController
  /** The journal write under way for this run: batches are written one after the other. */
  writing: Promise<void>
}

export const createLiveRun = (channel: RunChannel): LiveRun => ({
  channel,
  controller: new AbortController(),
  writing: Promise.resolve(),
})

export const abortRun = ({ controller }: LiveRun, reason: AbortReason): void => controller.abort(reason)
