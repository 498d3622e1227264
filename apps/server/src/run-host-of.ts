import type { Clock } from '@trellis/spec'
import type { ComposeOptions } from './compose.ts'
import { closeFormsOfRun } from './features/human-input/index.ts'
import { createRunHost, type InterruptRows, oneWriter, type RunHost, severalWriters } from './features/runs/index.ts'
import { interruptMessage } from './features/turns/index.ts'

export const openRunHost = ({ platform, metrics }: Pick<ComposeOptions, 'platform' | 'metrics'>): Promise<RunHost> =>
  createRunHost({
    db: platform.database.db,
    journal: platform.database.type === 'sqlite' ? oneWriter : severalWriters,
    liveEvents: platform.cache.liveEvents,
    clock: platform.clock,
    logger: platform.logger,
    isToldAway: platform.isToldAway,
    onStarted: ({ kind }) => metrics.runStarted({ mode: kind }),
    onFinished: ({ kind, status, seconds }) => metrics.runFinished({ mode: kind, outcome: status, seconds }),
  })

/** What else is told to have ended where a run cannot go on: its message, and the forms that it waited for. */
export const interruptRows =
  (clock: Clock): InterruptRows =>
  async (db, run, text, outcome) => {
    await interruptMessage(db, run, text, outcome)
    if (run.workflow_id !== null) await closeFormsOfRun(db, run.id, clock.now())
  }
