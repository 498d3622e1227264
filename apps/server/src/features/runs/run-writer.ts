import type { RunEvent } from '@trellis/contracts'
import { type Db, isUniqueViolation } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import { encodeBatch } from './event-batch.ts'
import { type Journal, type JournalWrite, RefusedWriteError } from './journal.ts'
import type { LiveRun } from './live-run.ts'
import type { EventBatch } from './run-channel.ts'
import { findRunById, listRunEvents, type RunEventsRow } from './runs.repository.ts'

export interface RunWriterDependencies {
  readonly db: Db
  readonly journal: Journal
  readonly clock: Clock
  readonly logger: Logger
}

/** The last event of a life, and the statements that go with it. */
export interface RunEnd {
  readonly terminal: RunEvent
  readonly project: (db: Db) => Promise<void>
}

/** A write came too late: the run has been taken over, or has ended. */
export class RunLostError extends RefusedWriteError {}

/** Brings what live runs told into the journal, the batches of one run one after the other. */
export class RunWriter {
  readonly #dependencies: RunWriterDependencies

  constructor(dependencies: RunWriterDependencies) {
    this.#dependencies = dependencies
  }

  /** The first write of a run, with its row and all that it told by now. */
  async writeAcceptance({ channel }: LiveRun, acceptance: Pick<JournalWrite, 'newRun' | 'project'>): Promise<void> {
    await this.#dependencies.journal.write({ rows: [this.#toRow(channel.runId, channel.unjournalled())], ...acceptance })
  }

  /** Journals what has not been, and the run's last event with it where it ends. */
  async writeTail(live: LiveRun, end?: RunEnd): Promise<void> {
    const write = live.writing.then(async () => {
      const { channel } = live
      const tail = channel.unjournalled()
      const events = end ? [...tail.events, end.terminal] : tail.events
      if (events.length === 0) return
      await this.#dependencies.journal.write({
        rows: [this.#toRow(channel.runId, { ...tail, events })],
        ...(end ? { project: end.project } : {}),
      })
      if (end) channel.append(end.terminal)
      channel.markJournalled(tail.firstOffset + events.length)
    })
    live.writing = write.catch(() => undefined)
    await write
  }

  /**
   * After a write that met rows of its own place: whether another process has taken the run over, or the commit of an earlier write
   * succeeded though its answer was lost.
   */
  async compare({ channel }: LiveRun, error: unknown): Promise<'ours' | 'ended' | 'lost'> {
    if (!isUniqueViolation(error) && !(error instanceof RunLostError)) return 'ours'
    const { db, logger } = this.#dependencies
    try {
      const run = await findRunById(db, channel.runId)
      if (run?.epoch !== channel.epoch) return 'lost'
      if (run.status !== 'running') return 'ended'
      const last = (await listRunEvents(db, channel.runId, channel.journalled)).at(-1)
      if (last) channel.markJournalled(last.first_offset + last.event_count)
    } catch (cause) {
      logger.error({ err: cause, runId: channel.runId }, 'The journal of a run could not be read')
    }
    return 'ours'
  }

  #toRow(runId: string, batch: EventBatch): RunEventsRow {
    return {
      run_id: runId,
      first_offset: batch.firstOffset,
      epoch: batch.epoch,
      event_count: batch.events.length,
      events: encodeBatch(batch.events),
      created_at: this.#dependencies.clock.now(),
    }
  }
}
