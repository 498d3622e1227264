import { consoleBudgetRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { BudgetService } from './budgets.service.ts'

export interface BudgetRouteDependencies {
  /** Such as `Europe/Berlin`. */
  readonly timezoneOf: (accountId: string) => Promise<string>
}

export function mountBudgetRoutes(mount: Mount, budgets: BudgetService, { timezoneOf }: BudgetRouteDependencies): void {
  mount(routes.listBudgets).to(async ({ actor }) => ({ data: [...(await budgets.list(actor.tenantId))] }))
  mount(routes.createBudget).to(async ({ actor: { tenantId, accountId }, body }) =>
    budgets.create(tenantId, { accountId, timezone: await timezoneOf(accountId) }, body),
  )
  mount(routes.updateBudget).to(({ actor, params, body }) => budgets.update(actor.tenantId, params.budget_id, body))
  mount(routes.deleteBudget).to(async ({ actor, params }) => {
    await budgets.delete(actor.tenantId, params.budget_id)
    return null
  })
}
