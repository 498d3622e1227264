import { encodePassword } from '@trellis/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeSmtp, startFakeSmtp } from '../../../../../tools/fake-smtp/index.ts'
import { createShiftedClock } from '../../testing/shifted-clock.ts'
import {
  administrator,
  type ConsoleSession,
  type JsonReply,
  sendJson,
  startTestServer,
  type TestServer,
} from '../../testing/test-server.ts'

const MINUTE_MS = 60_000

describe('codes by mail', () => {
  let smtp: FakeSmtp
  let server: TestServer
  let owner: ConsoleSession
  const clock = createShiftedClock()
  beforeAll(async () => {
    smtp = await startFakeSmtp()
    server = await startTestServer({
      clock,
      env: {
        ...smtp.env,
        ENABLE_EMAIL_CODE_LOGIN: 'true',
        ALLOW_REGISTER: 'true',
        ALLOW_CREATE_WORKSPACE: 'true',
        EMAIL_SEND_IP_LIMIT_PER_MINUTE: '0',
      },
    })
    owner = await server.setup()
  })
  afterAll(async () => {
    await server.close()
    await smtp.close()
  })

  const post = (path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<JsonReply> =>
    sendJson(`${server.url}/console/api${path}`, 'POST', body, headers)
  /** What the act has mailed to somebody: its token, and the code of the letter. */
  const mailed = async (to: string, act: () => Promise<JsonReply>): Promise<{ token: string; code: string }> => {
    clock.advance(MINUTE_MS + 1000)
    const before = smtp.letters.length
    const { status, body } = await act()
    expect(status, JSON.stringify(body)).toBe(200)
    const letter = await smtp.waitForLetter(to, before)
    return { token: body.data, code: /\b\d{6}\b/.exec(letter.text)?.[0] ?? '' }
  }
  const login = (email: string, password: string): Promise<JsonReply> => post('/login', { email, password: encodePassword(password) })
  const wrong = (code: string): string => code.replace(/^./, (digit) => String((Number(digit) + 1) % 10))
  const askToReset = (email: string) => post('/forgot-password', { email, language: 'en-US' })
  const aMember = async (email: string, password = 'correct horse 1'): Promise<ConsoleSession> => {
    const account = { email, name: email, password, language: 'en-US' }
    await server.process.features.accounts.setup.createWorkspace(account, `${email}'s place`)
    return server.login(email, password)
  }
  const cookiesOf = ({ headers }: JsonReply): string =>
    headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')

  describe('set a new password', () => {
    it('for whoever reads the account’s mail, ends its sessions, and tells the owner', async () => {
      const email = 'reset@example.com'
      const session = await aMember(email)
      const { token, code } = await mailed(email, () => askToReset('Reset@Example.com'))
      const proven = await post('/forgot-password/validity', { email, code, token })
      expect(proven.body).toMatchObject({ is_valid: true, email })
      const before = smtp.letters.length
      const next = { token: proven.body.token, new_password: 'another horse 2', password_confirm: 'another horse 2' }
      expect((await post('/forgot-password/resets', next)).body).toEqual({ result: 'success' })
      expect((await session.send('GET', '/account/profile')).status).toBe(401)
      expect((await login(email, 'correct horse 1')).status).toBe(401)
      expect((await login(email, 'another horse 2')).status).toBe(200)
      expect((await smtp.waitForLetter(email, before)).subject).toBe('Your password was changed')
      // Neither the code nor what it was traded for works twice.
      expect((await post('/forgot-password/validity', { email, code, token })).body.code).toBe('invalid_or_expired_token')
      expect((await post('/forgot-password/resets', next)).body.code).toBe('invalid_or_expired_token')
    })

    it('refuse another password than its repetition, and one that is too weak, before anything is used up', async () => {
      const email = 'weak@example.com'
      await aMember(email)
      const { token, code } = await mailed(email, () => askToReset(email))
      const { body } = await post('/forgot-password/validity', { email, code, token })
      const set = (password: string, repeated: string) =>
        post('/forgot-password/resets', { token: body.token, new_password: password, password_confirm: repeated })
      expect((await set('another horse 2', 'another horse 3')).body.code).toBe('password_mismatch')
      expect((await set('short', 'short')).body.code).toBe('invalid_param')
      expect((await set('another horse 2', 'another horse 2')).status).toBe(200)
    })

    it('tell nobody whether an address has an account: same answer, same limits, and a letter only to those who have one', async () => {
      await aMember('known@example.com')
      const before = smtp.letters.length
      const [known, unknown] = [await askToReset('known@example.com'), await askToReset('unknown@example.com')]
      expect(unknown.status).toBe(known.status)
      expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body))
      expect(unknown.body.data).toHaveLength(known.body.data.length)
      for (const email of ['known@example.com', 'unknown@example.com']) {
        const again = await askToReset(email)
        expect(again).toMatchObject({ status: 429, body: { code: 'password_reset_rate_limit_exceeded' } })
        const guess = await post('/forgot-password/validity', {
          email,
          code: '000000',
          token: email[0] === 'k' ? known.body.data : unknown.body.data,
        })
        expect(guess.body.code).toMatch(/email_code_error/)
      }
      await smtp.waitForLetter('known@example.com', before)
      await expect.poll(() => server.process.platform.queue.stats('mail')).toMatchObject({ waiting: 0, running: 0 })
      expect(smtp.letters.slice(before).some(({ to }) => to.includes('unknown@example.com'))).toBe(false)
    })

    it('give five tries, those at the same moment counted, and then lock the address for new codes too', async () => {
      const email = 'guess@example.com'
      await aMember(email)
      const { token, code } = await mailed(email, () => askToReset(email))
      const tries = await Promise.all(
        Array.from({ length: 12 }, () => post('/forgot-password/validity', { email, code: wrong(code), token })),
      )
      expect(tries.filter(({ body }) => body.code === 'email_code_error').length).toBeLessThanOrEqual(5)
      expect((await post('/forgot-password/validity', { email, code, token })).status).toBe(429)
      const next = await mailed(email, () => askToReset(email))
      expect(await post('/forgot-password/validity', { email, ...next })).toMatchObject({
        status: 429,
        body: { code: 'email_password_reset_limit' },
      })
    })

    it('tell too many wrong ones at signing in from too many wrong passwords, which have the same word', async () => {
      const email = 'guess-sign-in@example.com'
      await aMember(email)
      const { token, code } = await mailed(email, () => post('/email-code-login', { email }))
      const signIn = (given: string) => post('/email-code-login/validity', { email, token, code: encodePassword(given) })
      for (let tries = 0; tries < 5; tries++) expect((await signIn(wrong(code))).body.code).toBe('email_code_error')
      expect(await signIn(code)).toMatchObject({
        status: 429,
        body: { code: 'email_code_login_limit', details: { reason: 'wrong_codes', values: { seconds: 86_400 } } },
      })
    })

    it('expire, and work for their own address and purpose alone', async () => {
      const email = 'late@example.com'
      await aMember(email)
      const { token, code } = await mailed(email, () => askToReset(email))
      expect((await post('/forgot-password/validity', { email: 'known@example.com', code, token })).body.code).toBe('invalid_email')
      expect((await post('/email-code-login/validity', { email, code: encodePassword(code), token })).body.code).toBe(
        'invalid_or_expired_token',
      )
      expect(
        (await post('/forgot-password/resets', { token, new_password: 'another horse 2', password_confirm: 'another horse 2' })).body.code,
      ).toBe('invalid_or_expired_token')
      clock.advance(6 * MINUTE_MS)
      expect((await post('/forgot-password/validity', { email, code, token })).body.code).toBe('invalid_or_expired_token')
    })

    it('are kept as hashes', async () => {
      const email = 'hash@example.com'
      await aMember(email)
      const { token, code } = await mailed(email, () => askToReset(email))
      const rows = await server.process.platform.database.db
        .selectFrom('account_challenges')
        .selectAll()
        .where('email', '=', email)
        .execute()
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toContain(token)
      expect(JSON.stringify(rows)).not.toContain(`"${code}"`)
    })
  })

  describe('sign in', () => {
    const ask = (email: string) => post('/email-code-login', { email, language: 'zh-Hans' })
    const enter = (email: string, given: { token: string; code: string }, headers?: Readonly<Record<string, string>>) =>
      post('/email-code-login/validity', { email, token: given.token, code: encodePassword(given.code) }, headers)

    it('whoever has an account, with a session of its own making', async () => {
      const email = 'code@example.com'
      await aMember(email)
      const fixed = 'access_token=of-an-attacker; refresh_token=of-an-attacker; csrf_token=of-an-attacker'
      const entered = await enter(email, await mailed(email, () => ask(email)), { cookie: fixed })
      expect(entered.body).toEqual({ result: 'success' })
      const cookie = cookiesOf(entered)
      expect(cookie).not.toContain('of-an-attacker')
      const csrf = /csrf_token=([^;]+)/.exec(cookie)?.[1] ?? ''
      const profile = await sendJson(`${server.url}/console/api/account/profile`, 'GET', undefined, { cookie, 'x-csrf-token': csrf })
      expect(profile.body).toMatchObject({ email })
    })

    it('in place of whoever was signed in in this browser', async () => {
      const before = await aMember('before@example.com')
      const email = 'after@example.com'
      await aMember(email)
      const entered = await enter(email, await mailed(email, () => ask(email)), { cookie: before.headers['cookie'] ?? '' })
      expect(entered.body).toEqual({ result: 'success' })
      expect((await before.send('GET', '/account/profile')).status).toBe(401)
    })

    it('make an account where anybody may, in the language that was asked for', async () => {
      const email = 'new.person@example.com'
      const given = await mailed(email, () => ask(email))
      expect(smtp.letters.at(-1)?.subject).toContain('登录 Trellis')
      const entered = await enter(email, given)
      expect(entered.body).toEqual({ result: 'success' })
      const account = await server.process.platform.database.db
        .selectFrom('accounts')
        .selectAll()
        .where('email', '=', email)
        .executeTakeFirst()
      expect(account).toMatchObject({ name: 'new.person', password_hash: null })
    })

    it.each(['text/plain', 'application/x-www-form-urlencoded'])('nobody by a form of another site (%s)', async (type) => {
      for (const path of ['/login', '/email-code-login', '/email-code-login/validity', '/forgot-password', '/forgot-password/resets']) {
        const body = JSON.stringify({ email: administrator.email, password: encodePassword(administrator.password) })
        const reply = await fetch(`${server.url}/console/api${path}`, { method: 'POST', headers: { 'content-type': type }, body })
        expect(reply.status, path).toBe(415)
        expect(reply.headers.getSetCookie()).toEqual([])
      }
    })

    it('nobody whose account is banned', async () => {
      const email = 'banned@example.com'
      await aMember(email)
      const { db } = server.process.platform.database
      const given = await mailed(email, () => ask(email))
      await db.updateTable('accounts').set({ status: 'banned' }).where('email', '=', email).execute()
      const refused = await enter(email, given)
      expect(refused.body.code).toBe('account_banned')
      expect(refused.headers.getSetCookie()).toEqual([])
    })
  })

  describe('change the address of an account', () => {
    it('once both addresses are proven, and nothing else of the account', async () => {
      const [old, next] = ['old@example.com', 'next@example.com']
      const session = await aMember(old)
      const change = (body: object) => session.send('POST', '/account/change-email', body)
      const check = (email: string, given: object) => session.send('POST', '/account/change-email/validity', { email, ...given })
      expect((await change({ email: next, phase: 'new_email', token: 'made up' })).body.code).toBe('invalid_or_expired_token')
      // Whatever address is named, the first code goes to the present one.
      const first = await mailed(old, () => change({ email: next, phase: 'old_email' }))
      const right = (await check(old, first)).body.token
      // The present address alone gives no right to take another.
      expect((await session.send('POST', '/account/change-email/reset', { new_email: next, token: right })).body.code).toBe(
        'invalid_or_expired_token',
      )
      const again = await mailed(old, () => change({ email: old, phase: 'old_email' }))
      const proof = (await check(old, again)).body.token
      const second = await mailed(next, () => change({ email: next, phase: 'new_email', token: proof }))
      const { token } = (await check(next, second)).body
      const before = smtp.letters.length
      const body = { new_email: next, token, id: 'another', status: 'banned', password_hash: 'x', role: 'owner' }
      const changed = await session.send('POST', '/account/change-email/reset', body)
      expect(changed.body).toMatchObject({ email: next })
      expect((await smtp.waitForLetter(old, before)).text).toContain(next)
      expect((await login(old, 'correct horse 1')).status).toBe(401)
      expect((await login(next, 'correct horse 1')).status).toBe(200)
    })

    it('not to one of another account, of which nobody is told who cannot read its mail', async () => {
      const email = 'mover@example.com'
      const session = await aMember(email)
      const unique = (address: string) => session.send('POST', '/account/change-email/check-email-unique', { email: address })
      expect((await unique(email)).body.code).toBe('email_already_in_use')
      expect((await unique(administrator.email)).body).toEqual((await unique('free@example.com')).body)
      const first = await mailed(email, () => session.send('POST', '/account/change-email', { email, phase: 'old_email' }))
      const proof = (await session.send('POST', '/account/change-email/validity', { email, ...first })).body.token
      const taken = administrator.email
      const second = await mailed(taken, () =>
        session.send('POST', '/account/change-email', { email: taken, phase: 'new_email', token: proof }),
      )
      const { token } = (await session.send('POST', '/account/change-email/validity', { email: taken, ...second })).body
      expect((await session.send('POST', '/account/change-email/reset', { new_email: taken, token })).body.code).toBe(
        'email_already_in_use',
      )
    })
  })

  describe('give a workspace away', () => {
    const MEMBERS = '/workspaces/current/members'

    it('for its owner, by a code that was mailed to them', async () => {
      const invited = await owner.send('POST', `${MEMBERS}/invite-email`, { emails: ['heir@example.com'], role: 'editor' })
      const invitation = new URL(invited.body.invitation_results[0].url).searchParams.get('token')
      await post('/activate', { token: invitation, name: 'Heir', password: 'correct horse 1' })
      const heir = await server.login('heir@example.com', 'correct horse 1')
      expect((await heir.send('POST', `${MEMBERS}/send-owner-transfer-confirm-email`, {})).status).toBe(403)
      const { id } = (await heir.send('GET', '/account/profile')).body
      const given = await mailed(administrator.email, () => owner.send('POST', `${MEMBERS}/send-owner-transfer-confirm-email`, {}))
      const transfer = (token: string) => owner.send('POST', `${MEMBERS}/${id}/owner-transfer`, { token })
      expect((await transfer(given.token)).body.code).toBe('invalid_or_expired_token')
      const { token } = (await owner.send('POST', `${MEMBERS}/owner-transfer-check`, given)).body
      const before = smtp.letters.length
      expect((await transfer(token)).body).toEqual({ result: 'success' })
      expect((await smtp.waitForLetter('heir@example.com', before)).subject).toContain('You own')
      expect((await heir.send('POST', '/workspaces/current')).body.role).toBe('owner')
    })

    it('no links for new passwords: people have mail', async () => {
      const heir = await server.login('heir@example.com', 'correct horse 1')
      const former = (await owner.send('GET', '/account/profile')).body.id
      const refused = await heir.send('POST', `${MEMBERS}/${former}/reset-link`, {})
      expect(refused).toMatchObject({ status: 403, body: { message: expect.stringContaining('code by mail') } })
    })
  })
})
