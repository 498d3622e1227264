import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from './describe-on-servers.ts'
import { sendJson } from './test-server.ts'

const ADMIN_KEY = 'admin-key-of-good-length'

await describeOnServers('an administrator’s key', { env: { ADMIN_API_KEY_ENABLE: 'true', ADMIN_API_KEY: ADMIN_KEY } }, (server) => {
  const ask = (headers: Readonly<Record<string, string>>) =>
    sendJson(`${server().url}/console/api/account/profile`, 'GET', undefined, headers)
  let tenantId: string
  beforeAll(async () => {
    const session = await server().setup()
    tenantId = (await session.send('POST', '/workspaces/current')).body.id
  })

  it('acts as the owner of the workspace that it names', async () => {
    const reply = await ask({ authorization: `Bearer ${ADMIN_KEY}`, 'x-workspace-id': tenantId })
    expect(reply).toMatchObject({ status: 200, body: { email: 'ann@example.com' } })
  })

  it.each([
    ['another key', () => ({ authorization: `Bearer ${ADMIN_KEY}!`, 'x-workspace-id': tenantId })],
    ['a part of it', () => ({ authorization: `Bearer ${ADMIN_KEY.slice(0, -1)}`, 'x-workspace-id': tenantId })],
    ['no workspace', () => ({ authorization: `Bearer ${ADMIN_KEY}` })],
    ['an unknown workspace', () => ({ authorization: `Bearer ${ADMIN_KEY}`, 'x-workspace-id': '0196f1b2-7a3c-7d00-8000-0123456789ab' })],
    ['a workspace that is none', () => ({ authorization: `Bearer ${ADMIN_KEY}`, 'x-workspace-id': "' or 1=1" })],
    ['another scheme', () => ({ authorization: `Basic ${ADMIN_KEY}`, 'x-workspace-id': tenantId })],
  ])('is nothing with %s', async (_what, headers) => {
    expect(await ask(headers())).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  })
})
