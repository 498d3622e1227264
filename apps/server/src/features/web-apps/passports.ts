import { AppError } from '@trellis/contracts'
import type { AppsTable, Db, EndUsersTable, SitesTable } from '@trellis/db'
import { createSignedTokens, isUuid, newId, type TokenClaims } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PassportActor } from '../../http/actor.ts'
import type { Accounts, SessionName } from '../accounts/index.ts'
import { type EndUsers, MEMBER_PREFIX } from '../end-users/index.ts'

/**
 * A visitor's proof of who they are to one app (service-api 5.1): it names the app, its code and the end user. It never expires, but
 * for a member's, where the page is for members alone: that one names the account and its session of the console as well, and holds as
 * long as they are a member and that session goes on.
 */
export interface Passports {
  /** @throws `unauthorized` without a code, `not_found` where no page has it, `web_sso_auth_required`, `web_app_access_denied` */
  issue(request: FastifyRequest, sessionId: string | undefined): Promise<string>
  /** @throws `unauthorized`, `bad_request` (page off, or its code was changed), `not_found` */
  authenticate(request: FastifyRequest): Promise<PassportActor>
  /** The account that the request is signed in with to the console, where it is a member of this workspace. */
  findMember(request: FastifyRequest, tenantId: string): Promise<string | undefined>
  setCookie(reply: FastifyReply, appCode: string, passport: string): void
  /** Takes away those of all apps that the request brought. */
  clearCookies(request: FastifyRequest, reply: FastifyReply): void
}

export interface PassportDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly endUsers: EndUsers
  readonly secretKey: string
  readonly isSecure: boolean
  readonly cookiePath: string
  readonly sessions: Pick<Accounts, 'findSignedIn' | 'isSignedIn'>
}

const SUBJECT = 'Web API Passport'
/** Ours: the session of the console that was shown for it. */
const SESSION_CLAIM = 'session'
const MEMBER_LIFETIME_SECONDS = 24 * 3600
const COOKIE_LIFETIME_SECONDS = 365 * 24 * 3600

interface PublishedApp {
  readonly app: AppsTable
  readonly site: SitesTable
}

export function createPassports({ db, clock, endUsers, secretKey, isSecure, cookiePath, sessions }: PassportDependencies): Passports {
  const signed = createSignedTokens(secretKey)
  const read = (token: string): TokenClaims => {
    const claims = signed.read(token, clock.now())
    if (claims?.['sub'] !== SUBJECT) throw new AppError('unauthorized', { message: 'The passport is not valid. Open the page again.' })
    return claims
  }
  const findMember = async (request: FastifyRequest, tenantId: string): Promise<string | undefined> => {
    const signedIn = await sessions.findSignedIn(request)
    return signedIn && (await isMember(db, tenantId, signedIn.accountId)) ? signedIn.accountId : undefined
  }
  const getMember = async (request: FastifyRequest, tenantId: string): Promise<SessionName> => {
    const signedIn = await sessions.findSignedIn(request)
    if (!signedIn) throw new AppError('web_sso_auth_required')
    await assertMember(db, tenantId, signedIn.accountId)
    return signedIn
  }
  /** A passport from the time when a page was for everybody names no account. */
  const assertHolder = async (claims: TokenClaims, tenantId: string): Promise<void> => {
    const { user_id: accountId, [SESSION_CLAIM]: sessionId } = claims
    if (typeof accountId !== 'string' || typeof sessionId !== 'string' || !(await sessions.isSignedIn({ accountId, sessionId }))) {
      throw new AppError('web_sso_auth_required')
    }
    await assertMember(db, tenantId, accountId)
  }
  return {
    findMember,
    async issue(request, sessionId) {
      const code = readAppCode(request)
      if (!code) throw new AppError('unauthorized', { message: 'X-App-Code header is missing.' })
      const published = await findByCode(db, code)
      if (!published || published.app.enable_site === 0) throw new AppError('not_found', { message: 'There is no app at this address.' })
      const { app, site } = published
      const member = site.access_mode === 'public' ? undefined : await getMember(request, app.tenant_id)
      // Whoever names a session must not name a member's.
      const named = sessionId?.startsWith(MEMBER_PREFIX) ? undefined : sessionId
      const session = member === undefined ? (named ?? newId()) : `${MEMBER_PREFIX}${member.accountId}`
      const endUser = await endUsers.findOrCreateVisitor({ tenantId: app.tenant_id, appId: app.id }, session)
      const claims = { iss: app.id, sub: SUBJECT, app_id: app.id, app_code: code, end_user_id: endUser.id }
      if (member === undefined) return signed.sign(claims)
      const exp = Math.floor(clock.now() / 1000) + MEMBER_LIFETIME_SECONDS
      const holder = { user_id: member.accountId, [SESSION_CLAIM]: member.sessionId }
      return signed.sign({ ...claims, ...holder, auth_type: 'internal', token_source: 'webapp', exp })
    },
    async authenticate(request) {
      const token = findPassport(request)
      if (!token) throw new AppError('unauthorized', { message: 'App token is missing.' })
      const claims = read(token)
      const code = claims['app_code']
      const published = typeof code === 'string' ? await findByCode(db, code) : undefined
      if (!published || published.app.id !== claims['app_id']) {
        throw new AppError('bad_request', { message: 'The address of this page has changed, or its app is gone.' })
      }
      if (published.app.enable_site === 0) throw new AppError('bad_request', { message: 'This page has been switched off.' })
      const { app, site } = published
      if (site.access_mode !== 'public' || 'user_id' in claims) await assertHolder(claims, app.tenant_id)
      const endUser = await findEndUser(endUsers, app, claims['end_user_id'])
      return { type: 'passport', tenantId: app.tenant_id, app, site, endUser }
    },
    setCookie(reply, appCode, passport) {
      reply.setCookie(`passport-${appCode}`, passport, {
        path: cookiePath,
        httpOnly: true,
        sameSite: 'lax',
        secure: isSecure,
        maxAge: COOKIE_LIFETIME_SECONDS,
      })
    },
    clearCookies(request, reply) {
      for (const name of Object.keys(request.cookies)) if (name.startsWith('passport-')) reply.clearCookie(name, { path: cookiePath })
    },
  }
}

