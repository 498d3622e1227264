import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import { Remembered } from '../../remembered.ts'
import type { TableChanges } from '../../table-changes.ts'
import type { ModelCaller } from '../models/index.ts'
import { createBudgetDesk } from './budget-desk.ts'
import { budgetSpent, unpricedRefused } from './budget-refusal.ts'
import { type BudgetRow, budgetTables, listBudgets } from './budgets.repository.ts'
import { type BudgetRouteDependencies, mountBudgetRoutes } from './budgets.routes.ts'
import { type BudgetServiceDependencies, createBudgetService } from './budgets.service.ts'

export interface BudgetsDependencies extends BudgetServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly tableChanges: TableChanges
}

/** A call that wants to be covered. */
export interface CallToCover {
  readonly model: string
  /** False where nobody knows what it costs. */
  readonly isPriced: boolean
  /** Nano-dollars at most: of the call, and of its prompt. Asked only where a budget is set. */
  readonly worst: () => Promise<{ readonly allNano: number; readonly promptNano: number }>
}

/** How much workspaces, apps and keys may spend on models. */
export interface Budgets {
  /**
   * Reserves what the call may cost with each budget that is set for its caller. What it gives is called once with what the call did
   * cost; undefined: no budget asks.
   * @throws AppError `provider_quota_exceeded`
   */
  reserve(caller: ModelCaller, call: CallToCover): Promise<((usedNano: number) => void) | undefined>
  mountRoutes(mount: Mount, dependencies: BudgetRouteDependencies): void
  /** Waits for what is being settled. */
  close(): Promise<void>
}

/** A budget that another process set holds here after this time at the latest. */
const BUDGETS_LIFETIME_MS = 5_000
const MOST_WORKSPACES = 10_000

export function createBudgets(dependencies: BudgetsDependencies): Budgets {
  const { db, clock, tableChanges } = dependencies
  const desk = createBudgetDesk(dependencies)
  const service = createBudgetService(dependencies)
  const known = new Remembered<{ readonly rows: readonly BudgetRow[] }>({
    clock,
    changes: tableChanges,
    tables: budgetTables,
    lifetimeMs: BUDGETS_LIFETIME_MS,
    limit: MOST_WORKSPACES,
  })
  return {
    async reserve(caller, { model, isPriced, worst }) {
      const { tenantId } = caller
      const all = await known.get(tenantId, async () => ({ rows: await listBudgets(db, tenantId) }))
      const budgets = all?.rows.filter((budget) => isFor(budget, caller)) ?? []
      if (budgets.length === 0) return undefined
      if (!isPriced) {
        const strict = budgets.find(({ stops, refuses_unpriced }) => stops === 1 && refuses_unpriced === 1)
        if (strict) throw unpricedRefused(strict, { model, caller })
        return undefined
      }
      const { allNano, promptNano } = await worst()
      if (allNano === 0) return undefined
      const answer = await desk.reserve(budgets, { reservedNano: allNano, sentNano: promptNano })
      if ('refusal' in answer) throw budgetSpent(answer.refusal, caller)
      return (usedNano) => desk.settle(answer.reservation, usedNano)
    },
    mountRoutes: (mount, more) => mountBudgetRoutes(mount, service, more),
    close: desk.close,
  }
}

function isFor({ scope, app_id, api_key_id }: BudgetRow, { appId, apiKeyId }: ModelCaller): boolean {
  if (scope === 'workspace') return true
  return scope === 'app' ? app_id === appId : api_key_id === apiKeyId
}

export type { BudgetRow } from './budgets.repository.ts'
