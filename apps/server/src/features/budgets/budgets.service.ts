import { AppError, type Budget, type BudgetChange, type BudgetCreate } from '@trellis/contracts'
import { type Db, inTransaction, toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { Book, nothingHeld } from './book.ts'
import { findBook, listHolds } from './budget-books.repository.ts'
import { windowOf } from './budget-window.ts'
import {
  type BudgetChange as BudgetColumns,
  type BudgetRow,
  deleteBudget,
  findBudget,
  insertBudget,
  listBudgets,
  updateBudget,
} from './budgets.repository.ts'
import { type BudgetFigures, presentBudget, type TargetNames } from './present-budget.ts'

export interface BudgetService {
  /** Oldest first. */
  list(tenantId: string): Promise<readonly Budget[]>
  /** @throws AppError `app_not_found`, `not_found` (key), `invalid_param` where there are too many */
  create(tenantId: string, by: { readonly accountId: string; readonly timezone: string }, wanted: BudgetCreate): Promise<Budget>
  /** @throws AppError `not_found` */
  update(tenantId: string, id: string, change: BudgetChange): Promise<Budget>
  /** @throws AppError `not_found` */
  delete(tenantId: string, id: string): Promise<void>
}

export interface BudgetServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly spentSince: (db: Db, budget: BudgetRow, since: number) => Promise<number>
  /** Resolves once what was spent by now is known to `spentSince`. */
  readonly settleBooks: () => Promise<void>
  readonly namesOf: (
    tenantId: string,
    ids: { readonly apps: readonly string[]; readonly keys: readonly string[] },
  ) => Promise<TargetNames & { readonly appOfKey: (id: string) => string | undefined }>
}

const MOST_BUDGETS = 100

export function createBudgetService(dependencies: BudgetServiceDependencies): BudgetService {
  const { db, clock, settleBooks, namesOf } = dependencies
  const present = async (tenantId: string, rows: readonly BudgetRow[]): Promise<readonly Budget[]> => {
    const names = await namesOf(tenantId, {
      apps: rows.flatMap(({ app_id }) => app_id ?? []),
      keys: rows.flatMap(({ api_key_id }) => api_key_id ?? []),
    })
    return Promise.all(rows.map(async (row) => presentBudget(row, await readFigures(dependencies, row), names)))
  }
  const presentOne = async (row: BudgetRow): Promise<Budget> => {
    const [budget] = await present(row.tenant_id, [row])
    if (!budget) throw new TypeError('One budget went in, and none came out')
    return budget
  }
  const get = async (db: Db, tenantId: string, id: string): Promise<BudgetRow> => {
    const row = await findBudget(db, tenantId, id)
    if (!row) throw new AppError('not_found', { message: 'The workspace has no such budget.' })
    return row
  }
  return {
    list: async (tenantId) => present(tenantId, await listBudgets(db, tenantId)),
    async create(tenantId, { accountId, timezone }, wanted) {
      await settleBooks()
      const row: BudgetRow = {
        id: newId(),
        tenant_id: tenantId,
        ...(await findTarget(dependencies, tenantId, wanted.target)),
        amount_nano: toNano(wanted.amount),
        period: wanted.period,
        timezone: wanted.timezone ?? timezone,
        warn_percent: wanted.warn_percent,
        stops: toFlag(wanted.stops),
        refuses_unpriced: toFlag(wanted.refuses_unpriced),
        created_by: accountId,
        created_at: clock.now(),
        updated_at: clock.now(),
      }
      await inTransaction(db, async (db) => {
        if ((await listBudgets(db, tenantId)).length >= MOST_BUDGETS) {
          throw new AppError('invalid_param', {
            message: `A workspace has at most ${MOST_BUDGETS} budgets.`,
            refusal: { reason: 'budgets_at_most', values: { limit: MOST_BUDGETS } },
          })
        }
        await insertBudget(db, row)
      })
      return presentOne(row)
    },
    async update(tenantId, id, change) {
      await settleBooks()
      const row = await inTransaction(db, async (db) => {
        const before = await get(db, tenantId, id)
        const columns = { ...toColumns(change), updated_at: clock.now() }
        await updateBudget(db, { id, change: columns })
        return { ...before, ...columns }
      })
      return presentOne(row)
    },
    async delete(tenantId, id) {
      await inTransaction(db, async (db) => {
        await get(db, tenantId, id)
        await deleteBudget(db, id)
      })
    },
  }
}

const toNano = (dollars: number): number => Math.round(dollars * 1e9)

function toColumns({ amount, period, timezone, warn_percent, stops, refuses_unpriced }: BudgetChange): BudgetColumns {
  return {
    ...(amount === undefined ? {} : { amount_nano: toNano(amount) }),
    ...(period === undefined ? {} : { period }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(warn_percent === undefined ? {} : { warn_percent }),
    ...(stops === undefined ? {} : { stops: toFlag(stops) }),
    ...(refuses_unpriced === undefined ? {} : { refuses_unpriced: toFlag(refuses_unpriced) }),
  }
}

async function findTarget(
  { namesOf }: BudgetServiceDependencies,
  tenantId: string,
  target: BudgetCreate['target'],
): Promise<Pick<BudgetRow, 'scope' | 'app_id' | 'api_key_id'>> {
  if (target.type === 'workspace') return { scope: 'workspace', app_id: null, api_key_id: null }
  if (target.type === 'app') {
    const names = await namesOf(tenantId, { apps: [target.app_id], keys: [] })
    if (names.app(target.app_id) === undefined) throw new AppError('app_not_found')
    return { scope: 'app', app_id: target.app_id, api_key_id: null }
  }
  const appId = (await namesOf(tenantId, { apps: [], keys: [target.key_id] })).appOfKey(target.key_id)
  if (appId === undefined) throw new AppError('not_found', { message: 'The workspace has no such API key.' })
  return { scope: 'key', app_id: appId, api_key_id: target.key_id }
}

/** As it stands now, whoever holds what. */
async function readFigures({ db, clock, spentSince }: BudgetServiceDependencies, row: BudgetRow): Promise<BudgetFigures> {
  const now = clock.now()
  const window = windowOf(row, now)
  const key = { budgetId: row.id, startsAt: window.startsAt }
  const stored = await findBook(db, key)
  if (!stored) return { window, usedNano: await spentSince(db, row, window.startsAt), reservedNano: 0, refusedCalls: 0 }
  const holds = await listHolds(db, key)
  const figures = { usedNano: stored.used_nano, refusedCalls: stored.refused_calls, holds }
  const book = new Book(figures, { holderId: '', held: nothingHeld, now })
  return { window, usedNano: book.usedNano, reservedNano: book.reservedNano, refusedCalls: book.refusedCalls }
}
