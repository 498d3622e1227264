import { describe, expect, it } from 'vitest'
import { type Caller, describeOnDatabases } from '../../testing/console-server.ts'

const createApp = async (caller: Caller) => (await caller.send('POST', '/apps', { name: 'Guide', mode: 'chat' })).body.id as string
const createKey = async (caller: Caller, appId: string) => (await caller.send('POST', `/apps/${appId}/api-keys`)).body

await describeOnDatabases('api-keys', (console) => {
  const lastUse = async (caller: Caller, appId: string) => (await caller.send('GET', `/apps/${appId}/api-keys`)).body.data[0].last_used_at

  it('show a key once, then masked', async () => {
    const owner = await console().join('owner')
    const appId = await createApp(owner)
    const { status, body: key } = await owner.send('POST', `/apps/${appId}/api-keys`)
    expect(status).toBe(201)
    expect(key).toMatchObject({ type: 'app', last_used_at: null })
    expect(key.token).toMatch(/^app-[A-Za-z0-9]{24}$/)
    const listed = (await owner.send('GET', `/apps/${appId}/api-keys`)).body.data
    expect(listed).toEqual([{ ...key, token: `${key.token.slice(0, 8)}...${key.token.slice(-4)}` }])
    const stored = await console().db.selectFrom('api_keys').selectAll().where('id', '=', key.id).executeTakeFirstOrThrow()
    expect(JSON.stringify(stored)).not.toContain(key.token)
  })

  it('are ten at most, also where they are asked for at once', async () => {
    const owner = await console().join('owner')
    const appId = await createApp(owner)
    const replies = await Promise.all(Array.from({ length: 12 }, () => owner.send('POST', `/apps/${appId}/api-keys`)))
    const refused = replies.filter((reply) => reply.status !== 201)
    expect(refused).toHaveLength(2)
    expect(refused[0]).toMatchObject({ status: 400, body: { custom: 'max_keys_exceeded', message: expect.any(String) } })
    expect(refused[0]?.body).not.toHaveProperty('code')
    expect((await owner.send('GET', `/apps/${appId}/api-keys`)).body.data).toHaveLength(10)
  })

  it('are deleted by administrators, and only with their app', async () => {
    const owner = await console().join('owner')
    const editor = await console().join('editor', owner.tenantId)
    const [appId, otherAppId] = [await createApp(owner), await createApp(owner)]
    const key = await createKey(editor, appId)
    expect((await editor.send('DELETE', `/apps/${appId}/api-keys/${key.id}`)).status).toBe(403)
    expect(await owner.send('DELETE', `/apps/${otherAppId}/api-keys/${key.id}`)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await owner.send('DELETE', `/apps/${appId}/api-keys/${key.id}`)).status).toBe(204)
    await expect(console().keys.authenticateAppKey(key.token)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('are closed to other workspaces and to lower roles', async () => {
    const owner = await console().join('owner')
    const stranger = await console().join('owner')
    const normal = await console().join('normal', owner.tenantId)
    const appId = await createApp(owner)
    const key = await createKey(owner, appId)
    for (const [method, path] of [
      ['GET', `/apps/${appId}/api-keys`],
      ['POST', `/apps/${appId}/api-keys`],
      ['DELETE', `/apps/${appId}/api-keys/${key.id}`],
    ] as const) {
      expect(await stranger.send(method, path)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
      expect((await normal.send(method, path)).status).toBe(403)
    }
    expect((await owner.send('GET', `/apps/${appId}/api-keys`)).body.data).toHaveLength(1)
  })

  describe('let in', () => {
    it('their app, with its workspace', async () => {
      const owner = await console().join('owner')
      const appId = await createApp(owner)
      const key = await createKey(owner, appId)
      expect(await console().keys.authenticateAppKey(key.token)).toMatchObject({
        type: 'app-key',
        tenantId: owner.tenantId,
        keyId: key.id,
        app: { id: appId, tenant_id: owner.tenantId },
      })
    })

    it('nobody with an unknown key', async () => {
      await expect(console().keys.authenticateAppKey('app-unknown')).rejects.toMatchObject({ code: 'unauthorized' })
    })

    it('nobody while the API is switched off, and again afterwards', async () => {
      const owner = await console().join('owner')
      const appId = await createApp(owner)
      const { token } = await createKey(owner, appId)
      await owner.send('POST', `/apps/${appId}/api-enable`, { enable_api: false })
      await expect(console().keys.authenticateAppKey(token)).rejects.toMatchObject({ code: 'forbidden', message: /switched off/ })
      await owner.send('POST', `/apps/${appId}/api-enable`, { enable_api: true })
      await expect(console().keys.authenticateAppKey(token)).resolves.toMatchObject({ tenantId: owner.tenantId })
    })

    it('nobody once the app is deleted, the workspace archived or its owner gone', async () => {
      const { db, keys, join } = console()
      const owner = await join('owner')
      const [gone, stays] = [await createApp(owner), await createApp(owner)]
      const [goneKey, key] = [await createKey(owner, gone), await createKey(owner, stays)]
      await owner.send('DELETE', `/apps/${gone}`)
      await expect(keys.authenticateAppKey(goneKey.token)).rejects.toMatchObject({ code: 'forbidden', message: /deleted/ })
      await db.updateTable('accounts').set({ status: 'banned' }).where('id', '=', owner.accountId).execute()
      await expect(keys.authenticateAppKey(key.token)).rejects.toMatchObject({ code: 'unauthorized', message: /owner/ })
      await db.updateTable('tenants').set({ status: 'archive' }).where('id', '=', owner.tenantId).execute()
      await expect(keys.authenticateAppKey(key.token)).rejects.toMatchObject({ code: 'forbidden', message: /archived/ })
    })
  })

  it('tell when they were used last, to the minute', async () => {
    const { keys, clock, join } = console()
    const owner = await join('owner')
    const appId = await createApp(owner)
    const { token } = await createKey(owner, appId)
    const use = async () => {
      await keys.authenticateAppKey(token)
      await keys.close()
      return lastUse(owner, appId)
    }
    const first = Math.floor(clock.now() / 1000)
    expect(await use()).toBe(first)
    clock.advance(59_000)
    expect(await use()).toBe(first)
    clock.advance(1_000)
    expect(await use()).toBe(first + 60)
  })

  it('are still known once their use is noted, and noted no sooner than a minute later', async () => {
    const { keys, clock, join } = console()
    const owner = await join('owner')
    const appId = await createApp(owner)
    const { token } = await createKey(owner, appId)
    const use = async () => {
      const { app } = await keys.authenticateAppKey(token)
      await keys.close()
      return app
    }
    const first = Math.floor(clock.now() / 1000)
    const app = await use()
    clock.advance(4_000)
    // The same object: nobody has read it again.
    expect(await use()).toBe(app)
    expect(await lastUse(owner, appId)).toBe(first)
  })
})
