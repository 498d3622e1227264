import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeSmtp, startFakeSmtp } from '../../../../../tools/fake-smtp/index.ts'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'
import { PASSWORD } from '../../testing/world.ts'

const MEMBERS = '/workspaces/current/members'
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

async function join(server: TestServer, owner: ConsoleSession, email: string): Promise<ConsoleSession> {
  const { body } = await owner.send('POST', `${MEMBERS}/invite-email`, { emails: [email], role: 'editor' })
  const token = new URL(body.invitation_results[0].url).searchParams.get('token')
  await sendJson(`${server.url}/console/api/activate`, 'POST', { token, name: 'Bo', password: PASSWORD })
  return server.login(email, PASSWORD)
}

await describeOnServers('one’s own account', { env: { ALLOW_CREATE_WORKSPACE: 'true' } }, (server) => {
  let owner: ConsoleSession
  let bo: ConsoleSession
  beforeAll(async () => {
    owner = await server().setup()
    bo = await join(server(), owner, 'bo@example.com')
  })
  const upload = async (by: ConsoleSession, file: Blob, name: string): Promise<string> => {
    const form = new FormData()
    form.set('file', file, name)
    const response = await fetch(`${server().url}/console/api/files/upload`, { method: 'POST', headers: by.headers, body: form })
    return (await response.json()).id
  }

  it('has a picture, which others see, and none again', async () => {
    const picture = await upload(bo, new Blob([PNG], { type: 'image/png' }), 'me.png')
    const { status, body } = await bo.send('POST', '/account/avatar', { avatar: picture })
    expect({ status, body }).toMatchObject({ status: 200, body: { avatar: picture, avatar_url: expect.stringContaining(picture) } })
    expect((await bo.send('GET', `/account/avatar?avatar=${picture}`)).body.avatar_url).toContain(picture)
    const { accounts } = (await owner.send('GET', MEMBERS)).body
    const shown = accounts.find(({ name }: { name: string }) => name === 'Bo')
    const address = new URL(shown.avatar_url, server().url)
    const response = await fetch(address)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png'])
    await response.arrayBuffer()
    expect((await bo.send('POST', '/account/avatar', { avatar: '' })).body).toMatchObject({ avatar: null, avatar_url: null })
  })

  it('takes no picture of somebody else, and nothing that is none', async () => {
    const theirs = await upload(owner, new Blob([PNG], { type: 'image/png' }), 'ann.png')
    const text = await upload(bo, new Blob(['text'], { type: 'text/plain' }), 'note.txt')
    for (const avatar of [theirs, text]) {
      const refused = { code: 'invalid_param', details: { reason: 'picture_gone', values: {} } }
      expect(await bo.send('POST', '/account/avatar', { avatar })).toMatchObject({ status: 400, body: refused })
    }
    expect((await bo.send('GET', `/account/avatar?avatar=${theirs}`)).status).toBe(404)
  })

  it('is not deleted while others depend on it', async () => {
    const { body } = await owner.send('GET', '/account/delete')
    expect(body).toMatchObject({ proof: 'password', workspaces: [{ fate: 'owned' }] })
    expect(await owner.send('POST', '/account/delete', { password: PASSWORD })).toMatchObject({
      status: 400,
      body: { code: 'account_owns_workspace', message: expect.stringContaining(body.workspaces[0].name) },
    })
    expect((await owner.send('GET', '/account/delete/verify')).body.code).toBe('account_owns_workspace')
  })

  it('is deleted by its password: a workspace of one’s own is closed, others go on', async () => {
    const mine = (await bo.send('POST', '/workspaces', { name: 'Bo alone' })).body.tenant
    const { workspaces } = (await bo.send('GET', '/account/delete')).body
    expect(workspaces).toMatchObject([{ fate: 'left' }, { id: mine.id, fate: 'archived' }])
    expect((await bo.send('POST', '/account/delete', { password: 'wrong horse 9' })).body.code).toBe('current_password_incorrect')
    expect((await bo.send('POST', '/account/delete', { password: PASSWORD })).status).toBe(200)
    expect((await bo.send('GET', '/account/profile')).status).toBe(401)
    await expect(server().login('bo@example.com', PASSWORD)).rejects.toThrow()
    expect((await owner.send('GET', MEMBERS)).body.accounts).toHaveLength(1)
    const { data } = (await owner.send('GET', '/workspaces/current/audit-log?limit=1')).body
    expect(data).toMatchObject([{ action: 'account.delete', account: { name: 'Bo' } }])
    const { db } = server().process.platform.database
    const closed = await db.selectFrom('tenants').select('status').where('id', '=', mine.id).executeTakeFirst()
    expect(closed).toEqual({ status: 'archive' })
    const again = await join(server(), owner, 'bo@example.com')
    expect((await again.send('GET', '/account/profile')).status).toBe(200)
  })
})

describe('one’s own account, where mail is sent', () => {
  let smtp: FakeSmtp
  let server: TestServer
  beforeAll(async () => {
    smtp = await startFakeSmtp()
    server = await startTestServer({ env: smtp.env })
  })
  afterAll(async () => {
    await server.close()
    await smtp.close()
  })

  it('is deleted by a code, and not by the password', async () => {
    const owner = await server.setup()
    expect((await owner.send('GET', '/account/delete')).body.proof).toBe('code')
    const { data: token } = (await owner.send('GET', '/account/delete/verify')).body
    const { text, subject } = await smtp.waitForLetter(administrator.email)
    expect(subject).toContain('Delete your account')
    const refused = await owner.send('POST', '/account/delete', { password: administrator.password, token, code: '000000' })
    expect(refused.body.code).toBe('email_code_error')
    const code = /\b\d{6}\b/.exec(text)?.[0]
    expect((await owner.send('POST', '/account/delete', { token, code })).status).toBe(200)
    expect((await owner.send('GET', '/account/profile')).status).toBe(401)
  })
})
