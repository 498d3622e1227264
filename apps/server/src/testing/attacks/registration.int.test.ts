import { encodePassword } from '@trellis/contracts'
import { newId } from '@trellis/kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeSmtp, startFakeSmtp } from '../../../../../tools/fake-smtp/index.ts'
import { createShiftedClock } from '../shifted-clock.ts'
import { administrator, type JsonReply, sendJson, startTestServer, type TestServer } from '../test-server.ts'

const MINUTE_MS = 60_000
const password = 'correct horse 1'
const passwords = { new_password: password, password_confirm: password }

/** Anybody may register: a stranger wants the account, the address or the mailbox of somebody else, or only to know who has one. */
describe('Registration', () => {
  let smtp: FakeSmtp
  let server: TestServer
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
        EMAIL_SEND_IP_LIMIT_PER_MINUTE: '3',
        LOGIN_IP_LIMIT_PER_MINUTE: '40',
        RESPECT_XFORWARD_HEADERS_ENABLED: 'true',
      },
    })
    await server.setup()
  })
  afterAll(async () => {
    await server.close()
    await smtp.close()
  })

  let count = 0
  /** A network address that nobody else uses in these tests. */
  const anAddress = (): string => `192.0.2.${++count}`
  const post = (path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<JsonReply> =>
    sendJson(`${server.url}/console/api${path}`, 'POST', body, { 'x-forwarded-for': anAddress(), ...headers })
  const ask = (email: string) => post('/email-register/send-email', { email })
  const check = (email: string, code: string, token: string) => post('/email-register/validity', { email, code, token })
  const db = () => server.process.platform.database.db
  const accountOf = (email: string) => db().selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst()
  /** The code that comes to an address, and its token. */
  const mailed = async (email: string, path = '/email-register/send-email') => {
    clock.advance(MINUTE_MS + 1000)
    const before = smtp.letters.length
    const token: string = (await post(path, { email })).body.data
    return { token, code: /\b\d{6}\b/.exec((await smtp.waitForLetter(email, before)).text)?.[0] ?? '' }
  }
  const proven = async (email: string): Promise<string> => {
    const { token, code } = await mailed(email)
    return (await check(email, code, token)).body.token
  }
  const wrong = (code: string): string => code.replace(/^./, (digit) => String((Number(digit) + 1) % 10))

  it('tells nobody who has an account: the same answers, in the same shape, to the same limits', async () => {
    const addresses = [administrator.email, 'nobody@example.com']
    const seen = []
    for (const email of addresses) {
      const before = smtp.letters.length
      const asked = await ask(email)
      const again = await ask(email)
      const guesses = []
      // Whoever has an account was sent no code, and guesses are still judged like all others.
      for (let tries = 0; tries < 6; tries++) guesses.push(await check(email, '12345', asked.body.data))
      const headers = [...asked.headers.keys()].filter((name) => name !== 'date').sort()
      seen.push({
        asked: { status: asked.status, keys: Object.keys(asked.body), length: asked.body.data.length, headers },
        again: { status: again.status, body: again.body, retryAfter: again.headers.has('retry-after') },
        guesses: guesses.map(({ status, body }) => [status, body]),
      })
      await smtp.waitForLetter(email, before)
    }
    expect(seen[1]).toEqual(seen[0])
    expect(seen[0]?.again).toMatchObject({ status: 429, body: { code: 'email_register_rate_limit_exceeded' } })
    expect(seen[0]?.guesses.at(0)).toMatchObject([400, { code: 'email_code_error' }])
    expect(seen[0]?.guesses.at(-1)).toMatchObject([429, { code: 'email_register_limit' }])
  })

  it('makes no account for an address whose mail the attacker does not read', async () => {
    const victim = 'victim@example.com'
    const mine = await mailed('mallory@example.com')
    expect((await check(victim, mine.code, mine.token)).body.code).toBe('invalid_email')
    const theirs = await mailed(victim)
    // The code of one letter beside the token of another, and the token of the letter without its code.
    expect((await check(victim, mine.code === theirs.code ? wrong(mine.code) : mine.code, theirs.token)).body.code).toBe('email_code_error')
    expect((await post('/email-register', { token: theirs.token, ...passwords })).body.code).toBe('invalid_or_expired_token')
    const token = (await check('mallory@example.com', mine.code, mine.token)).body.token
    await post('/email-register', { token, ...passwords, email: victim, to: victim })
    expect(await accountOf(victim)).toBeUndefined()
    expect(await accountOf('mallory@example.com')).toBeDefined()
  })

  it('takes over no account that was made meanwhile: its password stays', async () => {
    const email = 'twice@example.com'
    const [first, second] = [await proven(email), await proven(email)]
    const both = await Promise.all(
      [first, second].map((token, index) =>
        post('/email-register', { token, new_password: `horse number ${index}`, password_confirm: `horse number ${index}` }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
    const [winner, loser] = [both.findIndex(({ status }) => status === 200), both.findIndex(({ status }) => status === 400)]
    expect(both[loser]?.body.code).toBe('email_already_in_use')
    expect(both[loser]?.headers.getSetCookie()).toEqual([])
    const login = (index: number) => post('/login', { email, password: encodePassword(`horse number ${index}`) })
    expect((await login(winner)).status).toBe(200)
    expect((await login(loser)).status).toBe(401)
    expect(
      await db()
        .selectFrom('tenant_members')
        .select('role')
        .where('account_id', '=', (await accountOf(email))?.id ?? '')
        .execute(),
    ).toEqual([{ role: 'owner' }])
  })

  it('gives five guesses, those at the same moment counted, and then locks the address for new codes too', async () => {
    const email = 'guessed@example.com'
    const { token, code } = await mailed(email)
    const guesses = await Promise.all(Array.from({ length: 12 }, () => check(email, wrong(code), token)))
    expect(guesses.filter(({ body }) => body.code === 'email_code_error').length).toBeLessThanOrEqual(5)
    expect((await check(email, code, token)).body.code).toBe('email_register_limit')
    const next = await mailed(email)
    expect((await check(email, next.code, next.token)).status).toBe(429)
    clock.advance(86_400_000 + 1000)
    const tomorrow = await mailed(email)
    expect((await check(email, tomorrow.code, tomorrow.token)).status).toBe(200)
  })

  it('sends no network address more letters than it may ask for, to whomever', async () => {
    const from = { 'x-forwarded-for': anAddress() }
    const replies = []
    for (let index = 0; index < 4; index++)
      replies.push(await post('/email-register/send-email', { email: `bulk${index}@example.com` }, from))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    expect(replies[3]?.body.code).toBe('email_send_ip_limit')
  })

  it('takes no code that was sent for something else, and its own is good for nothing else', async () => {
    const email = 'purpose@example.com'
    const ofSignIn = await mailed(email, '/email-code-login')
    expect((await check(email, ofSignIn.code, ofSignIn.token)).body.code).toBe('invalid_or_expired_token')
    const own = await mailed(email)
    const entered = await post('/email-code-login/validity', { email, token: own.token, code: encodePassword(own.code) })
    expect(entered.body.code).toBe('invalid_or_expired_token')
    const reset = await mailed(administrator.email, '/forgot-password')
    const right = (await post('/forgot-password/validity', { email: administrator.email, ...reset })).body.token
    expect((await post('/email-register', { token: right, ...passwords })).body.code).toBe('invalid_or_expired_token')
    const token = (await check(email, own.code, own.token)).body.token
    expect((await post('/forgot-password/resets', { token, ...passwords })).body.code).toBe('invalid_or_expired_token')
    expect((await post('/email-register', { token, ...passwords })).status).toBe(200)
  })

  it('makes a new session, whatever cookies the browser was given before', async () => {
    const attacker = await server.login(administrator.email, administrator.password)
    const { cookie = '', 'x-csrf-token': csrf = '' } = attacker.headers
    const token = await proven('fixed@example.com')
    const registered = await post('/email-register', { token, ...passwords }, { cookie, 'x-csrf-token': csrf })
    expect(registered.status).toBe(200)
    const cookies = registered.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
    expect(cookies.map((line) => line.split('=')[0]).sort()).toEqual(['access_token', 'csrf_token', 'refresh_token'])
    for (const line of cookies) expect(cookie).not.toContain(line)
    // Whoever left theirs in that browser has lost it.
    expect((await attacker.send('GET', '/account/profile')).status).toBe(401)
    const own = { cookie: cookies.join('; '), 'x-csrf-token': registered.body.data.csrf_token }
    const profile = await sendJson(`${server.url}/console/api/account/profile`, 'GET', undefined, own)
    expect(profile.body.email).toBe('fixed@example.com')
  })

  it('gives nobody a place, a role or a state of their own choice', async () => {
    const email = 'eager@example.com'
    const home = await db().selectFrom('tenants').select('id').executeTakeFirstOrThrow()
    const rights = {
      id: newId(),
      tenant_id: home.id,
      role: 'owner',
      status: 'banned',
      password_hash: 'x',
      is_admin: true,
      invite_token: 'x',
    }
    const reply = await post('/email-register', { token: await proven(email), ...passwords, ...rights })
    expect(reply.status).toBeOneOf([200, 400])
    const account = await accountOf(email)
    expect(account).toMatchObject({ status: 'active', name: 'eager' })
    expect(account?.id).not.toBe(rights.id)
    const places = await db()
      .selectFrom('tenant_members')
      .select('tenant_id')
      .where('account_id', '=', account?.id ?? '')
      .execute()
    expect(places).toHaveLength(1)
    expect(places[0]?.tenant_id).not.toBe(home.id)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('is done by no form of another site (%s)', async (type) => {
    const token = await proven(`form-${type.length}@example.com`)
    for (const path of ['/send-email', '/validity', '']) {
      const reply = await fetch(`${server.url}/console/api/email-register${path}`, {
        method: 'POST',
        headers: { 'content-type': type, 'x-forwarded-for': anAddress() },
        body: JSON.stringify({ email: 'form@example.com', code: '123456', token, ...passwords }),
      })
      expect(reply.status, path).toBe(415)
      expect(reply.headers.getSetCookie()).toEqual([])
    }
  })
})
