import type { BudgetsTable, Db } from '@trellis/db'

export type BudgetRow = BudgetsTable

/** What `listBudgets` reads. */
export const budgetTables = ['budgets'] as const

/** Oldest first. */
export const listBudgets = (db: Db, tenantId: string): Promise<BudgetRow[]> =>
  db.selectFrom('budgets').selectAll().where('tenant_id', '=', tenantId).orderBy('id').execute()

export const listBudgetsById = (db: Db, ids: readonly string[]): Promise<BudgetRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : db.selectFrom('budgets').selectAll().where('id', 'in', ids).execute()

export const findBudget = (db: Db, tenantId: string, id: string): Promise<BudgetRow | undefined> =>
  db.selectFrom('budgets').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()

export const insertBudget = async (db: Db, budget: BudgetRow): Promise<void> => {
  await db.insertInto('budgets').values(budget).execute()
}

export type BudgetChange = Partial<
  Pick<BudgetRow, 'amount_nano' | 'period' | 'timezone' | 'warn_percent' | 'stops' | 'refuses_unpriced' | 'updated_at'>
>

export const updateBudget = async (db: Db, { id, change }: { readonly id: string; readonly change: BudgetChange }): Promise<void> => {
  await db.updateTable('budgets').set(change).where('id', '=', id).execute()
}

/** With all that is known of its windows: these first, as the desk locks them before what is held in them. */
export async function deleteBudget(db: Db, id: string): Promise<void> {
  await db.deleteFrom('budget_windows').where('budget_id', '=', id).execute()
  await db.deleteFrom('budget_holds').where('budget_id', '=', id).execute()
  await db.deleteFrom('budgets').where('id', '=', id).execute()
}
