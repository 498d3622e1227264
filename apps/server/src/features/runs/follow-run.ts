import { isTerminalEvent } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { LiveEvents } from '@trellis/spec'
import { z } from 'zod'
import { decodeBatch } from './event-batch.ts'
import type { EventBatch, RunChannel } from './run-channel.ts'
import { type ControlMessage, controlChannel, type RunHost, runEventsChannel } from './run-host.ts'
import { findEpochStart, findRunById, listRunEvents, type RunEventsRow } from './runs.repository.ts'

/** Where a reader stopped: the life of the run and the offset of the last event that it has. */
export interface StreamPosition {
  readonly epoch: number
  readonly offset: number
}

export interface FollowDependencies {
  readonly db: Db
  readonly liveEvents: LiveEvents
  readonly host: RunHost
}

/** How often a reader in another process looks into the journal when no message comes. */
const POLL_INTERVAL_MS = 1000

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
  if (channel && (!after || after.epoch === channel.epoch)) {
    yield* followChannel(dependencies, channel, after ? after.offset + 1 : 0, signal)
    return
  }
  yield* followJournal(dependencies, runId, after, signal)
}

export async function* followChannel(
  { db }: Pick<FollowDependencies, 'db'>,
  channel: RunChannel,
  fromOffset: number,
  signal: AbortSignal,
): AsyncGenerator<EventBatch> {
  let offset = fromOffset
  while (!signal.aborted) {
    const batch = channel.read(offset)
    if (!batch) {
      for (const row of await listRunEvents(db, channel.runId, offset)) {
        const stored = cut(toBatch(row), offset)
        offset = stored.firstOffset + stored.events.length
        yield stored
      }
      continue
    }
    if (batch.events.length > 0) {
      offset += batch.events.length
      yield batch
    } else if (channel.isEnded) return
    else await channel.waitBeyond(offset)
  }
}

async function* followJournal(
  dependencies: FollowDependencies,
  runId: string,
  after: StreamPosition | undefined,
  signal: AbortSignal,
): AsyncGenerator<EventBatch> {
  const { db } = dependencies
  const inbox = await openInbox(dependencies.liveEvents, runId, signal)
  try {
    let position = after
    let askedHost: string | undefined
    while (!signal.aborted) {
      const run = await findRunById(db, runId)
      if (!run) return
      let offset = position ? position.offset + 1 : 0
      if (position && position.epoch !== run.epoch) offset = (await findEpochStart(db, runId, run.epoch)) ?? offset
      for (const row of await listRunEvents(db, runId, offset)) {
        const batch = cut(toBatch(row), offset)
        yield batch
        offset = batch.firstOffset + batch.events.length
        position = { epoch: batch.epoch, offset: offset - 1 }
        if (endsRun(batch)) return
      }
      if (run.status === 'running' && askedHost !== run.host_id) {
        askedHost = run.host_id
        await dependencies.liveEvents.publish(
          controlChannel(run.host_id),
          JSON.stringify({ type: 'follow', runId, offset } satisfies ControlMessage),
        )
      }
      for await (const batch of inbox.read(POLL_INTERVAL_MS)) {
        // A gap, or another life: the journal knows.
        if (batch.firstOffset > offset || (position && batch.epoch !== position.epoch)) break
        const news = cut(batch, offset)
        if (news.events.length === 0) continue
        yield news
        offset = news.firstOffset + news.events.length
        position = { epoch: news.epoch, offset: offset - 1 }
        if (endsRun(news)) return
      }
    }
  } finally {
    await inbox.close()
  }
}

const endsRun = (batch: EventBatch): boolean => batch.events.some(isTerminalEvent)

const toBatch = (row: RunEventsRow): EventBatch => ({ epoch: row.epoch, firstOffset: row.first_offset, events: decodeBatch(row.events) })

/** The part of a batch from the offset on. */
function cut(batch: EventBatch, offset: number): EventBatch {
  if (batch.firstOffset >= offset) return batch
  return { ...batch, firstOffset: offset, events: batch.events.slice(offset - batch.firstOffset) }
}

const publishedBatch = z.object({ epoch: z.number(), firstOffset: z.number(), events: z.array(z.unknown()) })

interface Inbox {
  /** Batches as they come; ends after `silenceMs` without one. */
  read(silenceMs: number): AsyncGenerator<EventBatch>
  close(): Promise<void>
}

async function openInbox(liveEvents: LiveEvents, runId: string, signal: AbortSignal): Promise<Inbox> {
  let batches: EventBatch[] = []
  let wake: (() => void) | undefined
  const unsubscribe = await liveEvents.subscribe(runEventsChannel(runId), (text) => {
    const parsed = publishedBatch.safeParse(JSON.parse(text))
    // Our own processes alone write here, and they write run events.
    if (parsed.success) batches.push(parsed.data as EventBatch)
    wake?.()
  })
  const onAbort = (): void => wake?.()
  signal.addEventListener('abort', onAbort, { once: true })
  const waitForOne = (silenceMs: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, silenceMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (batches.length > 0 || signal.aborted) wake()
    })
  return {
    async *read(silenceMs) {
      while (true) {
        await waitForOne(silenceMs)
        if (batches.length === 0) return
        const taken = batches
        batches = []
        yield* taken
      }
    },
    async close() {
      signal.removeEventListener('abort', onAbort)
      await unsubscribe()
    },
  }
}
