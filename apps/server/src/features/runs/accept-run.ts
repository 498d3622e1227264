import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import { executeRun, type Pending } from './execute-run.ts'
import type { LiveRun } from './live-run.ts'
import { type AnyOutcome, type RunOutcome, toRunFinish, toTerminalEvent } from './run-outcome.ts'
import type { RunContext, RunSpec } from './run-spec.ts'
import type { RunWriter } from './run-writer.ts'
import { noWorkflow, type RunRow, toFinishColumns } from './runs.repository.ts'

export interface AcceptDependencies {
  readonly hostId: string
  readonly writer: RunWriter
  readonly clock: Clock
  readonly logger: Logger
}

/** A run that is in the journal: over already, at work, or with its work not begun. */
export type Acceptance<Outcome extends AnyOutcome> =
  | { readonly isOver: true; readonly outcome: Outcome | RunOutcome; readonly endedAtMs: number }
  | { readonly isOver: false; readonly pending: Pending<Outcome> | undefined }

/** Makes a new run durable, with all that it came to in its first turn where it is eager. */
export async function acceptRun<Outcome extends AnyOutcome>(
  dependencies: AcceptDependencies,
  spec: RunSpec<Outcome>,
  { live, context }: { readonly live: LiveRun; readonly context: RunContext },
): Promise<Acceptance<Outcome>> {
  const accepted = Promise.withResolvers<void>()
  // What executes early waits at its checkpoints until the run is accepted.
  live.writing = accepted.promise
  live.channel.append(spec.started ?? { type: 'run-start', createdAtMs: spec.run.created_at })
  const early = spec.isEager ? executeRun(dependencies.logger, spec, context) : undefined
  try {
    if (early?.isOver) return await acceptWhole(dependencies, spec, { live, outcome: early.outcome })
    const { accept } = spec
    const count = live.channel.nextOffset
    await dependencies.writer.writeAcceptance(live, { newRun: toNewRow(dependencies.hostId, spec), ...(accept ? { project: accept } : {}) })
    live.channel.markJournalled(count)
  } catch (error) {
    live.abort('lost')
    accepted.reject(error)
    throw error
  } finally {
    accepted.promise.catch(() => undefined)
  }
  accepted.resolve()
  return { isOver: false, pending: early?.pending }
}

/** A run that came to its end in its first turn: it is accepted and ended by one write. */
async function acceptWhole<Outcome extends AnyOutcome>(
  { hostId, writer, clock }: AcceptDependencies,
  spec: RunSpec<Outcome>,
  { live, outcome }: { readonly live: LiveRun; readonly outcome: Outcome | RunOutcome },
): Promise<Acceptance<Outcome>> {
  const { accept } = spec
  const finish = (spec.leavesRows?.(outcome) ?? true) ? spec.finish : undefined
  live.channel.append(toTerminalEvent(outcome))
  const now = clock.now()
  await writer.writeAcceptance(live, {
    newRun: { ...toNewRow(hostId, spec), ...toFinishColumns(toRunFinish(outcome, now)) },
    ...(accept || finish
      ? {
          project: async (db: Db) => {
            await accept?.(db)
            await finish?.(db, outcome)
          },
        }
      : {}),
  })
  // Not marked as journalled: whoever it is for finds all of it in memory, and the database is not asked for what was just written.
  live.channel.end()
  return { isOver: true, outcome, endedAtMs: now }
}

const toNewRow = (hostId: string, { run }: { readonly run: RunSpec['run'] }): RunRow => ({
  ...noWorkflow,
  ...run,
  status: 'running',
  stop_requested_at: null,
  error_code: null,
  error: null,
  total_tokens: 0,
  ledger: null,
  finished_at: null,
  host_id: hostId,
  epoch: 0,
})
