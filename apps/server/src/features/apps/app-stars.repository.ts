import type { Db } from '@trellis/db'

export interface Star {
  readonly accountId: string
  readonly appId: string
}

export async function insertStar(db: Db, tenantId: string, { accountId, appId, now }: Star & { readonly now: number }): Promise<void> {
  await db
    .insertInto('app_stars')
    .values({ account_id: accountId, app_id: appId, tenant_id: tenantId, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteStar(db: Db, tenantId: string, { accountId, appId }: Star): Promise<void> {
  await db
    .deleteFrom('app_stars')
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .where('app_id', '=', appId)
    .execute()
}

/** Those of the apps that the account starred. */
export async function findStarred(db: Db, accountId: string, appIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (appIds.length === 0) return new Set()
  const rows = await db.selectFrom('app_stars').select('app_id').where('account_id', '=', accountId).where('app_id', 'in', appIds).execute()
  return new Set(rows.map(({ app_id }) => app_id))
}
