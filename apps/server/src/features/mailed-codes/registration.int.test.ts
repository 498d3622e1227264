import { encodePassword } from '@trellis/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FakeSmtp, startFakeSmtp } from '../../../../../tools/fake-smtp/index.ts'
import { createShiftedClock } from '../../testing/shifted-clock.ts'
import { type JsonReply, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'

const MINUTE_MS = 60_000
const password = 'correct horse 1'
const codeOf = (text: string): string => /\b\d{6}\b/.exec(text)?.[0] ?? ''

describe('registering by mail', () => {
  let smtp: FakeSmtp
  let server: TestServer
  const clock = createShiftedClock()
  beforeAll(async () => {
    smtp = await startFakeSmtp()
    server = await startTestServer({
      clock,
      env: { ...smtp.env, ALLOW_REGISTER: 'true', ALLOW_CREATE_WORKSPACE: 'true', EMAIL_REGISTER_TOKEN_EXPIRY_MINUTES: '7' },
    })
    await server.setup()
  })
  afterAll(async () => {
    await server.close()
    await smtp.close()
  })

  const post = (path: string, body: object): Promise<JsonReply> => sendJson(`${server.url}/console/api${path}`, 'POST', body)
  const accountOf = (email: string) =>
    server.process.platform.database.db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst()
  const ask = async (email: string, language = 'en-US') => {
    clock.advance(MINUTE_MS + 1000)
    const before = smtp.letters.length
    const { status, body } = await post('/email-register/send-email', { email, language })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toEqual({ result: 'success', data: expect.any(String) })
    return { token: body.data as string, letter: await smtp.waitForLetter(email.toLowerCase(), before) } // the contract's word for the token
  }
  /** The token with which the account of an address is made. */
  const prove = async (email: string, language?: string): Promise<string> => {
    const { token, letter } = await ask(email, language)
    const { body } = await post('/email-register/validity', { email, code: codeOf(letter.text), token })
    expect(body).toEqual({ is_valid: true, email: email.toLowerCase(), token: expect.any(String) })
    return body.token
  }
  const register = (token: string, more: object = {}): Promise<JsonReply> =>
    post('/email-register', { token, new_password: password, password_confirm: password, ...more })

  it('makes an account with a workspace of its own, and signs in', async () => {
    const email = 'New.Person@example.com'
    const token = await prove(email, 'zh-Hans')
    expect(smtp.letters.at(-1)?.subject).toContain('创建账号')
    expect(smtp.letters.at(-1)?.text).toContain('7 分钟')
    const registered = await register(token, { name: ' Grace ', language: 'zh-Hans', timezone: 'Europe/Berlin' })
    expect(registered.body).toEqual({
      result: 'success',
      data: { access_token: expect.any(String), refresh_token: expect.any(String), csrf_token: expect.any(String) },
    })
    const account = await accountOf(email.toLowerCase())
    expect(account).toMatchObject({ name: 'Grace', interface_language: 'zh-Hans', timezone: 'Europe/Berlin', status: 'active' })
    const session = await server.login(email, password)
    expect((await session.send('POST', '/workspaces/current')).body).toMatchObject({ name: "Grace's Workspace", role: 'owner' })
    expect((await session.send('GET', '/workspaces')).body.workspaces).toHaveLength(1)
  })

  it('answers with tokens, as Dify does, and with the cookies of the same session', async () => {
    const { headers, body } = await register(await prove('both@example.com'))
    const cookies = headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
    for (const [name, value] of Object.entries(body.data)) expect(cookies).toContain(`${name}=${value}`)
    const withToken = { authorization: `Bearer ${body.data.access_token}`, 'x-csrf-token': body.data.csrf_token }
    const ofToken = { ...withToken, cookie: `csrf_token=${body.data.csrf_token}` }
    const profile = await sendJson(`${server.url}/console/api/account/profile`, 'GET', undefined, ofToken)
    expect(profile.body).toMatchObject({ email: 'both@example.com', name: 'both', interface_language: 'en-US', is_password_set: true })
    const session = await server.login('both@example.com', password)
    expect((await session.send('GET', '/account/sessions')).body.data).toHaveLength(2)
  })

  it('refuses another password than its repetition, and one that is too weak, before anything is used up', async () => {
    const token = await prove('weak@example.com')
    expect((await register(token, { password_confirm: 'another horse 2' })).body.code).toBe('password_mismatch')
    expect((await register(token, { new_password: 'short', password_confirm: 'short' })).body.code).toBe('invalid_param')
    expect((await register(token, { name: 'x'.repeat(31) })).body.code).toBe('invalid_param')
    expect(await accountOf('weak@example.com')).toBeUndefined()
    expect((await register(token)).status).toBe(200)
    expect((await register(token)).body.code).toBe('invalid_or_expired_token')
  })

  it('tells whoever has an account that they do, in the language of the account, and sends no code', async () => {
    const email = 'known@example.com'
    await register(await prove(email), { language: 'zh-Hans' })
    const { letter } = await ask(email, 'en-US')
    expect(letter.subject).toBe('您已有 Trellis 账号')
    expect(codeOf(letter.text)).toBe('')
  })

  it('sends nothing to whoever is banned, and answers the same', async () => {
    const email = 'banned@example.com'
    await register(await prove(email))
    const { db } = server.process.platform.database
    await db.updateTable('accounts').set({ status: 'banned' }).where('email', '=', email).execute()
    clock.advance(MINUTE_MS + 1000)
    const before = smtp.letters.length
    const { status, body } = await post('/email-register/send-email', { email, language: 'en-US' })
    expect({ status, body }).toEqual({ status: 200, body: { result: 'success', data: expect.any(String) } })
    await ask('after@example.com')
    await expect.poll(() => server.process.platform.queue.stats('mail')).toMatchObject({ waiting: 0, running: 0 })
    expect(smtp.letters.slice(before).map(({ to }) => to)).toEqual([['after@example.com']])
  })

  it('expires', async () => {
    const email = 'late@example.com'
    const { token, letter } = await ask(email)
    const check = () => post('/email-register/validity', { email, code: codeOf(letter.text), token })
    clock.advance(8 * MINUTE_MS)
    expect((await check()).body.code).toBe('invalid_or_expired_token')
    const proven = await prove(email)
    clock.advance(8 * MINUTE_MS)
    expect((await register(proven)).body.code).toBe('invalid_or_expired_token')
  })

  describe('is closed', () => {
    let other: TestServer
    afterEach(() => other.close())
    const both = { ALLOW_REGISTER: 'true', ALLOW_CREATE_WORKSPACE: 'true' }

    const walk = async (expected: object): Promise<void> => {
      const before = smtp.letters.length
      const passwords = { new_password: password, password_confirm: password }
      for (const [path, body] of [
        ['/send-email', { email: 'new@example.com' }],
        ['/validity', { email: 'new@example.com', code: '123456', token: 'x' }],
        ['', { token: 'x', ...passwords }],
      ] as const) {
        const reply = await sendJson(`${other.url}/console/api/email-register${path}`, 'POST', body)
        expect(reply, path).toMatchObject(expected)
      }
      expect(smtp.letters).toHaveLength(before)
    }

    it('where the operator did not open it', async () => {
      other = await startTestServer({ env: { ...smtp.env, ALLOW_CREATE_WORKSPACE: 'true' } })
      await other.setup()
      await walk({ status: 403, body: { code: 'forbidden', message: expect.stringContaining('ALLOW_REGISTER') } })
    })

    it('where nobody signs in by password', async () => {
      other = await startTestServer({ env: { ...smtp.env, ...both, ENABLE_EMAIL_PASSWORD_LOGIN: 'false' } })
      await walk({ status: 403, body: { code: 'forbidden', message: expect.stringContaining('ENABLE_EMAIL_PASSWORD_LOGIN') } })
    })

    it('where no mail is sent', async () => {
      other = await startTestServer({ env: both })
      await other.setup()
      await walk({ status: 400, body: { code: 'mail_not_configured' } })
    })

    it('where new accounts would get no workspace: as it is to whoever signs in by a code', async () => {
      other = await startTestServer({ env: { ...smtp.env, ALLOW_REGISTER: 'true', ENABLE_EMAIL_CODE_LOGIN: 'true' } })
      await other.setup()
      await walk({ status: 400, body: { code: 'not_allowed_create_workspace' } })
      const email = 'coded@example.com'
      const before = smtp.letters.length
      const token = (await sendJson(`${other.url}/console/api/email-code-login`, 'POST', { email })).body.data
      const code = encodePassword(codeOf((await smtp.waitForLetter(email, before)).text))
      const entered = await sendJson(`${other.url}/console/api/email-code-login/validity`, 'POST', { email, token, code })
      expect(entered).toMatchObject({ status: 400, body: { code: 'not_allowed_create_workspace' } })
    })

    it('before there is an administrator', async () => {
      other = await startTestServer({ env: { ...smtp.env, ...both } })
      await walk({ status: 401, body: { code: 'not_setup' } })
    })
  })
})
