import type { Role, RouteAuth } from '@trellis/contracts'
import type { ApiKeysTable, AppsTable, EndUsersTable, SitesTable } from '@trellis/db'

/** Who calls, as far as the route's guard found out. */
export interface AccountActor {
  readonly type: 'account'
  readonly accountId: string
  readonly name: string
  readonly email: string
  readonly tenantId: string
  readonly role: Role
  /** Undefined for an administrator's key. */
  readonly sessionId: string | undefined
  /** That their console is shown in at this moment, where it says so. */
  readonly language?: string | undefined
}

export interface AppKeyActor {
  readonly type: 'app-key'
  readonly tenantId: string
  readonly app: AppsTable
  readonly keyId: ApiKeysTable['id']
}

export interface PassportActor {
  readonly type: 'passport'
  readonly tenantId: string
  readonly app: AppsTable
  readonly site: SitesTable
  readonly endUser: EndUsersTable
}

export interface PublicActor {
  readonly type: 'public'
}

export type Actor = AccountActor | AppKeyActor | PassportActor | PublicActor

export type ActorOf<A extends RouteAuth> = A extends { type: 'session' }
  ? AccountActor
  : A extends { type: 'app-key' }
    ? AppKeyActor
    : A extends { type: 'passport' }
      ? PassportActor
      : PublicActor
