import type { Db, EndUsersTable } from '@trellis/db'
import { MEMBER_PREFIX } from '../end-users/index.ts'

/** What things of a workspace are called now; undefined of what is gone. */
export interface Names {
  readonly app: (id: string) => string | undefined
  /** A key's masked form. */
  readonly key: (id: string) => string | undefined
  readonly appOfKey: (id: string) => string | undefined
  /** Members of the workspace by the names of their accounts, others by their sessions. */
  readonly endUser: (id: string) => string | undefined
  readonly sessionOfEndUser: (id: string) => string | undefined
  /** A page opened their session, so that no program gave it its name. */
  readonly isVisitor: (id: string) => boolean
  readonly account: (id: string) => string | undefined
}

export interface NamedIds {
  readonly apps?: readonly string[]
  readonly keys?: readonly string[]
  readonly endUsers?: readonly string[]
  readonly accounts?: readonly string[]
}

/** Ids of other workspaces have no names here, but for those of accounts, which are members or were. */
export async function readNames(
  db: Db,
  tenantId: string,
  { apps = [], keys = [], endUsers = [], accounts = [] }: NamedIds,
): Promise<Names> {
  const [appRows, keyRows, endUserRows, accountRows] = await Promise.all([
    apps.length === 0
      ? []
      : db.selectFrom('apps').select(['id', 'name']).where('tenant_id', '=', tenantId).where('id', 'in', apps).execute(),
    keys.length === 0
      ? []
      : db
          .selectFrom('api_keys')
          .select(['id', 'token_masked', 'app_id'])
          .where('tenant_id', '=', tenantId)
          .where('id', 'in', keys)
          .execute(),
    endUsers.length === 0
      ? []
      : db
          .selectFrom('end_users')
          .select(['id', 'session_id', 'name', 'type', 'is_anonymous'])
          .where('tenant_id', '=', tenantId)
          .where('id', 'in', endUsers)
          .execute(),
    accounts.length === 0 ? [] : db.selectFrom('accounts').select(['id', 'name']).where('id', 'in', accounts).execute(),
  ])
  const memberIds = endUserRows.flatMap((row) => memberOf(row) ?? [])
  const memberRows =
    memberIds.length === 0 ? [] : await db.selectFrom('accounts').select(['id', 'name']).where('id', 'in', memberIds).execute()
  const memberNames = new Map(memberRows.map(({ id, name }) => [id, name]))
  const appNames = new Map(appRows.map(({ id, name }) => [id, name]))
  const keyNames = new Map(keyRows.map(({ id, token_masked }) => [id, token_masked]))
  const keyApps = new Map(keyRows.flatMap(({ id, app_id }) => (app_id === null ? [] : [[id, app_id] as const])))
  const endUserNames = new Map(endUserRows.map((row) => [row.id, row.name || (memberNames.get(memberOf(row) ?? '') ?? row.session_id)]))
  const sessions = new Map(endUserRows.map(({ id, session_id }) => [id, session_id]))
  const visitors = new Set(endUserRows.flatMap(({ id, is_anonymous }) => (is_anonymous === 1 ? [id] : [])))
  const accountNames = new Map(accountRows.map(({ id, name }) => [id, name]))
  return {
    app: (id) => appNames.get(id),
    key: (id) => keyNames.get(id),
    appOfKey: (id) => keyApps.get(id),
    endUser: (id) => endUserNames.get(id),
    sessionOfEndUser: (id) => sessions.get(id),
    isVisitor: (id) => visitors.has(id),
    account: (id) => accountNames.get(id),
  }
}

type NamedEndUser = Pick<EndUsersTable, 'session_id' | 'is_anonymous' | 'type'>

/** The account behind a visitor of a page for members. Where programs used it as well, as they once could, nobody knows whose a call was. */
const memberOf = ({ session_id: session, is_anonymous, type }: NamedEndUser): string | undefined =>
  is_anonymous === 1 && type === 'browser' && session.startsWith(MEMBER_PREFIX) ? session.slice(MEMBER_PREFIX.length) : undefined
