import type { Db } from '@trellis/db'
import type { LiveEvents } from '@trellis/spec'
import { ChannelReader, type StreamPosition } from './channel-reader.ts'
import { endsRun, toBatch } from './event-batch.ts'
import { type ControlMessage, controlChannel } from './host-control.ts'
import { cut, openInbox } from './inbox.ts'
import type { EventBatch, RunChannel } from './run-channel.ts'
import type { RunHost } from './run-host.ts'
import { findEpochStart, findRunById, listRunEvents, type RunRow } from './runs.repository.ts'

export interface FollowDependencies {
  readonly db: Db
  readonly liveEvents: LiveEvents
  readonly host: RunHost
}

/** Rows of the journal that are read at once: a reader that does not read must not hold a whole answer. */
const PAGE_ROWS = 50

/**
 * Events of a run from a position on, until its end, wherever the run lives: in this process from its channel, in another one
 * through live events with the journal behind them. A position in an earlier life of the run continues at the start of the present
 * one, whose first event tells the whole text.
 */
export async function* followRun(
  dependencies: FollowDependencies,
  runId: string,
  after: StreamPosition | undefined,
  signal: AbortSignal,
): AsyncGenerator<EventBatch> {
  const channel = dependencies.host.findChannel(runId)
  if (channel && (!after || after.epoch === channel.epoch)) yield* followChannel(dependencies, channel, after, signal)
  else yield* followJournal(dependencies, runId, after, signal)
}

/** The same for a run that is known to live here. Where another process takes it over, its next life follows. */
export function followChannel(
  dependencies: FollowDependencies,
  channel: RunChannel,
  after: StreamPosition | undefined,
  signal: AbortSignal,
): AsyncIterableIterator<EventBatch, undefined> {
  return new ChannelReader({
    channel,
    offset: after ? after.offset + 1 : 0,
    signal,
    readStored: (offset) => listRunEvents(dependencies.db, channel.runId, offset, PAGE_ROWS),
    followNextLife: (position) => followJournal(dependencies, channel.runId, position, signal),
  })
}

async function* followJournal(
  dependencies: FollowDependencies,
  runId: string,
  after: StreamPosition | undefined,
  signal: AbortSignal,
): AsyncGenerator<EventBatch, undefined> {
  const { db } = dependencies
  const inbox = await openInbox(dependencies.liveEvents, runId, signal)
  try {
    let position = after
    while (!signal.aborted) {
      const run = await findRunById(db, runId)
      if (!run) return
      let offset = await findContinuation(db, run, position)
      const take = (batch: EventBatch): void => {
        offset = batch.firstOffset + batch.events.length
        position = { epoch: batch.epoch, offset: offset - 1 }
      }
      for await (const batch of readJournal(db, runId, offset)) {
        take(batch)
        yield batch
        if (endsRun(batch)) return
      }
      // Its end was committed before: the reader has had it already.
      if (run.status !== 'running') return
      await askToPublish(dependencies, run, offset)
      for (let batch = await inbox.next(position?.epoch, offset); batch; batch = await inbox.next(position?.epoch, offset)) {
        take(batch)
        yield batch
        if (endsRun(batch)) return
      }
    }
  } finally {
    await inbox.close()
  }
}

/** The offset at which a reader goes on: after what it has, or at the start of a life that it has nothing of. */
async function findContinuation(db: Db, run: RunRow, position: StreamPosition | undefined): Promise<number> {
  if (!position) return 0
  const next = position.offset + 1
  if (position.epoch === run.epoch) return next
  return (await findEpochStart(db, run.id, run.epoch)) ?? next
}

async function* readJournal(db: Db, runId: string, fromOffset: number): AsyncGenerator<EventBatch> {
  let offset = fromOffset
  for (let count = PAGE_ROWS; count === PAGE_ROWS; ) {
    const rows = await listRunEvents(db, runId, offset, PAGE_ROWS)
    for (const row of rows) {
      const batch = cut(toBatch(row), offset)
      offset = batch.firstOffset + batch.events.length
      yield batch
    }
    count = rows.length
  }
}

/** Messages may get lost, and so may this: it is repeated as long as nothing comes, and the journal has it all. */
const askToPublish = ({ liveEvents }: FollowDependencies, run: RunRow, offset: number): Promise<void> =>
  liveEvents
    .publish(controlChannel(run.host_id), JSON.stringify({ type: 'follow', runId: run.id, offset } satisfies ControlMessage))
    .catch(() => undefined)
