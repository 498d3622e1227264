import type { Db } from '@trellis/db'

/** A window of a budget, by which its figures are kept. */
export interface BookKey {
  readonly budgetId: string
  readonly startsAt: number
}

/** What is reserved in a window by one process. */
export interface HoldRow {
  readonly holder_id: string
  readonly reserved_nano: number
  readonly sent_nano: number
  readonly expires_at: number
}

/** Makes whoever else changes the window wait until the transaction ends. False: nothing was called in it yet. */
export async function lockBook(db: Db, { budgetId, startsAt }: BookKey): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('budget_windows')
    .set((row) => ({ used_nano: row.ref('used_nano') }))
    .where('budget_id', '=', budgetId)
    .where('starts_at', '=', startsAt)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const openBook = async (db: Db, { budgetId, startsAt }: BookKey, usedNano: number): Promise<void> => {
  await db
    .insertInto('budget_windows')
    .values({ budget_id: budgetId, starts_at: startsAt, used_nano: usedNano, refused_calls: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export const findBook = (db: Db, { budgetId, startsAt }: BookKey) =>
  db
    .selectFrom('budget_windows')
    .select(['used_nano', 'refused_calls'])
    .where('budget_id', '=', budgetId)
    .where('starts_at', '=', startsAt)
    .executeTakeFirst()

export const listHolds = (db: Db, { budgetId, startsAt }: BookKey): Promise<HoldRow[]> =>
  db
    .selectFrom('budget_holds')
    .select(['holder_id', 'reserved_nano', 'sent_nano', 'expires_at'])
    .where('budget_id', '=', budgetId)
    .where('starts_at', '=', startsAt)
    .execute()

export const writeBook = async (
  db: Db,
  { budgetId, startsAt }: BookKey,
  book: { readonly usedNano: number; readonly refusedCalls: number },
): Promise<void> => {
  await db
    .updateTable('budget_windows')
    .set({ used_nano: book.usedNano, refused_calls: book.refusedCalls })
    .where('budget_id', '=', budgetId)
    .where('starts_at', '=', startsAt)
    .execute()
}

export const writeHold = async (db: Db, { budgetId, startsAt }: BookKey, hold: HoldRow): Promise<void> => {
  const { holder_id: _, ...change } = hold
  await db
    .insertInto('budget_holds')
    .values({ budget_id: budgetId, starts_at: startsAt, ...hold })
    .onConflict((conflict) => conflict.columns(['budget_id', 'starts_at', 'holder_id']).doUpdateSet(change))
    .execute()
}

export const deleteHolds = async (db: Db, { budgetId, startsAt }: BookKey, holderIds: readonly string[]): Promise<void> => {
  if (holderIds.length === 0) return
  await db
    .deleteFrom('budget_holds')
    .where('budget_id', '=', budgetId)
    .where('starts_at', '=', startsAt)
    .where('holder_id', 'in', holderIds)
    .execute()
}

export const renewHolds = async (db: Db, holderId: string, expiresAt: number): Promise<void> => {
  await db.updateTable('budget_holds').set({ expires_at: expiresAt }).where('holder_id', '=', holderId).execute()
}
