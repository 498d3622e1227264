import { consoleModelUsageRoutes as routes } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import { sendCsv } from '../../http/send-csv.ts'
import type { Ledger } from './ledger.ts'
import { reportUsage, toFilter } from './usage.service.ts'
import { writeUsageCsv } from './usage-export.ts'

export interface UsageRouteDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly ledger: Pick<Ledger, 'flush'>
}

/** `/console/api`: what models used and cost. */
export function mountUsageRoutes(mount: Mount, { db, clock, ledger }: UsageRouteDependencies): void {
  mount(routes.getModelUsage).to(async ({ actor, query }) => {
    const filter = toFilter(query, clock.now())
    await ledger.flush()
    return reportUsage(db, actor.tenantId, filter)
  })
  mount(routes.exportModelUsage).to(async ({ actor, query, reply }) => {
    const filter = toFilter(query, clock.now())
    await ledger.flush()
    return sendCsv(reply, 'usage.csv', writeUsageCsv(db, actor.tenantId, filter))
  })
}
