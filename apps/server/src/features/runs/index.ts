export type { StreamPosition } from './channel-reader.ts'
export { foldText } from './event-batch.ts'
export { type FollowDependencies, followChannel, followRun } from './follow-run.ts'
export { oneWriter, severalWriters } from './journal.ts'
export { deleteOldJournals } from './journal-retention.ts'
export { createReaper, type Reaper } from './reaper.ts'
export { type EventBatch, RunChannel } from './run-channel.ts'
export {
  type AbortReason,
  controlChannel,
  createRunHost,
  type RunContext,
  type RunHost,
} from './run-host.ts'
export type { RunOutcome } from './run-outcome.ts'
export { findRunById, findRunByMessage, findRunByTask, hasJournal, type RunRow, requestStop } from './runs.repository.ts'