async function isMember(db: Db, tenantId: string, accountId: string): Promise<boolean> {
  const found = await db
    .selectFrom('tenant_members')
    .innerJoin('accounts', 'accounts.id', 'tenant_members.account_id')
    .select('accounts.id')
    .where('tenant_members.tenant_id', '=', tenantId)
    .where('accounts.id', '=', accountId)
    .where('accounts.status', '=', 'active')
    .executeTakeFirst()
  return found !== undefined
}

async function assertMember(db: Db, tenantId: string, accountId: string): Promise<void> {
  if (!(await isMember(db, tenantId, accountId))) throw new AppError('web_app_access_denied')
}

/** Pages of archived workspaces are not there. */
export async function findByCode(db: Db, code: string): Promise<PublishedApp | undefined> {
  const site = await db.selectFrom('sites').selectAll().where('code', '=', code).executeTakeFirst()
  const app = site && (await findOpenApp(db, site.app_id))
  return site && app ? { app, site } : undefined
}

const findOpenApp = (db: Db, id: string): Promise<AppsTable | undefined> =>
  db
    .selectFrom('apps')
    .innerJoin('tenants', 'tenants.id', 'apps.tenant_id')
    .selectAll('apps')
    .where('apps.id', '=', id)
    .where('tenants.status', '=', 'normal')
    .executeTakeFirst()

async function findEndUser(endUsers: EndUsers, app: AppsTable, id: unknown): Promise<EndUsersTable> {
  const endUser = typeof id === 'string' && isUuid(id) ? await endUsers.find(app.tenant_id, app.id, id) : undefined
  if (!endUser) throw new AppError('not_found', { message: 'The visitor of this passport is gone. Open the page again.' })
  return endUser
}

export function readAppCode({ headers }: FastifyRequest): string | undefined {
  const code = headers['x-app-code']
  return typeof code === 'string' && /^[\w-]{1,64}$/.test(code) ? code : undefined
}

/** Cookie of that app, header, or (older clients) bearer. */
function findPassport(request: FastifyRequest): string | undefined {
  const code = readAppCode(request)
  const header = request.headers['x-app-passport']
  const [scheme, bearer] = (request.headers.authorization ?? '').split(' ', 2)
  if (typeof header === 'string' && header !== '') return header
  return (code && request.cookies[`passport-${code}`]) || (scheme?.toLowerCase() === 'bearer' ? bearer : undefined)
}
