import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { describeOnDatabases } from '../../testing/console-server.ts'

await describeOnDatabases('workspaces', (console) => {
  it('tells the current workspace, at both addresses', async () => {
    const owner = await console().join('owner')
    for (const path of ['/workspaces/current', '/info']) {
      const { status, body } = await owner.send('POST', path)
      expect(status).toBe(200)
      expect(body).toMatchObject({ id: owner.tenantId, name: 'Workshop', plan: 'basic', status: 'normal', role: 'owner' })
    }
  })

  it('goes to another workspace and back, and only to its own', async () => {
    const { db, clock, join } = console()
    const [first, second, stranger] = [await join('owner'), await join('owner'), await join('owner')]
    await db
      .insertInto('tenant_members')
      .values({
        tenant_id: second.tenantId,
        account_id: first.accountId,
        role: 'normal',
        is_current: 0,
        invited_by: second.accountId,
        last_opened_at: null,
        created_at: clock.now() + 1,
      })
      .execute()
    const listCurrent = async () =>
      (await first.send('GET', '/workspaces')).body.workspaces.map(({ id, current }: { id: string; current: boolean }) => [id, current])
    expect(await listCurrent()).toEqual([
      [first.tenantId, true],
      [second.tenantId, false],
    ])
    const switched = await first.send('POST', '/workspaces/switch', { tenant_id: second.tenantId.toUpperCase() })
    expect(switched.body).toMatchObject({ result: 'success', new_tenant: { id: second.tenantId, role: 'normal' } })
    expect(await listCurrent()).toEqual([
      [first.tenantId, false],
      [second.tenantId, true],
    ])
    for (const tenant_id of [stranger.tenantId, newId()]) {
      const refused = await first.send('POST', '/workspaces/switch', { tenant_id })
      expect(refused).toMatchObject({ status: 403, body: { code: 'account_not_link_tenant' } })
    }
    expect((await first.send('POST', '/workspaces/current')).body.id).toBe(second.tenantId)
  })

  it('is made by whoever likes, who owns it and goes there when they want', async () => {
    const normal = await console().join('normal')
    const made = await normal.send('POST', '/workspaces', { name: ' Studio ' })
    expect(made).toMatchObject({ status: 201, body: { result: 'success', tenant: { name: 'Studio', role: 'owner', status: 'normal' } } })
    expect((await normal.send('POST', '/workspaces/current')).body.id).toBe(normal.tenantId)
    await normal.send('POST', '/workspaces/switch', { tenant_id: made.body.tenant.id })
    expect((await normal.send('GET', '/apps')).body.data).toEqual([])
    expect((await normal.send('GET', '/workspaces/current/members')).body.accounts).toMatchObject([{ id: normal.accountId, role: 'owner' }])
    expect(await normal.send('POST', '/workspaces', { name: '' })).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
  })

  it('is renamed by administrators only', async () => {
    const owner = await console().join('owner')
    const editor = await console().join('editor', owner.tenantId)
    expect(await editor.send('POST', '/workspaces/info', { name: 'Mine' })).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await owner.send('POST', '/workspaces/info', { name: ' Atelier ' })).toMatchObject({
      status: 200,
      body: { tenant: { name: 'Atelier' } },
    })
    expect(await owner.send('POST', '/workspaces/info', { name: ' ' })).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
    expect((await editor.send('POST', '/workspaces/current')).body.name).toBe('Atelier')
  })

  it('lists its own members and counts what it holds', async () => {
    const owner = await console().join('owner')
    const normal = await console().join('normal', owner.tenantId)
    await console().join('owner')
    const { accounts } = (await normal.send('GET', '/workspaces/current/members')).body
    expect(accounts.map(({ id, role }: { id: string; role: string }) => [id, role])).toEqual([
      [owner.accountId, 'owner'],
      [normal.accountId, 'normal'],
    ])
    await owner.send('POST', '/apps', { name: 'One', mode: 'chat' })
    const features = (await normal.send('GET', '/features')).body
    expect(features).toMatchObject({ members: { size: 2, limit: 0 }, apps: { size: 1, limit: 0 }, billing: { enabled: false } })
    expect((await normal.send('GET', '/app-dsl-version')).body).toEqual({ app_dsl_version: '0.6.0' })
  })
})
