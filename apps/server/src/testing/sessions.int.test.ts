import { encodePassword } from '@trellis/contracts'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeOnServers } from './describe-on-servers.ts'
import { createShiftedClock } from './shifted-clock.ts'
import { type ConsoleSession, type JsonReply, sendJson } from './test-server.ts'
import { PASSWORD } from './world.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const cookiesOf = ({ headers }: JsonReply): Readonly<Record<string, string>> =>
  Object.fromEntries(headers.getSetCookie().map((cookie) => cookie.split(';')[0]?.split('=') ?? []))

const clock = createShiftedClock()

await describeOnServers('sessions', { clock, env: { LOGIN_MAX_FAILURES: '3', LOGIN_LOCKOUT_DURATION: '600' } }, (server) => {
  beforeAll(async () => {
    await server().setup({ email: 'first@example.com', password: PASSWORD })
  })

  let email: string
  let count = 0
  beforeEach(async () => {
    email = `person${++count}@example.com`
    await server().process.features.accounts.setup.createWorkspace(
      { email, name: 'Person', password: PASSWORD, language: 'en-US' },
      'Place',
    )
  })

  const console = (path: string, cookie: string, body?: object) => sendJson(`${server().url}/console/api${path}`, 'POST', body, { cookie })
  const refresh = (token: string) => console('/refresh-token', `refresh_token=${token}`)
  const login = (address: string, password: string) =>
    sendJson(`${server().url}/console/api/login`, 'POST', { email: address, password: encodePassword(password) })
  const profileOf = (session: ConsoleSession) => session.send('GET', '/account/profile')

  it('live in cookies that scripts cannot read, but for the CSRF token', async () => {
    const reply = await login(email, PASSWORD)
    expect(reply.body).toEqual({ result: 'success' })
    const attributes = Object.fromEntries(reply.headers.getSetCookie().map((cookie) => [cookie.split('=')[0], cookie]))
    for (const name of ['access_token', 'refresh_token']) expect(attributes[name]).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(attributes['csrf_token']).not.toContain('HttpOnly')
  })

  it('are renewed by a token that works once', async () => {
    const first = (await server().login(email, PASSWORD)).cookies['refresh_token'] ?? ''
    const renewed = await refresh(first)
    expect(renewed).toMatchObject({ status: 200, body: { result: 'success' } })
    const second = cookiesOf(renewed)['refresh_token'] ?? ''
    expect(second).not.toBe(first)
    expect((await refresh(second)).status).toBe(200)
  })

  it('end whole where a spent token comes back: somebody else has it', async () => {
    const first = (await server().login(email, PASSWORD)).cookies['refresh_token'] ?? ''
    const second = cookiesOf(await refresh(first))['refresh_token'] ?? ''
    clock.advance(MINUTE)
    expect(await refresh(first)).toMatchObject({ status: 401, body: { result: 'fail', message: expect.any(String) } })
    expect((await refresh(second)).status).toBe(401)
  })

  it('survive two tabs that renew at once', async () => {
    const first = (await server().login(email, PASSWORD)).cookies['refresh_token'] ?? ''
    const replies = await Promise.all([refresh(first), refresh(first), refresh(first)])
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it('tell within a minute that somebody is there', async () => {
    const session = await server().login(email, PASSWORD)
    const lastActive = async (): Promise<number> => {
      await profileOf(session)
      const { body } = await session.send('GET', '/workspaces/current/members')
      return body.accounts.find((account: { email: string }) => account.email === email).last_active_at
    }
    const before = await lastActive()
    clock.advance(10 * MINUTE)
    expect((await lastActive()) - before).toBeGreaterThanOrEqual(600)
  })

  it('leave other sessions of the account alone', async () => {
    const [one, other] = [await server().login(email, PASSWORD), await server().login(email, PASSWORD)]
    expect((await one.send('POST', '/logout')).body).toEqual({ result: 'success' })
    expect((await refresh(one.cookies['refresh_token'] ?? '')).status).toBe(401)
    expect((await refresh(other.cookies['refresh_token'] ?? '')).status).toBe(200)
  })

  describe('give way to another one in the same browser', () => {
    const loginIn = (browser: ConsoleSession, password: string) => {
      const body = { email: 'first@example.com', password: encodePassword(password) }
      return sendJson(`${server().url}/console/api/login`, 'POST', body, { cookie: browser.headers['cookie'] ?? '' })
    }

    it('and are over on the server', async () => {
      const [here, elsewhere] = [await server().login(email, PASSWORD), await server().login(email, PASSWORD)]
      const next = await loginIn(here, PASSWORD)
      expect(next.body).toEqual({ result: 'success' })
      expect((await profileOf(here)).status).toBe(401)
      expect((await refresh(here.cookies['refresh_token'] ?? '')).status).toBe(401)
      expect((await profileOf(elsewhere)).status).toBe(200)
      expect((await refresh(cookiesOf(next)['refresh_token'] ?? '')).status).toBe(200)
    })

    it('also where their access has run out', async () => {
      const here = await server().login(email, PASSWORD)
      clock.advance(61 * MINUTE)
      expect((await loginIn(here, PASSWORD)).status).toBe(200)
      expect((await refresh(here.cookies['refresh_token'] ?? '')).status).toBe(401)
    })

    it('but go on where that one is refused', async () => {
      const here = await server().login(email, PASSWORD)
      expect((await loginIn(here, 'wrong')).status).toBe(401)
      expect((await profileOf(here)).status).toBe(200)
    })
  })

  it('run out: the access after an hour, the rest after a month without a visit', async () => {
    const session = await server().login(email, PASSWORD)
    clock.advance(61 * MINUTE)
    expect(await profileOf(session)).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    const renewed = cookiesOf(await refresh(session.cookies['refresh_token'] ?? ''))
    clock.advance(31 * DAY)
    expect((await refresh(renewed['refresh_token'] ?? '')).status).toBe(401)
  })

  it.each(['', 'nonsense', 'x'.repeat(4000), '%00', "' or 1=1"])('are not renewed by %j', async (token) => {
    expect(await refresh(token)).toMatchObject({ status: 401, body: { result: 'fail', message: expect.any(String) } })
  })

  it('end for everybody else where the password changes', async () => {
    const [mine, other] = [await server().login(email, PASSWORD), await server().login(email, PASSWORD)]
    const change = { password: PASSWORD, new_password: `${PASSWORD}2`, repeat_new_password: `${PASSWORD}2` }
    expect((await mine.send('POST', '/account/password', { ...change, password: 'wrong' })).body.code).toBe('current_password_incorrect')
    expect((await mine.send('POST', '/account/password', { ...change, repeat_new_password: 'x' })).body.code).toBe(
      'repeat_password_not_match',
    )
    const changed = await mine.send('POST', '/account/password', change)
    expect(changed.status).toBe(200)
    expect((await refresh(other.cookies['refresh_token'] ?? '')).status).toBe(401)
    expect((await refresh(mine.cookies['refresh_token'] ?? '')).status).toBe(401)
    expect((await refresh(cookiesOf(changed)['refresh_token'] ?? '')).status).toBe(200)
    expect((await login(email, PASSWORD)).status).toBe(401)
    expect((await login(email, `${PASSWORD}2`)).status).toBe(200)
  })

  describe('are known to their owner', () => {
    const listOf = async (session: ConsoleSession) => (await session.send('GET', '/account/sessions')).body.data

    it('by what browser and from where', async () => {
      await sendJson(
        `${server().url}/console/api/login`,
        'POST',
        { email, password: encodePassword(PASSWORD) },
        { 'user-agent': `Elsewhere/1 ${'x'.repeat(600)}` },
      )
      clock.advance(MINUTE)
      const mine = await server().login(email, PASSWORD)
      const [current, other, ...more] = await listOf(mine)
      expect(current).toMatchObject({ is_current: true, ip: expect.stringMatching(/127\.0\.0\.1/) })
      expect(other).toMatchObject({ is_current: false, user_agent: expect.stringMatching(/^Elsewhere/) })
      expect(other.user_agent).toHaveLength(512)
      expect(current.last_active_at - other.last_active_at).toBeGreaterThanOrEqual(60)
      expect(more).toEqual([])
    })

    it('and stay the same when they are renewed', async () => {
      const session = await server().login(email, PASSWORD)
      const [{ id, last_active_at: before }] = await listOf(session)
      clock.advance(2 * MINUTE)
      expect((await refresh(session.cookies['refresh_token'] ?? '')).status).toBe(200)
      const [renewed, ...more] = await listOf(session)
      expect(renewed).toMatchObject({ id, is_current: true })
      expect(renewed.last_active_at).toBeGreaterThan(before)
      expect(more).toEqual([])
    })

    it('and end one by one, at once', async () => {
      const [mine, other] = [await server().login(email, PASSWORD), await server().login(email, PASSWORD)]
      const { id } = (await listOf(mine)).find(({ is_current }: { is_current: boolean }) => !is_current)
      expect((await mine.send('DELETE', `/account/sessions/${id}`)).body).toEqual({ result: 'success' })
      expect(await profileOf(other)).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
      expect((await refresh(other.cookies['refresh_token'] ?? '')).status).toBe(401)
      expect((await profileOf(mine)).status).toBe(200)
      expect(await mine.send('DELETE', `/account/sessions/${id}`)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    })

    it('and end everywhere else', async () => {
      const [mine, ...others] = [
        await server().login(email, PASSWORD),
        await server().login(email, PASSWORD),
        await server().login(email, PASSWORD),
      ]
      expect((await mine.send('DELETE', '/account/sessions')).body).toEqual({ result: 'success', ended: 2 })
      for (const other of others) expect((await profileOf(other)).status).toBe(401)
      expect((await profileOf(mine)).status).toBe(200)
      expect(await listOf(mine)).toHaveLength(1)
    })

    it('and are nobody else’s to end', async () => {
      const mine = await server().login(email, PASSWORD)
      const [{ id }] = await listOf(mine)
      const stranger = await server().login('first@example.com', PASSWORD)
      expect((await stranger.send('DELETE', `/account/sessions/${id}`)).status).toBe(404)
      expect((await listOf(stranger)).some((session: { id: string }) => session.id === id)).toBe(false)
      expect((await profileOf(mine)).status).toBe(200)
    })

    it('and are gone after signing out, and after their time', async () => {
      const [mine, left] = [await server().login(email, PASSWORD), await server().login(email, PASSWORD)]
      await left.send('POST', '/logout')
      expect(await profileOf(left)).toMatchObject({ status: 401 })
      expect(await listOf(mine)).toHaveLength(1)
      clock.advance(31 * DAY)
      await server().process.features.accounts.cleanUp()
      const { db } = server().process.platform.database
      const rest = db.selectFrom('account_sessions').innerJoin('accounts', 'accounts.id', 'account_sessions.account_id')
      expect(await rest.selectAll().where('email', '=', email).execute()).toEqual([])
    })

    it('and go on where they began before sessions were kept', async () => {
      const session = await server().login(email, PASSWORD)
      const { db } = server().process.platform.database
      const { id } = await db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()
      await db.deleteFrom('account_sessions').where('account_id', '=', id).execute()
      expect((await profileOf(session)).status).toBe(401)
      expect((await refresh(session.cookies['refresh_token'] ?? '')).status).toBe(200)
      expect((await profileOf(session)).status).toBe(200)
    })
  })

  it('end where the account is banned', async () => {
    const session = await server().login(email, PASSWORD)
    await server().process.platform.database.db.updateTable('accounts').set({ status: 'banned' }).where('email', '=', email).execute()
    expect(await profileOf(session)).toMatchObject({ status: 400, body: { code: 'account_banned' } })
    expect(await login(email, PASSWORD)).toMatchObject({ status: 400, body: { code: 'account_banned' } })
    expect((await login(email, 'wrong')).body.code).toBe('authentication_failed')
    expect((await refresh(session.cookies['refresh_token'] ?? '')).status).toBe(401)
  })

  describe('begin with a password', () => {
    it('and do not tell an unknown address from a wrong password', async () => {
      const [wrong, unknown] = [await login(email, 'wrong'), await login('nobody@example.com', 'wrong')]
      expect(wrong).toMatchObject({ status: 401, body: { code: 'authentication_failed' } })
      expect(unknown.body).toEqual(wrong.body)
      expect(wrong.headers.getSetCookie()).toEqual([])
    })

    it('whatever the case of the address', async () => {
      expect((await login(email.toUpperCase(), PASSWORD)).status).toBe(200)
    })

    it('that is no text', async () => {
      for (const password of ['!', 'a', '/w==', PASSWORD]) {
        const reply = await sendJson(`${server().url}/console/api/login`, 'POST', { email, password })
        expect(reply).toMatchObject({ status: 401, body: { code: 'authentication_failed' } })
      }
    })

    it('and are locked after too many wrong ones, for the right one too, until the time is over', async () => {
      const answers: string[] = []
      for (let attempt = 0; attempt < 6; attempt++) answers.push((await login(email, 'wrong')).body.code)
      expect(answers).toEqual([...Array(4).fill('authentication_failed'), ...Array(2).fill('email_code_login_limit')])
      const locked = await login(email.toUpperCase(), PASSWORD)
      expect(locked).toMatchObject({ status: 429, body: { code: 'email_code_login_limit' } })
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0)
    })

    it('and are locked alike for an address that there is not', async () => {
      const answers: string[] = []
      for (let attempt = 0; attempt < 5; attempt++) answers.push((await login('nowhere@example.com', 'wrong')).body.code)
      expect(answers).toEqual([...Array(4).fill('authentication_failed'), 'email_code_login_limit'])
    })

    it('and forget wrong ones after a right one', async () => {
      for (let round = 0; round < 2; round++) {
        for (let attempt = 0; attempt < 3; attempt++) expect((await login(email, 'wrong')).status).toBe(401)
        expect((await login(email, PASSWORD)).status).toBe(200)
      }
    })
  })
})
