import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeGithub, startFakeGithub } from '../../../../../tools/fake-github/index.ts'
import { type FakeOidc, startFakeOidc } from '../../../../../tools/fake-oidc/index.ts'
import { type CookieBrowser, createCookieBrowser } from '../../testing/cookie-browser.ts'
import {
  administrator,
  type ConsoleSession,
  type JsonReply,
  sendJson,
  startTestServer,
  type TestServer,
} from '../../testing/test-server.ts'

const call = (server: TestServer, browser: CookieBrowser, method: string, path: string): Promise<JsonReply> =>
  sendJson(`${server.url}/console/api${path}`, method, undefined, browser.headers())
/** Where somebody is in the end who presses the button of a service. */
const press = async (server: TestServer, browser: CookieBrowser, path: string): Promise<string> => {
  const { url } = await browser.follow(`${server.url}/console/api${path}`)
  expect(url.origin).toBe(server.url)
  return url.pathname + url.search
}

describe('signing in by an OpenID Connect provider', () => {
  let oidc: FakeOidc
  let server: TestServer
  let owner: ConsoleSession
  beforeAll(async () => {
    oidc = await startFakeOidc()
    server = await startTestServer({ env: oidc.env })
    oidc.register(`${server.url}/console/api/oauth/authorize/oidc`)
    owner = await server.setup()
  })
  afterAll(async () => {
    await server.close()
    await oidc.close()
  })
  const signIn = (browser: CookieBrowser, search = ''): Promise<string> => press(server, browser, `/oauth/login/oidc${search}`)
  const profileOf = (browser: CookieBrowser) => call(server, browser, 'GET', '/account/profile')

  it('is told to pages', async () => {
    expect((await sendJson(`${server.url}/console/api/system-features`, 'GET')).body).toMatchObject({
      enable_social_oauth_login: true,
      sign_in_providers: [{ id: 'oidc', name: 'House' }],
    })
    expect((await sendJson(`${server.url}/console/api/oauth/login/github`, 'GET')).status).toBe(404)
  })

  it('lets in whoever has the address of an account, and knows them again when their address has changed', async () => {
    oidc.be({ sub: 'ann', email: administrator.email, email_verified: true })
    const browser = createCookieBrowser()
    expect(await signIn(browser, `?redirect=${encodeURIComponent('/settings/members?page=2')}`)).toBe('/settings/members?page=2')
    const { body } = await profileOf(browser)
    expect(body.email).toBe(administrator.email)
    expect([...browser.cookies.keys()]).not.toContain('sign_in_visit')
    oidc.be({ sub: 'ann', email: 'ann@elsewhere.example', email_verified: false })
    const another = createCookieBrowser()
    expect(await signIn(another)).toBe('/apps')
    expect((await profileOf(another)).body.id).toBe(body.id)
    expect((await call(server, another, 'GET', '/account/integrates')).body.data).toMatchObject([
      { provider: 'oidc', name: 'House', is_bound: true, email: 'ann@elsewhere.example' },
    ])
  })

  it('takes the place of whoever was signed in in this browser', async () => {
    const before = await server.login(administrator.email, administrator.password)
    const browser = createCookieBrowser(new Map(Object.entries(before.cookies)))
    oidc.be({ sub: 'ann', email: administrator.email, email_verified: true })
    expect(await signIn(browser)).toBe('/apps')
    expect((await profileOf(browser)).status).toBe(200)
    expect((await before.send('GET', '/account/profile')).status).toBe(401)
  })

  it('makes no account where nobody may register, and says so', async () => {
    oidc.be({ sub: 'eve', email: 'eve@example.com', email_verified: true })
    const browser = createCookieBrowser()
    expect(await signIn(browser, '?redirect=/app/1')).toBe('/signin?failed=account_not_found&redirect=%2Fapp%2F1')
    expect((await profileOf(browser)).status).toBe(401)
  })

  it('tells that somebody did not consent', async () => {
    oidc.be(undefined)
    expect(await signIn(createCookieBrowser())).toBe('/signin?failed=identity_refused')
  })

  it('accepts an invitation: without a password for whoever is new, and by no other address', async () => {
    const members = '/workspaces/current/members/invite-email'
    const invited = await owner.send('POST', members, { emails: ['bob@example.com'], role: 'editor' })
    const token = new URL(invited.body.invitation_results[0].url).searchParams.get('token')
    oidc.be({ sub: 'mallory', email: 'mallory@example.com', email_verified: true })
    expect(await signIn(createCookieBrowser(), `?invite_token=${token}`)).toBe('/signin?failed=invitation_for_other_account')
    oidc.be({ sub: 'bob', email: 'Bob@example.com', email_verified: true, name: 'Bob B.' })
    const bob = createCookieBrowser()
    expect(await signIn(bob, `?invite_token=${token}&language=zh-Hans`)).toBe('/apps')
    const { body } = await profileOf(bob)
    expect(body).toMatchObject({ name: 'Bob B.', email: 'bob@example.com', is_password_set: false, interface_language: 'zh-Hans' })
    expect(await signIn(createCookieBrowser(), `?invite_token=${token}`)).toBe('/signin?failed=already_activate')
    expect((await call(server, bob, 'DELETE', '/account/integrates/oidc')).body.code).toBe('last_way_to_sign_in')
  })

  it('is linked to and unlinked from the account that is signed in', async () => {
    oidc.be({ sub: 'another ann', email: 'not-even-verified@example.com' })
    const browser = createCookieBrowser()
    for (const [name, value] of Object.entries(owner.cookies)) browser.cookies.set(name, value)
    expect((await call(server, browser, 'DELETE', '/account/integrates/oidc')).status).toBe(200)
    const begun = await sendJson(`${server.url}/console/api/account/integrates/oidc`, 'POST', undefined, browser.headers())
    const visit = begun.headers.getSetCookie().map((cookie) => cookie.split(';')[0]?.split('=') ?? [])
    for (const [name = '', value = ''] of visit) browser.cookies.set(name, value)
    const { url } = await browser.follow(begun.body.url)
    expect(url.href).toBe(`${server.url}/settings/account`)
    const fresh = createCookieBrowser()
    expect(await signIn(fresh)).toBe('/apps')
    expect((await profileOf(fresh)).body.email).toBe(administrator.email)
    const { data } = (await owner.send('GET', '/workspaces/current/audit-log?action=account&limit=2')).body
    expect(data).toMatchObject([
      { action: 'account.link_service', details: { service: 'oidc' } },
      { action: 'account.unlink_service', details: { service: 'oidc' } },
    ])
  })
})

