import type { ComposeOptions } from './compose.ts'
import { type BudgetRow, createBudgets } from './features/budgets/index.ts'
import type { ModelMeter } from './features/models/index.ts'
import { createLedger, createMeter, mountUsageRoutes, readNames, sumSpending } from './features/usage/index.ts'
import type { Mount } from './http/mount.ts'

/** What models use and cost, and how much they may. */
export interface Metering {
  readonly meter: ModelMeter
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
  return {
    meter: createMeter({ clock, ledger, budgets, rates: config.dollarRates }),
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
