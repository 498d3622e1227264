export type { StreamPosition } from './channel-reader.ts'
export { endInterrupted, type InterruptRows } from './end-interrupted.ts'
export { decodeEvents, foldText } from './event-batch.ts'
export { type FollowDependencies, followChannel, followRun, followToTheEnd } from './follow-run.ts'
export { controlChannel } from './host-control.ts'
export { LOOK_AGAIN } from './inbox.ts'
export { oneWriter, RefusedWriteError, severalWriters } from './journal.ts'
export { deleteOldJournals } from './journal-retention.ts'
export { createReaper, type Reaper } from './reaper.ts'
export { type Ask, type Begun, beginOnce, type Claim, deleteOldAsks } from './run-asks.ts'
export { type EventBatch, RunChannel } from './run-channel.ts'
export { createRunHost, type RunHost } from './run-host.ts'
export type { HandedOver, RunOutcome, WorkflowOutcome } from './run-outcome.ts'
export { runEventsChannel } from './run-publisher.ts'
export type { AbortReason, RunContext, RunSpec } from './run-spec.ts'
export {
  claimRun,
  findLastEvents,
  findRunById,
  findRunByMessage,
  findRunByTask,
  hasJournal,
  listRunEvents,
  type RunEventsRow,
  type RunRow,
  requestStop,
  storeRunInputs,
} from './runs.repository.ts'
export { type TakeUpPlace, toTakeUpPlace } from './take-up-place.ts'