describe('signing in by GitHub, below a path of the host', () => {
  let github: FakeGithub
  let server: TestServer
  beforeAll(async () => {
    github = await startFakeGithub()
    const env = { NEXT_PUBLIC_BASE_PATH: '/team', ALLOW_REGISTER: 'true', ALLOW_CREATE_WORKSPACE: 'true' }
    server = await startTestServer({ env: { ...github.env, ...env } })
    await server.setup()
  })
  afterAll(async () => {
    await server.close()
    await github.close()
  })

  it('makes an account by the address that is confirmed there, and knows it again', async () => {
    const cat = { id: 583231, login: 'octocat', name: null, emails: [{ email: 'cat@example.com', primary: true, verified: true }] }
    github.be(cat)
    const ids = []
    for (let times = 0; times < 2; times++) {
      const browser = createCookieBrowser()
      expect(await press(server, browser, '/oauth/login/github')).toBe('/team/apps')
      const { body } = await call(server, browser, 'GET', '/account/profile')
      expect(body).toMatchObject({ name: 'octocat', email: 'cat@example.com' })
      ids.push(body.id)
    }
    expect(ids[0]).toBe(ids[1])
  })

  it('takes no address that is not confirmed, nor one that is not the main one', async () => {
    const emails = [
      { email: administrator.email, primary: true, verified: false },
      { email: 'second@example.com', primary: false, verified: true },
    ]
    github.be({ id: 2, login: 'mallory', name: 'Mallory', emails })
    expect(await press(server, createCookieBrowser(), '/oauth/login/github')).toBe('/team/signin?failed=identity_unverified')
  })
})
