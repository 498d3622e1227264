import { encodePassword } from '@trellis/contracts'
import { expect, it } from 'vitest'
import { describeOnServers } from './describe-on-servers.ts'
import { sendJson, type TestServer } from './test-server.ts'
import { PASSWORD } from './world.ts'

const INIT_PASSWORD = 'let me in first'

await describeOnServers('setting up', { env: { INIT_PASSWORD } }, (server) => {
  const post = (path: string, body: object, cookie = '') => sendJson(`${server().url}/console/api${path}`, 'POST', body, { cookie })
  const status = async () => (await sendJson(`${server().url}/console/api/setup`, 'GET')).body.step
  const account = { email: 'ann@example.com', name: 'Ann', password: PASSWORD }

  it('comes before anything else', async () => {
    expect(await status()).toBe('not_started')
    const profile = await sendJson(`${server().url}/console/api/account/profile`, 'GET')
    expect(profile).toMatchObject({ status: 401, body: { code: 'not_setup' } })
    const login = await post('/login', { email: account.email, password: encodePassword(PASSWORD) })
    expect(login).toMatchObject({ status: 401, body: { code: 'not_setup' } })
  })

  it('needs the installation password first', async () => {
    expect((await sendJson(`${server().url}/console/api/init`, 'GET')).body).toEqual({ status: 'not_started' })
    expect(await post('/setup', account)).toMatchObject({ status: 401, body: { error: { type: 'authentication_error' } } })
    expect(await post('/init', { password: 'wrong' })).toMatchObject({ status: 401, body: { error: { type: 'authentication_error' } } })
    for (const cookie of ['session=validated', 'session=', `session=${'x'.repeat(200)}`]) {
      expect((await post('/setup', account, cookie)).status).toBe(401)
    }
    expect(await status()).toBe('not_started')
  })

  it('refuses what is no account, in its own shape', async () => {
    const cookie = await validate(server(), INIT_PASSWORD)
    for (const wrong of [
      { email: 'ann' },
      { email: `${'a'.repeat(300)}@example.com` },
      { name: ' ' },
      { name: 'x'.repeat(31) },
      { password: 'short1' },
      { password: 'no digit here' },
      { language: 'x'.repeat(300) },
      { language: 7 },
    ]) {
      const reply = await post('/setup', { ...account, ...wrong }, cookie)
      expect(reply).toMatchObject({ status: 422, body: { error: { type: 'validation_error', status: 422 } } })
    }
    expect(await status()).toBe('not_started')
  })

  it('happens once, whoever else tries at the same time', async () => {
    const cookie = await validate(server(), INIT_PASSWORD)
    const replies = await Promise.all([1, 2, 3, 4].map((name) => post('/setup', { ...account, email: `a${name}@example.com` }, cookie)))
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 403, 403, 403])
    expect(replies.find(({ status }) => status === 403)?.body).toMatchObject({ error: { type: 'authorization_error' } })
    expect((await post('/setup', account, cookie)).status).toBe(403)
    expect((await post('/init', { password: INIT_PASSWORD })).status).toBe(403)
    expect(await status()).toBe('finished')
    const { db } = server().process.platform.database
    for (const table of ['accounts', 'tenants', 'tenant_members'] as const) {
      expect(await db.selectFrom(table).selectAll().execute()).toHaveLength(1)
    }
  })
})

async function validate(server: TestServer, password: string): Promise<string> {
  const reply = await sendJson(`${server.url}/console/api/init`, 'POST', { password })
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
