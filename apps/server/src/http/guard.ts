import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError, languageTag, type RouteContract } from '@trellis/contracts'
import type { FastifyRequest } from 'fastify'
import type { SignedIn } from '../features/accounts/index.ts'
import type { AccountActor, Actor, AppKeyActor, PassportActor } from './actor.ts'
import type { Guard } from './mount.ts'

export interface GuardDependencies {
  /** Who an access token belongs to. */
  readonly authenticateSession: (accessToken: string) => Promise<SignedIn>
  /** The account that a CSRF token was made for. */
  readonly verifyCsrf: (token: string) => Promise<string | undefined>
  readonly readCookie: (request: FastifyRequest, name: 'access_token' | 'csrf_token') => string | undefined
  readonly authenticateAppKey: (key: string) => Promise<AppKeyActor>
  readonly authenticatePassport: (request: FastifyRequest) => Promise<PassportActor>
  /** The owner of the workspace that an administrator's key names. Undefined: no such key is accepted. */
  readonly admin: { readonly key: string; readonly findOwner: (tenantId: string) => Promise<AccountActor | undefined> } | undefined
  readonly isSetUp: () => Promise<boolean>
  /** Other origins that the console is served from. */
  readonly consoleOrigins: readonly string[]
}

/** Paths that Dify exempts from the CSRF token, because its editor saves them with a beacon, which carries no header. */
const CSRF_EXEMPT = /^\/console\/api\/apps\/[^/?]+\/workflows\/draft/

/** Finds out who calls, by the route's kind of authentication. */
export function createGuard(dependencies: GuardDependencies): Guard {
  return async (contract, request): Promise<Actor> => {
    switch (contract.auth.type) {
      case 'public':
        return { type: 'public' }
      case 'app-key':
        return dependencies.authenticateAppKey(readBearer(request))
      case 'passport':
        return dependencies.authenticatePassport(request)
      case 'session': {
        const actor = await authenticateAccount(dependencies, request)
        assertRole(contract, actor)
        return { ...actor, language: findLanguage(request) }
      }
    }
  }
}

/** Ours: the console names the language that it is shown in, which is a choice of the device, not of the account. */
const findLanguage = ({ headers }: FastifyRequest): string | undefined => languageTag.safeParse(headers['x-interface-language']).data

function assertRole({ auth }: RouteContract, actor: AccountActor): void {
  if (auth.type === 'session' && auth.roles && !auth.roles.includes(actor.role)) throw new AppError('forbidden')
}

async function authenticateAccount(dependencies: GuardDependencies, request: FastifyRequest): Promise<AccountActor> {
  const bearer = findBearer(request)
  const admin = await findAdmin(dependencies, request, bearer)
  if (admin) return admin
  const accessToken = dependencies.readCookie(request, 'access_token') ?? bearer
  if (!accessToken) {
    if (!(await dependencies.isSetUp())) throw new AppError('not_setup')
    throw new AppError('unauthorized', { message: 'Invalid Authorization token.' })
  }
  const { account, membership, sessionId } = await dependencies.authenticateSession(accessToken)
  if (CSRF_EXEMPT.test(request.url)) assertOwnOrigin(dependencies, request)
  else await assertCsrf(dependencies, request, account.id)
  return { type: 'account', accountId: account.id, name: account.name, email: account.email, ...membership, sessionId }
}

async function findAdmin(
  { admin }: GuardDependencies,
  request: FastifyRequest,
  bearer: string | undefined,
): Promise<AccountActor | undefined> {
  const tenantId = request.headers['x-workspace-id']
  if (!admin || !bearer || typeof tenantId !== 'string' || !isSame(bearer, admin.key)) return undefined
  const owner = await admin.findOwner(tenantId)
  if (!owner) throw new AppError('unauthorized', { message: 'X-WORKSPACE-ID names no workspace with an owner.' })
  return owner
}

async function assertCsrf({ verifyCsrf, readCookie }: GuardDependencies, request: FastifyRequest, accountId: string): Promise<void> {
  const header = request.headers['x-csrf-token']
  const isRight = typeof header === 'string' && header === readCookie(request, 'csrf_token') && (await verifyCsrf(header)) === accountId
  if (!isRight) throw new AppError('unauthorized', { message: 'CSRF token is missing or invalid.' })
}

/** Browsers say whether a page of another origin asks, of a sibling domain or another port too. Programs say nothing of the kind. */
function assertOwnOrigin({ consoleOrigins }: GuardDependencies, { headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site']
  const isOwn = site === undefined || site === 'same-origin' || site === 'none'
  const isListed = headers.origin !== undefined && consoleOrigins.includes(headers.origin)
  if (!isOwn && !isListed) throw new AppError('unauthorized', { message: 'A page of another origin may not call this.' })
}

function findBearer(request: FastifyRequest): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ', 2)
  return scheme?.toLowerCase() === 'bearer' && token ? token : undefined
}

function readBearer(request: FastifyRequest): string {
  const token = findBearer(request)
  if (!token) {
    throw new AppError('unauthorized', { message: "Authorization header must be provided and start with 'Bearer'" })
  }
  return token
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
