import type { ComposeOptions } from './compose.ts'
import { type BudgetRow, createBudgets } from './features/budgets/index.ts'
import type { ModelMeter } from './features/models/index.ts'
import { createLedger, createMeter, listSpending, mountUsageRoutes, readNames, type Spending, sumSpending } from './features/usage/index.ts'
import type { Mount } from './http/mount.ts'

const DAY_MS = 24 * 3_600_000

/** What models use and cost, and how much they may. */
export interface Metering {
  readonly meter: ModelMeter
  /** What an app's calls of models cost, as far as it is written. */
  listSpending(
    app: { readonly id: string; readonly tenant_id: string },
    window: { readonly from: number; readonly until: number },
  ): Promise<readonly Spending[]>
  /** `timezoneOf`: an account's, such as `Europe/Berlin`. */
  mountRoutes(mount: Mount, more: { readonly timezoneOf: (accountId: string) => Promise<string> }): void
  /** Once nothing calls models any more. */
  close(): Promise<void>
}

export function composeMetering({ config, platform }: Pick<ComposeOptions, 'config' | 'platform'>): Metering {
  const { clock, logger, tableChanges } = platform
  const { db } = platform.database
  const ledger = createLedger({ db, logger: logger.child({ part: 'usage' }) })
  const budgets = createBudgets({
    db,
    clock,
    logger: logger.child({ part: 'budgets' }),
    tableChanges,
    spentSince: (db, budget, since) => sumSpending(db, toSpender(budget), since),
    settleBooks: ledger.flush,
    namesOf: (tenantId, ids) => readNames(db, tenantId, ids),
  })
  const spending = { db, clock, retentionMs: config.retention.modelCallsDays * DAY_MS }
  return {
    meter: createMeter({ clock, ledger, budgets, rates: config.dollarRates }),
    listSpending: ({ id: appId, tenant_id: tenantId }, window) => listSpending(spending, { tenantId, appId, ...window }),
    mountRoutes(mount, more) {
      budgets.mountRoutes(mount, more)
      mountUsageRoutes(mount, { db, clock, ledger })
    },
    async close() {
      await budgets.close()
      await ledger.close()
    },
  }
}

const toSpender = ({ tenant_id, scope, app_id, api_key_id }: BudgetRow) => ({
  tenantId: tenant_id,
  appId: scope === 'app' ? app_id : null,
  apiKeyId: scope === 'key' ? api_key_id : null,
})
