import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOidc, startFakeOidc } from '../../../../../tools/fake-oidc/index.ts'
import { createCookieBrowser } from '../cookie-browser.ts'
import { administrator, sendJson, startTestServer, type TestServer } from '../test-server.ts'

/** Somebody else makes a sign-in by another service end where they want it, or as whom they want. */
describe('Signing in by another service', () => {
  let oidc: FakeOidc
  let server: TestServer
  const ann = { sub: 'ann', email: administrator.email, email_verified: true }
  const mallory = { sub: 'mallory', email: 'mallory@example.com', email_verified: true }
  beforeAll(async () => {
    oidc = await startFakeOidc()
    server = await startTestServer({
      env: { ...oidc.env, ALLOW_REGISTER: 'true', ALLOW_CREATE_WORKSPACE: 'true', LOGIN_IP_LIMIT_PER_MINUTE: '0' },
    })
    oidc.register(`${server.url}/console/api/oauth/authorize/oidc`)
    await server.setup()
  })
  afterAll(async () => {
    await server.close()
    await oidc.close()
  })

  const start = (search = ''): string => `${server.url}/console/api/oauth/login/oidc${search}`
  const isCallback = (url: URL): boolean => url.pathname === '/console/api/oauth/authorize/oidc'
  const INTERRUPTED = '/signin?failed=sign_in_interrupted'
  const pathOf = ({ url }: { readonly url: URL }): string => {
    expect(url.origin).toBe(server.url)
    return url.pathname + url.search
  }
  const whoIs = async (headers: Readonly<Record<string, string>>) =>
    (await sendJson(`${server.url}/console/api/account/profile`, 'GET', undefined, headers)).body.email

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'https:evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '@evil.example',
    '.evil.example',
    'javascript:alert(1)',
  ])('does not lead to another site: %j', async (redirect) => {
    oidc.be(ann)
    for (const parameter of ['redirect', 'next', 'redirect_uri', 'state']) {
      const arrival = await createCookieBrowser().follow(start(`?${new URLSearchParams({ [parameter]: redirect })}`))
      expect(pathOf(arrival)).toBe('/apps')
    }
  })

  it('does not lead to another site from the callback either', async () => {
    oidc.be(ann)
    const browser = createCookieBrowser()
    const { url } = await browser.follow(start(), isCallback)
    for (const parameter of ['redirect', 'next']) url.searchParams.set(parameter, 'https://evil.example')
    expect(pathOf(await browser.open(url))).toBe('/apps')
  })

  it('of the attacker signs nobody else in: their browser began nothing', async () => {
    oidc.be(mallory)
    const attacker = createCookieBrowser()
    const { url } = await attacker.follow(start(), isCallback)
    const victim = createCookieBrowser()
    expect(pathOf(await victim.open(url))).toBe(INTERRUPTED)
    // Nor where it began a sign-in of its own.
    await victim.open(start())
    expect(pathOf(await victim.open(url))).toBe(INTERRUPTED)
    expect([...victim.cookies.keys()]).not.toContain('access_token')
  })

  it('works once, whatever was copied of it', async () => {
    oidc.be(ann)
    const browser = createCookieBrowser()
    const { url } = await browser.follow(start(), isCallback)
    const copy = createCookieBrowser(new Map(browser.cookies))
    expect(pathOf(await browser.open(url))).toBe('/apps')
    expect(pathOf(await copy.open(url))).toBe(INTERRUPTED)
    expect([...copy.cookies.keys()]).not.toContain('access_token')
  })

  it('takes no code of another visit', async () => {
    oidc.be(mallory)
    const stolen = (await createCookieBrowser().follow(start(), isCallback)).url.searchParams.get('code') ?? ''
    const browser = createCookieBrowser()
    const { url } = await browser.follow(start(), isCallback)
    url.searchParams.set('code', stolen)
    expect(pathOf(await browser.open(url))).toBe('/signin?failed=identity_refused')
  })

  it('takes no cookie that was made up, or of another server', async () => {
    oidc.be(ann)
    const browser = createCookieBrowser()
    const { url } = await browser.follow(start(), isCallback)
    const sealed = browser.cookies.get('sign_in_visit') ?? ''
    for (const cookie of ['nonsense', sealed.slice(0, -4), `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}x`]) {
      expect(pathOf(await createCookieBrowser(new Map([['sign_in_visit', cookie]])).open(url))).toBe(INTERRUPTED)
    }
  })

  it.each([false, undefined])('takes no account by an address that is not verified (%s)', async (email_verified) => {
    oidc.be({ sub: `imposter ${email_verified}`, email: administrator.email, ...(email_verified === undefined ? {} : { email_verified }) })
    const browser = createCookieBrowser()
    expect(pathOf(await browser.follow(start()))).toBe('/signin?failed=identity_unverified')
    expect([...browser.cookies.keys()]).not.toContain('access_token')
  })

  it('takes no account by the address of somebody who signs in by the same service', async () => {
    oidc.be(ann)
    await createCookieBrowser().follow(start())
    oidc.be({ ...mallory, sub: 'whoever got her address', email: administrator.email })
    const browser = createCookieBrowser()
    expect(pathOf(await browser.follow(start()))).toBe('/signin?failed=identity_of_another')
    expect([...browser.cookies.keys()]).not.toContain('access_token')
  })

  it('makes a new session, whatever cookies the browser was given before', async () => {
    oidc.be(mallory)
    const attacker = createCookieBrowser()
    await attacker.follow(start())
    expect(await whoIs(attacker.headers())).toBe(mallory.email)
    oidc.be(ann)
    const sessionNames = ['access_token', 'refresh_token', 'csrf_token']
    const given = [...attacker.cookies].filter(([name]) => sessionNames.includes(name))
    const victim = createCookieBrowser(new Map(given))
    await victim.follow(start())
    for (const [name, value] of given) expect(victim.cookies.get(name)).not.toBe(value)
    expect(await whoIs(victim.headers())).toBe(administrator.email)
    // The one that was put into the browser is replaced there, and ends.
    expect(await whoIs(attacker.headers())).toBeUndefined()
  })
})
