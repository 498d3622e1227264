import type { AuditLogTable, Db } from '@trellis/db'

export type AuditRow = AuditLogTable

export const insertAuditEntry = async (db: Db, entry: AuditRow): Promise<void> => {
  await db.insertInto('audit_log').values(entry).execute()
}

/** By id. */
export async function listWorkspacesOf(db: Db, accountId: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('tenant_members').select('tenant_id').where('account_id', '=', accountId).orderBy('tenant_id').execute()
  return rows.map(({ tenant_id }) => tenant_id)
}

export interface AuditFilter {
  /** An action, or what stands before its dot. */
  readonly action?: string | undefined
  readonly accountId?: string | undefined
  readonly appId?: string | undefined
  readonly sinceMs?: number | undefined
  /** Only entries before this one. */
  readonly lastId?: string | undefined
  readonly limit: number
}

/** The latest first. */
export function listAuditEntries(db: Db, tenantId: string, filter: AuditFilter): Promise<AuditRow[]> {
  const { action, accountId, appId, sinceMs, lastId } = filter
  return db
    .selectFrom('audit_log')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .$if(action !== undefined, (query) =>
      action?.includes('.') ? query.where('action', '=', action) : query.where('action', 'like', `${action}.%`),
    )
    .$if(accountId !== undefined, (query) => query.where('account_id', '=', accountId ?? ''))
    .$if(appId !== undefined, (query) => query.where('target_type', '=', 'app').where('target_id', '=', appId ?? ''))
    .$if(sinceMs !== undefined, (query) => query.where('created_at', '>=', sinceMs ?? 0))
    .$if(lastId !== undefined, (query) => query.where('id', '<', lastId ?? ''))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
}

export const deleteAuditEntriesBefore = async (db: Db, time: number): Promise<void> => {
  await db.deleteFrom('audit_log').where('created_at', '<', time).execute()
}

/** What things are called now, by which an entry names them once they are gone. Undefined: there is no such thing in the workspace. */
export const findNames = {
  app: async (db: Db, tenantId: string, id: string): Promise<string | undefined> =>
    (await db.selectFrom('apps').select('name').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst())?.name,
  key: async (db: Db, tenantId: string, id: string): Promise<string | undefined> =>
    (await db.selectFrom('api_keys').select('token_masked').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst())
      ?.token_masked,
  extension: async (db: Db, tenantId: string, id: string): Promise<string | undefined> =>
    (await db.selectFrom('api_extensions').select('name').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst())?.name,
  /** Of those that there are, in their order. */
  tags: async (db: Db, tenantId: string, ids: readonly string[]): Promise<readonly string[]> =>
    (await db.selectFrom('tags').select('name').where('tenant_id', '=', tenantId).where('id', 'in', ids).orderBy('name').execute()).map(
      ({ name }) => name,
    ),
  /** Of a provider, or of a model: `isLast` where the model goes with it. */
  async credential(db: Db, tenantId: string, id: string): Promise<{ readonly name: string; readonly isLast: boolean } | undefined> {
    const ofProvider = db.selectFrom('provider_credentials').select('name').where('tenant_id', '=', tenantId).where('id', '=', id)
    const found = await ofProvider.executeTakeFirst()
    if (found) return { name: found.name, isLast: false }
    const key = await db.selectFrom('provider_models').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()
    if (!key) return undefined
    const { provider, model, model_type } = key
    const ofModel = db.selectFrom('provider_models').where((eb) => eb.and({ tenant_id: tenantId, provider, model, model_type }))
    const { count } = await ofModel.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()
    return { name: key.credential_name, isLast: Number(count) === 1 }
  },
  async member(db: Db, tenantId: string, id: string): Promise<string | undefined> {
    const member = await db
      .selectFrom('tenant_members')
      .innerJoin('accounts', 'accounts.id', 'tenant_members.account_id')
      .select('accounts.name')
      .where('tenant_members.tenant_id', '=', tenantId)
      .where('accounts.id', '=', id)
      .executeTakeFirst()
    if (member) return member.name
    const invited = db.selectFrom('invitations').select('email').where('tenant_id', '=', tenantId).where('id', '=', id)
    return (await invited.executeTakeFirst())?.email
  },
}
