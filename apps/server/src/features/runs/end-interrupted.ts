import { AppError, type RunEvent } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { decodeBatch, encodeBatch, foldText } from './event-batch.ts'
import type { RunHost } from './run-host.ts'
import { type RunOutcome, toRunFinish, toTerminalEvent } from './run-outcome.ts'
import { finishRun, type RunEventsRow, type RunRow } from './runs.repository.ts'

/** Rows that a run's interruption changes, by its kind (the message that it was writing, forms that it waited for). */
export type InterruptRows = (db: Db, run: RunRow, text: string, outcome: RunOutcome) => Promise<void>

export interface EndInterruptedDependencies {
  readonly clock: Clock
  readonly host: Pick<RunHost, 'journal'>
  readonly interrupt: InterruptRows
}

/** Ends a run that was claimed and cannot go on, with the truth: the text as the journal has it, which it returns, and that it was interrupted. */
export async function endInterrupted(
  { clock, host, interrupt }: EndInterruptedDependencies,
  run: RunRow,
  batches: readonly RunEventsRow[],
): Promise<string> {
  const text = batches.reduce((folded, row) => foldText(folded, decodeBatch(row.events)), '')
  const last = batches.at(-1)
  const outcome: RunOutcome = { status: 'interrupted', error: new AppError('run_interrupted') }
  const events: RunEvent[] = [{ type: 'text-replace', text, reason: '' }, toTerminalEvent(outcome)]
  await host.journal.write({
    rows: [
      {
        run_id: run.id,
        first_offset: last ? last.first_offset + last.event_count : 0,
        epoch: run.epoch,
        event_count: events.length,
        events: encodeBatch(events),
        created_at: clock.now(),
      },
    ],
    project: async (db) => {
      if (await finishRun(db, { id: run.id, epoch: run.epoch }, toRunFinish(outcome, clock.now()))) await interrupt(db, run, text, outcome)
    },
  })
  return text
}
