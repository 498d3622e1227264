import { encodePassword } from '@trellis/contracts'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { createShiftedClock } from '../../testing/shifted-clock.ts'
import { type ConsoleSession, sendJson } from '../../testing/test-server.ts'
import { PASSWORD } from '../../testing/world.ts'

const MEMBERS = '/workspaces/current/members'
const clock = createShiftedClock()
const HOUR_MS = 3_600_000

interface MemberWire {
  readonly id: string
  readonly email: string
  readonly role: string
  readonly status: string
}

await describeOnServers('an invitation', { clock, env: { INVITE_EXPIRY_HOURS: '24', LOGIN_IP_LIMIT_PER_MINUTE: '0' } }, (server) => {
  let owner: ConsoleSession
  let tenantId: string
  let email: string
  let count = 0
  beforeAll(async () => {
    owner = await server().setup()
    tenantId = (await owner.send('POST', '/workspaces/current')).body.id
  })
  beforeEach(() => {
    email = `guest${++count}@example.com`
  })

  const post = (path: string, body: object) => sendJson(`${server().url}/console/api${path}`, 'POST', body)
  const invite = async (emails: readonly string[], role = 'editor', inviter = owner) =>
    (await inviter.send('POST', `${MEMBERS}/invite-email`, { emails, role })).body.invitation_results
  const inviteOne = async (address = email, role = 'editor', inviter = owner): Promise<string> => {
    const [result] = await invite([address], role, inviter)
    expect(result).toMatchObject({
      status: 'success',
      email: address,
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/activate\?/),
    })
    return new URL(result.url).searchParams.get('token') ?? ''
  }
  const check = async (token: string, more = '') =>
    (await sendJson(`${server().url}/console/api/activate/check?token=${token}${more}`, 'GET')).body
  const activate = (token: string, more: object = {}) =>
    post('/activate', { token, name: 'Guest', password: PASSWORD, interface_language: 'zh-Hans', timezone: 'Asia/Shanghai', ...more })
  const login = (address: string, token: string, password = PASSWORD) =>
    post('/login', { email: address, password: encodePassword(password), invite_token: token })
  const listMembers = async (): Promise<readonly MemberWire[]> => (await owner.send('GET', MEMBERS)).body.accounts
  const findMember = async (address = email) => (await listMembers()).find((member) => member.email === address)
  /** Somebody with a workspace of their own. */
  const createStranger = (address: string) =>
    server().process.features.accounts.setup.createWorkspace(
      { email: address, name: 'Stranger', password: PASSWORD, language: 'en-US' },
      'Elsewhere',
    )

  it('is a link that makes an account, which signs in', async () => {
    const token = await inviteOne()
    expect(await findMember()).toMatchObject({ role: 'editor', status: 'pending', name: email.split('@')[0] })
    const data = { workspace_name: "Ann's Workspace", workspace_id: tenantId, email, role: 'editor', has_account: false }
    expect(await check(token)).toEqual({ is_valid: true, data })
    expect(await activate(token)).toMatchObject({ status: 200, body: { result: 'success' } })
    expect(await findMember()).toMatchObject({ name: 'Guest', role: 'editor', status: 'active' })
    const session = await server().login(email, PASSWORD)
    expect((await session.send('GET', '/account/profile')).body).toMatchObject({ interface_language: 'zh-Hans', timezone: 'Asia/Shanghai' })
    expect((await session.send('POST', '/workspaces/current')).body).toMatchObject({ id: tenantId, role: 'editor' })
  })

  it('works once, also for two at the same moment', async () => {
    const token = await inviteOne()
    const replies = await Promise.all([activate(token), activate(token)])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, expect.toBeOneOf([400, 403])])
    expect(await check(token)).toEqual({ is_valid: false })
    expect(await activate(token)).toMatchObject({ status: 403, body: { code: 'already_activate' } })
    expect((await listMembers()).filter((member) => member.email === email)).toHaveLength(1)
  })

  it('runs out', async () => {
    const token = await inviteOne()
    clock.advance(25 * HOUR_MS)
    const later = await server().login('ann@example.com', PASSWORD)
    expect(await check(token)).toEqual({ is_valid: false })
    expect(await activate(token)).toMatchObject({ status: 403, body: { code: 'already_activate' } })
    owner = later
    expect(await findMember()).toMatchObject({ status: 'pending' })
    clock.advance(31 * 24 * HOUR_MS)
    owner = await server().login('ann@example.com', PASSWORD)
    await server().process.features.workspaces.cleanUp()
    expect(await findMember()).toBeUndefined()
  })

  it('gets a new link, which ends the old one', async () => {
    const first = await inviteOne()
    const { id } = (await findMember()) ?? {}
    const second = await inviteOne(email.toUpperCase(), 'normal')
    expect(await findMember()).toMatchObject({ id, role: 'normal', status: 'pending' })
    expect(await check(first)).toEqual({ is_valid: false })
    expect((await activate(second)).status).toBe(200)
  })

  it('is taken back, or gets another role, by its id', async () => {
    const token = await inviteOne()
    const { id } = (await findMember()) ?? {}
    expect((await owner.send('PUT', `${MEMBERS}/${id}/update-role`, { role: 'admin' })).status).toBe(200)
    expect((await check(token)).data.role).toBe('admin')
    expect((await owner.send('DELETE', `${MEMBERS}/${id}`)).status).toBe(200)
    expect(await check(token)).toEqual({ is_valid: false })
    expect(await findMember()).toBeUndefined()
  })

  it('tells what became of each address', async () => {
    const results = await invite([email, ` ${email.toUpperCase()} `, 'nonsense', 'ann@example.com'])
    expect(results).toMatchObject([
      { status: 'success', email: email.toUpperCase(), url: expect.any(String) },
      { status: 'failed', email: 'nonsense', message: expect.any(String) },
      { status: 'already_member', email: 'ann@example.com' },
    ])
  })

  it.each([
    ['an owner', { emails: ['x@example.com'], role: 'owner' }],
    ['nobody', { emails: [], role: 'editor' }],
    ['a crowd', { emails: Array(51).fill('x@example.com'), role: 'editor' }],
  ])('is not for %s', async (_what, body) => {
    expect(await owner.send('POST', `${MEMBERS}/invite-email`, body)).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
  })

  it('comes from administrators only, for their workspace only', async () => {
    await activate(await inviteOne())
    const editor = await server().login(email, PASSWORD)
    const body = { emails: ['more@example.com'], role: 'normal' }
    expect(await editor.send('POST', `${MEMBERS}/invite-email`, body)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    await createStranger(`away-${email}`)
    const stranger = await server().login(`away-${email}`, PASSWORD)
    await inviteOne(`mine-${email}`)
    const { id } = (await findMember(`mine-${email}`)) ?? {}
    expect((await stranger.send('PUT', `${MEMBERS}/${id}/update-role`, { role: 'admin' })).status).toBe(404)
    expect((await stranger.send('DELETE', `${MEMBERS}/${id}`)).status).toBe(404)
    expect(await findMember(`mine-${email}`)).toMatchObject({ role: 'editor' })
  })

  it('is accepted by signing in where there is an account', async () => {
    await createStranger(email)
    const token = await inviteOne()
    expect((await check(token)).data).toMatchObject({ email, has_account: true })
    expect(await activate(token)).toMatchObject({ status: 400, body: { code: 'email_already_in_use' } })
    expect((await login(email, token, 'wrong')).body.code).toBe('authentication_failed')
    expect(await findMember()).toMatchObject({ status: 'pending' })
    expect((await login(email, token)).body).toEqual({ result: 'success' })
    expect(await findMember()).toMatchObject({ name: 'Stranger', role: 'editor', status: 'active' })
    const session = await server().login(email, PASSWORD)
    expect((await session.send('GET', '/workspaces')).body.workspaces).toHaveLength(2)
    expect((await session.send('POST', '/workspaces/current')).body.id).toBe(tenantId)
  })

  it('is accepted by an account that belongs to no workspace', async () => {
    await createStranger(email)
    const { db } = server().process.platform.database
    const { id } = await db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()
    await db.deleteFrom('tenant_members').where('account_id', '=', id).execute()
    expect((await post('/login', { email, password: encodePassword(PASSWORD) })).body).toMatchObject({ result: 'fail' })
    expect((await login(email, await inviteOne())).body).toEqual({ result: 'success' })
  })

  it('is accepted by whoever is signed in already, and is for them only', async () => {
    await createStranger(email)
    const session = await server().login(email, PASSWORD)
    const token = await inviteOne(email, 'admin')
    const other = await inviteOne(`other-${email}`)
    expect(await session.send('POST', '/activate/join', { token: other })).toMatchObject({
      status: 403,
      body: { code: 'invitation_for_other_account' },
    })
    expect((await login(email, other)).body.code).toBe('invitation_for_other_account')
    expect(await session.send('POST', '/activate/join', { token })).toMatchObject({
      status: 200,
      body: { result: 'success', new_tenant: { id: tenantId, role: 'admin' } },
    })
    expect(await session.send('POST', '/activate/join', { token })).toMatchObject({ status: 403, body: { code: 'already_activate' } })
    expect(await findMember(`other-${email}`)).toMatchObject({ status: 'pending' })
  })

  it('may name workspace and address, as links of Dify’s do, if they are right', async () => {
    const token = await inviteOne()
    expect(await check(token, `&workspace_id=${tenantId.toUpperCase()}&email=${email}`)).toMatchObject({ is_valid: true })
    expect(await check(token, '&workspace_id=x')).toEqual({ is_valid: false })
    expect(await check(token, '&email=mallory@example.com')).toEqual({ is_valid: false })
    expect((await activate(token, { email: 'mallory@example.com' })).status).toBe(403)
  })

  it('opens nothing with a token of nobody', async () => {
    await inviteOne()
    const { db } = server().process.platform.database
    const { token_hash } = await db.selectFrom('invitations').select('token_hash').where('email', '=', email).executeTakeFirstOrThrow()
    for (const token of ['', 'x', token_hash]) {
      expect(await check(token)).toEqual({ is_valid: false })
      expect((await activate(token)).status).toBe(403)
    }
  })
})

await describeOnServers('the ownership of a workspace', {}, (server) => {
  it('is transferred by whoever knows the owner’s password', async () => {
    const owner = await server().setup()
    const results = (await owner.send('POST', `${MEMBERS}/invite-email`, { emails: ['bo@example.com'], role: 'normal' })).body
    const token = new URL(results.invitation_results[0].url).searchParams.get('token')
    await sendJson(`${server().url}/console/api/activate`, 'POST', { token, name: 'Bo', password: PASSWORD })
    const bo = (await owner.send('GET', MEMBERS)).body.accounts[1].id
    for (const password of [undefined, '', 'wrong']) {
      const refused = await owner.send('POST', `${MEMBERS}/${bo}/owner-transfer`, { password })
      expect(refused).toMatchObject({ status: 400, body: { code: 'current_password_incorrect' } })
    }
    expect((await owner.send('POST', `${MEMBERS}/${bo}/owner-transfer`, { password: PASSWORD })).status).toBe(200)
    const session = await server().login('bo@example.com', PASSWORD)
    expect((await session.send('POST', '/workspaces/current')).body.role).toBe('owner')
  })
})
