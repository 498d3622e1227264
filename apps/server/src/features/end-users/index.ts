import { type Db, type EndUsersTable, isUniqueViolation, toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { Remembered } from '../../remembered.ts'
import type { TableChanges } from '../../table-changes.ts'

export type EndUserRow = EndUsersTable

/** Stands for callers who name no user (service-api 0.5). */
export const ANONYMOUS_SESSION = 'DEFAULT-USER'

/** Begins the session of a visitor who is a member of the workspace, before the account's id: the same person on every device. */
export const MEMBER_PREFIX = 'member:'

export interface EndUsers {
  /**
   * The visitor of a page who names a session of their own. One that the Service API made first is somebody that an application
   * knows, often by an address or a number that anybody can guess: a page opens another session for the same name instead.
   */
  findOrCreateVisitor(owner: { readonly tenantId: string; readonly appId: string }, sessionId: string): Promise<EndUserRow>
  /**
   * The end user of that session, made on first use. A member's is their page's alone: who calls the Service API by the same name is
   * given another.
   */
  findOrCreate(
    owner: { readonly tenantId: string; readonly appId: string },
    sessionId: string,
    type: EndUserRow['type'],
  ): Promise<EndUserRow>
  find(tenantId: string, appId: string, id: string): Promise<EndUserRow | undefined>
}

const MAX_SESSION_ID = 255
const VISITOR_PREFIX = 'page:'
const CALLER_PREFIX = 'api:'

/** Nothing but `type` of an end user ever changes, and that only once. */
const REMEMBERED_MS = 60_000
const MOST_REMEMBERED = 10_000

export interface EndUserDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly tableChanges: TableChanges
}

export function createEndUsers({ db, clock, tableChanges }: EndUserDependencies): EndUsers {
  const remembered = new Remembered<EndUserRow>({
    clock,
    changes: tableChanges,
    tables: [],
    lifetimeMs: REMEMBERED_MS,
    limit: MOST_REMEMBERED,
  })
  const findBySession = (tenantId: string, appId: string, sessionId: string): Promise<EndUserRow | undefined> =>
    db
      .selectFrom('end_users')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('app_id', '=', appId)
      .where('session_id', '=', sessionId)
      .executeTakeFirst()
  const endUsers: EndUsers = {
    async findOrCreateVisitor(owner, given) {
      const sessionId = given.slice(0, MAX_SESSION_ID - VISITOR_PREFIX.length)
      const known = await findBySession(owner.tenantId, owner.appId, sessionId)
      // A session that a page made keeps its visitor, also where the API has used it since (service-api 0.5).
      const isVisitors = !known || known.is_anonymous === 1
      const isShared = sessionId === ANONYMOUS_SESSION
      return endUsers.findOrCreate(owner, isVisitors && !isShared ? sessionId : `${VISITOR_PREFIX}${sessionId}`, 'browser')
    },
    async findOrCreate({ tenantId, appId }, given, type) {
      const sessionId = given.slice(0, MAX_SESSION_ID)
      const key = JSON.stringify([tenantId, appId, sessionId, type])
      const asCaller = () =>
        endUsers.findOrCreate({ tenantId, appId }, `${CALLER_PREFIX}${sessionId.slice(0, MAX_SESSION_ID - CALLER_PREFIX.length)}`, type)
      const known = await remembered.get(key, async () => {
        const found = await findBySession(tenantId, appId, sessionId)
        if (type === 'service_api' && found && isMembers(found)) return asCaller()
        return found && found.type !== type ? relabel(db, found, type) : found
      })
      if (known) return known
      const now = clock.now()
      const endUser: EndUserRow = {
        id: newId(),
        tenant_id: tenantId,
        app_id: appId,
        type,
        is_anonymous: toFlag(sessionId === ANONYMOUS_SESSION || type === 'browser' || type === 'trigger'),
        session_id: sessionId,
        external_user_id: type === 'service_api' ? sessionId : null,
        name: null,
        created_at: now,
        updated_at: now,
      }
      try {
        await db.insertInto('end_users').values(endUser).execute()
        return endUser
      } catch (error) {
        // Two first calls at once: the other one made it.
        const other = isUniqueViolation(error) ? await findBySession(tenantId, appId, sessionId) : undefined
        if (!other) throw error
        return type === 'service_api' && isMembers(other) ? asCaller() : other
      }
    },
    find: (tenantId, appId, id) =>
      db
        .selectFrom('end_users')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('app_id', '=', appId)
        .where('id', '=', id)
        .executeTakeFirst(),
  }
  return endUsers
}

/** Programs, which name users as they like, make no such end user. */
const isMembers = ({ session_id, is_anonymous }: EndUserRow): boolean => is_anonymous === 1 && session_id.startsWith(MEMBER_PREFIX)

/** A session that a page opened and an API now uses is from then on the API's (service-api 0.5), never the other way round. */
async function relabel(db: Db, endUser: EndUserRow, type: EndUserRow['type']): Promise<EndUserRow> {
  if (type !== 'service_api') return endUser
  await db.updateTable('end_users').set({ type }).where('id', '=', endUser.id).execute()
  return { ...endUser, type }
}
