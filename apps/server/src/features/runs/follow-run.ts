import type { Db } from '@trellis/db'
import type { LiveEvents } from '@trellis/spec'
import { ChannelReader, type StreamPosition } from './channel-reader.ts'
import { endsRun, pausesRun, toBatch } from './event-batch.ts'
import { type ControlMessage, controlChannel } from './host-control.ts'
import { cut, openInbox } from './inbox.ts'
import type { EventBatch, RunChannel } from './run-channel.ts'
import type { RunHost } from './run-host.ts'
import { findEndOfLives, findRunById, listLaterLives, listRunEvents, type RunRow } from './runs.repository.ts'

export interface FollowDependencies {
  readonly db: Db
  readonly liveEvents: LiveEvents
  readonly host: RunHost
}

/** Rows of the journal that are read at once: a reader that does not read must not hold a whole answer. */
const PAGE_ROWS = 50

/** How far a reader goes, and until when. */
interface Following {
  readonly runId: string
  readonly after: StreamPosition | undefined
  readonly signal: AbortSignal
  /** Waits at a pause for the run to go on, however long that takes. */
  readonly followsPauses: boolean
}

/** How long a reader that waits at a pause relies on being told that the run goes on. */
const PAUSED_SILENCE_MS = 5000

/**
 * Events of a run from a position on, until its end or a pause that stands, wherever the run lives: in this process from its channel,
 * in another one through live events with the journal behind them. A position in an earlier life of the run continues at the start of
 * the present one where that begins with the whole text, and else with what came next.
 */
export const followRun = (
  dependencies: FollowDependencies,
  runId: string,
  after: StreamPosition | undefined,
  signal: AbortSignal,
): AsyncGenerator<EventBatch> => follow(dependencies, { runId, after, signal, followsPauses: false })

/** The same until the run's end, over all its pauses. */
export const followToTheEnd = (
  dependencies: FollowDependencies,
  runId: string,
  after: StreamPosition | undefined,
  signal: AbortSignal,
): AsyncGenerator<EventBatch> => follow(dependencies, { runId, after, signal, followsPauses: true })

async function* follow(dependencies: FollowDependencies, following: Following): AsyncGenerator<EventBatch> {
  const { runId, after } = following
  const channel = dependencies.host.findChannel(runId)
  if (channel && (!after || after.epoch === channel.epoch)) yield* readChannel(dependencies, channel, following)
  else yield* followJournal(dependencies, following)
}

/** The same for a run that is known to live here. Where another process takes it over, its next life follows. */
export const followChannel = (
  dependencies: FollowDependencies,
  channel: RunChannel,
  after: StreamPosition | undefined,
  signal: AbortSignal,
): AsyncIterableIterator<EventBatch, undefined> =>
  readChannel(dependencies, channel, { runId: channel.runId, after, signal, followsPauses: false })

function readChannel(
  dependencies: FollowDependencies,
  channel: RunChannel,
  following: Following,
): AsyncIterableIterator<EventBatch, undefined> {
  const { after, signal, followsPauses } = following
  return new ChannelReader({
    channel,
    offset: after ? after.offset + 1 : 0,
    signal,
    followsPauses,
    readStored: (offset) => listRunEvents(dependencies.db, channel.runId, offset, PAGE_ROWS),
    followNextLife: (position) => followJournal(dependencies, { ...following, after: position }),
  })
}

async function* followJournal(dependencies: FollowDependencies, following: Following): AsyncGenerator<EventBatch, undefined> {
  const { db } = dependencies
  const { runId, signal, followsPauses } = following
  const inbox = await openInbox(dependencies.liveEvents, runId, signal)
  try {
    let position = following.after
    while (!signal.aborted) {
      const run = await findRunById(db, runId)
      if (!run) return
      let offset = await findContinuation(db, run, position)
      let isAtPause = false
      const take = (batch: EventBatch): void => {
        offset = batch.firstOffset + batch.events.length
        position = { epoch: batch.epoch, offset: offset - 1 }
        isAtPause = batch.epoch === run.epoch && pausesRun(batch)
      }
      for await (const batch of readJournal(db, runId, offset)) {
        take(batch)
        yield batch
        if (endsRun(batch)) return
      }
      if (run.status === 'paused' && followsPauses) {
        await inbox.next(position?.epoch, offset, PAUSED_SILENCE_MS)
        continue
      }
      // Its end was committed before: the reader has had it already.
      if (run.status !== 'running') return
      // It has paused since.
      if (isAtPause) continue
      if (position) position = { epoch: run.epoch, offset: offset - 1 }
      const channel = dependencies.host.findChannel(runId)
      if (channel?.epoch === run.epoch) {
        yield* readChannel(dependencies, channel, { ...following, after: position })
        return
      }
      await askToPublish(dependencies, run, offset)
      for (let batch = await inbox.next(position?.epoch, offset); batch; batch = await inbox.next(position?.epoch, offset)) {
        take(batch)
        yield batch
        if (endsRun(batch)) return
        if (isAtPause) break
      }
    }
  } finally {
    await inbox.close()
  }
}

/**
 * The offset at which a reader goes on: after what it has, or where a later life tells the whole text anew. What an earlier life told but
 * did not journal is nothing to go on behind: the next life has taken its offsets, though it may not have journalled anything itself yet.
 */
async function findContinuation(db: Db, run: RunRow, position: StreamPosition | undefined): Promise<number> {
  if (!position) return 0
  const next = position.offset + 1
  if (position.epoch === run.epoch) return next
  const anew = (await listLaterLives(db, run.id, position.epoch)).find((row) => toBatch(row).events[0]?.type === 'text-replace')
  return anew?.first_offset ?? Math.min(next, await findEndOfLives(db, run.id, position.epoch))
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
