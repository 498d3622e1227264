import { AppError, decodePassword, consoleSessionRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import { homeless } from './admission.ts'
import type { BeginSession } from './begin-session.ts'
import { deviceOf } from './device.ts'
import type { LoginService } from './login.service.ts'
import type { SessionCookies } from './session-cookies.ts'
import type { SessionTokenService } from './session-tokens.ts'
import type { SetupService } from './setup.service.ts'
import type { SignInLog } from './sign-in-log.ts'

export interface SessionRouteDependencies {
  readonly login: LoginService
  readonly tokens: SessionTokenService
  readonly cookies: SessionCookies
  readonly beginSession: BeginSession
  readonly setup: SetupService
  readonly log: SignInLog
}

export function mountSessionRoutes(mount: Mount, { login, tokens, cookies, beginSession, setup, log }: SessionRouteDependencies): void {
  mount(routes.login).to(async ({ body, request, reply }) => {
    if ((await setup.findSetupTime()) === undefined) throw new AppError('not_setup')
    const session = await login.login({
      email: body.email,
      password: decodePassword(body.password),
      device: deviceOf(request),
      inviteToken: body.invite_token,
    })
    if (!session) return homeless
    await beginSession(request, reply, session)
    return { result: 'success' }
  })
  mount(routes.logout).to(async ({ actor, request, reply }) => {
    const refreshToken = cookies.read(request, 'refresh_token')
    if (refreshToken) await tokens.revoke(refreshToken)
    cookies.clear(reply)
    log.signedOut({ accountId: actor.accountId, email: actor.email, ip: request.ip })
    return { result: 'success' }
  })
  mount(routes.refreshToken).to(async ({ request, reply }) => {
    const refreshToken = cookies.read(request, 'refresh_token')
    if (!refreshToken) throw new AppError('unauthorized', { message: 'No refresh token found.' })
    cookies.set(reply, await tokens.refresh(refreshToken, deviceOf(request)))
    return { result: 'success' }
  })
}
