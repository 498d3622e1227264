import { type Db, isUniqueViolation } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { RunRow } from './runs.repository.ts'

/** The name that a visitor's page gives to something it asks for. Sent again by the same name, it is the same ask. */
export interface Ask {
  readonly id: string
  readonly tenantId: string
  readonly endUserId: string
}

/** Written in the transaction that accepts a run; where it throws, there is no run. */
export type Claim = (db: Db, runId: string) => Promise<void>

/** A run that was begun just now, or the one that the same ask began before. */
export type Begun<Started> = { readonly started: Started; readonly run?: never } | { readonly started?: never; readonly run: RunRow }

interface AskDependencies {
  readonly db: Db
  readonly clock: Clock
}

/** Whoever has not been told by then whether an ask was taken has closed the page. */
const KEPT_MS = 24 * 3_600_000

/**
 * Starts what is asked for, unless the same ask has begun a run already: in this process or another, now or before. Of several that
 * come at once the claim of one is kept, and the others get its run.
 */
export async function beginOnce<Started>(
  { db, clock }: AskDependencies,
  ask: Ask | undefined,
  start: (claim: Claim | undefined) => Promise<Started>,
): Promise<Begun<Started>> {
  if (!ask) return { started: await start(undefined) }
  const known = await findRunByAsk(db, ask)
  if (known) return { run: known }
  try {
    return { started: await start((db, runId) => insertRunAsk(db, ask, { runId, now: clock.now() })) }
  } catch (error) {
    const run = isUniqueViolation(error) ? await findRunByAsk(db, ask) : undefined
    if (!run) throw error
    return { run }
  }
}

export const deleteOldAsks = async ({ db, clock }: AskDependencies): Promise<void> => {
  await db
    .deleteFrom('run_asks')
    .where('created_at', '<', clock.now() - KEPT_MS)
    .execute()
}

const findRunByAsk = (db: Db, { id, endUserId }: Ask): Promise<RunRow | undefined> =>
  db
    .selectFrom('run_asks')
    .innerJoin('runs', 'runs.id', 'run_asks.run_id')
    .selectAll('runs')
    .where('end_user_id', '=', endUserId)
    .where('ask_id', '=', id)
    .executeTakeFirst()

async function insertRunAsk(
  db: Db,
  { id, tenantId, endUserId }: Ask,
  { runId, now }: { readonly runId: string; readonly now: number },
): Promise<void> {
  await db
    .insertInto('run_asks')
    .values({ end_user_id: endUserId, ask_id: id, tenant_id: tenantId, run_id: runId, created_at: now })
    .execute()
}
