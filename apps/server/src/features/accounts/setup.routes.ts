import { AppError, consoleSetupRoutes as routes } from '@trellis/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Mount } from '../../http/mount.ts'
import type { OfferedFeatures } from '../../system-features.ts'
import { deriveKey, seal, unseal } from '../secrets/index.ts'
import type { SetupService } from './setup.service.ts'

export interface SetupRouteDependencies {
  readonly setup: SetupService
  readonly secretKey: string
  readonly version: string
  readonly features: OfferedFeatures
}

const INIT_COOKIE = 'session'

export function mountSetupRoutes(mount: Mount, { setup, secretKey, version, features }: SetupRouteDependencies): void {
  const key = deriveKey(secretKey, 'init-session')
  const hasInitSession = (request: FastifyRequest): boolean => {
    try {
      return unseal(key, request.cookies[INIT_COOKIE] ?? '', INIT_COOKIE) === 'validated'
    } catch {
      return false
    }
  }
  const setInitSession = (reply: FastifyReply): void => {
    reply.setCookie(INIT_COOKIE, seal(key, 'validated', INIT_COOKIE), {
      path: reply.server.basePath || '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: 'auto',
    })
  }

  mount(routes.getSetupStatus).to(async () => {
    const setupAt = await setup.findSetupTime()
    return {
      step: setupAt === undefined ? 'not_started' : 'finished',
      setup_at: setupAt === undefined ? null : new Date(setupAt).toISOString(),
    }
  })
  mount(routes.setup).to(async ({ body, request }) => {
    if ((await setup.findSetupTime()) !== undefined) throw new AppError('already_setup')
    if (setup.needsInitPassword && !hasInitSession(request)) throw new AppError('not_init_validated')
    await setup.setup({ email: body.email, name: body.name, password: body.password, language: body.language ?? 'en-US' })
    return { result: 'success' }
  })
  mount(routes.getInitStatus).to(async ({ request }) => {
    const isDone = !setup.needsInitPassword || hasInitSession(request) || (await setup.findSetupTime()) !== undefined
    return { status: isDone ? 'finished' : 'not_started' }
  })
  mount(routes.validateInitPassword).to(async ({ body, reply }) => {
    await setup.checkInitPassword(body.password)
    setInitSession(reply)
    return { result: 'success' }
  })
  mount(routes.ping).to(async () => ({ result: 'pong' }))
  mount(routes.getVersion).to(async () => ({ version, features: { can_replace_logo: false, model_load_balancing_enabled: true } }))
  mount(routes.getSystemFeatures).to(async () => features)
}
