import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { type Caller, describeOnDatabases } from '../../testing/console-server.ts'

const MEMBERS = '/workspaces/current/members'

await describeOnDatabases('members', (console) => {
  const rolesOf = async (caller: Caller): Promise<Record<string, string>> => {
    const { accounts } = (await caller.send('GET', MEMBERS)).body
    return Object.fromEntries(accounts.map(({ id, role }: { id: string; role: string }) => [id, role]))
  }
  const change = (caller: Caller, { accountId }: { accountId: string }, role: string) =>
    caller.send('PUT', `${MEMBERS}/${accountId}/update-role`, { role })
  const remove = (caller: Caller, { accountId }: { accountId: string }) => caller.send('DELETE', `${MEMBERS}/${accountId}`)
  const transfer = (caller: Caller, { accountId }: { accountId: string }, body: object = {}) =>
    caller.send('POST', `${MEMBERS}/${accountId}/owner-transfer`, body)

  it('get another role from those above them', async () => {
    const owner = await console().join('owner')
    const admin = await console().join('admin', owner.tenantId)
    const normal = await console().join('normal', owner.tenantId)
    expect(await change(admin, normal, 'editor')).toMatchObject({ status: 200, body: { result: 'success' } })
    expect(await rolesOf(normal)).toMatchObject({ [normal.accountId]: 'editor' })
    expect((await change(admin, normal, 'admin')).status).toBe(200)
    expect(await change(admin, normal, 'normal')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await change(owner, normal, 'dataset_operator')).status).toBe(200)
    expect(await rolesOf(owner)).toMatchObject({ [normal.accountId]: 'dataset_operator' })
  })

  it('are nobody’s to change below an administrator', async () => {
    const owner = await console().join('owner')
    const normal = await console().join('normal', owner.tenantId)
    for (const role of ['editor', 'normal', 'dataset_operator'] as const) {
      const caller = await console().join(role, owner.tenantId)
      for (const reply of [await change(caller, normal, 'admin'), await change(caller, caller, 'admin'), await remove(caller, normal)]) {
        expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } })
      }
    }
  })

  it('never include a second owner, nor lose the one', async () => {
    const owner = await console().join('owner')
    const admin = await console().join('admin', owner.tenantId)
    expect(await change(owner, admin, 'owner')).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'role' } })
    expect(await change(admin, owner, 'normal')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await remove(admin, owner)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await change(owner, owner, 'admin')).toMatchObject({ status: 400, body: { code: 'cannot_operate_self' } })
    expect(await remove(owner, owner)).toMatchObject({ status: 400, body: { code: 'cannot_operate_self' } })
    expect(await owner.send('POST', '/workspaces/current/leave')).toMatchObject({ status: 400, body: { code: 'owner_cannot_leave' } })
    expect(await rolesOf(owner)).toEqual({ [owner.accountId]: 'owner', [admin.accountId]: 'admin' })
  })

  it('of another workspace are nobody', async () => {
    const [owner, other] = [await console().join('owner'), await console().join('owner')]
    const stranger = await console().join('normal', other.tenantId)
    for (const member of [stranger, { accountId: newId() }]) {
      expect(await change(owner, member, 'editor')).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(await remove(owner, member)).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(await transfer(owner, member)).toMatchObject({ status: 400, body: { code: 'member_not_in_tenant' } })
    }
    expect(await rolesOf(other)).toEqual({ [other.accountId]: 'owner', [stranger.accountId]: 'normal' })
    expect(await rolesOf(owner)).toEqual({ [owner.accountId]: 'owner' })
  })

  it('who are removed are out at once', async () => {
    const owner = await console().join('owner')
    const editor = await console().join('editor', owner.tenantId)
    expect(await remove(owner, editor)).toMatchObject({ status: 200, body: { result: 'success', tenant_id: owner.tenantId } })
    expect((await editor.send('GET', MEMBERS)).status).toBe(401)
    expect((await remove(owner, editor)).status).toBe(404)
  })

  it('leave, and go on in another workspace where they have one', async () => {
    const { db, clock, join } = console()
    const [first, second] = [await join('owner'), await join('owner')]
    const normal = await join('normal', first.tenantId)
    await db
      .insertInto('tenant_members')
      .values({
        tenant_id: second.tenantId,
        account_id: normal.accountId,
        role: 'editor',
        is_current: 0,
        invited_by: null,
        last_opened_at: null,
        created_at: clock.now() + 1,
      })
      .execute()
    const left = await normal.send('POST', '/workspaces/current/leave')
    expect(left).toMatchObject({ status: 200, body: { new_tenant: { id: second.tenantId, role: 'editor' } } })
    expect(Object.keys(await rolesOf(first))).toEqual([first.accountId])
    expect((await normal.send('POST', '/workspaces/current/leave')).body).toEqual({ result: 'success', new_tenant: null })
  })

  it('get the ownership from the owner, who becomes an administrator', async () => {
    const owner = await console().join('owner')
    const admin = await console().join('admin', owner.tenantId)
    const normal = await console().join('normal', owner.tenantId)
    expect(await transfer(admin, admin)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await transfer(owner, owner)).toMatchObject({ status: 400, body: { code: 'cannot_transfer_owner_to_self' } })
    expect(await transfer(owner, normal)).toMatchObject({ status: 200, body: { result: 'success' } })
    expect(await rolesOf(owner)).toEqual({ [owner.accountId]: 'admin', [admin.accountId]: 'admin', [normal.accountId]: 'owner' })
    expect((await transfer(owner, owner)).status).toBe(403)
    expect((await owner.send('POST', '/workspaces/current/leave')).status).toBe(200)
  })

  it('are two owners at no time, whoever gets it', async () => {
    const owner = await console().join('owner')
    const others = await Promise.all([1, 2, 3].map(() => console().join('normal', owner.tenantId)))
    const replies = await Promise.all(others.map((other) => transfer(owner, other)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    const roles = Object.values(await rolesOf(owner))
    expect(roles.filter((role) => role === 'owner')).toHaveLength(1)
  })

  it('who are blocked do not become the owner', async () => {
    const owner = await console().join('owner')
    const normal = await console().join('normal', owner.tenantId)
    await console().db.updateTable('accounts').set({ status: 'banned' }).where('id', '=', normal.accountId).execute()
    expect(await transfer(owner, normal)).toMatchObject({ status: 400, body: { code: 'member_not_in_tenant' } })
    expect(await rolesOf(owner)).toMatchObject({ [owner.accountId]: 'owner' })
  })
})
