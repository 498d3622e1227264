import { beforeAll, expect, it } from 'vitest'
import { startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { createShiftedClock } from '../../testing/shifted-clock.ts'
import { type ConsoleSession, sendJson } from '../../testing/test-server.ts'
import { PASSWORD } from '../../testing/world.ts'
import { deleteOldAuditEntries } from './index.ts'

const MEMBERS = '/workspaces/current/members'
const clock = createShiftedClock()
const DAY_MS = 86_400_000

await describeOnServers('the audit log', { clock, env: { ALLOW_CREATE_WORKSPACE: 'true' } }, (server) => {
  let owner: ConsoleSession
  beforeAll(async () => {
    owner = await server().setup()
  })
  const read = async (query = '', reader = owner) => (await reader.send('GET', `/workspaces/current/audit-log${query}`)).body
  const latest = async () => (await read('?limit=1')).data[0]

  it('tells who did what to what, by the name of before', async () => {
    const { id } = (await owner.send('POST', '/apps', { name: 'First', mode: 'chat' })).body
    const app = { type: 'app', id, name: 'First' }
    expect(await latest()).toMatchObject({
      action: 'app.create',
      account: { name: 'Ann' },
      target: app,
      details: { mode: 'chat' },
      ip: expect.stringContaining('127.0.0.1'),
    })
    await owner.send('POST', `/apps/${id}/name`, { name: 'Second' })
    expect(await latest()).toMatchObject({ action: 'app.change', target: app, details: { name: 'Second' } })
    const key = (await owner.send('POST', `/apps/${id}/api-keys`)).body
    const created = await latest()
    expect(created).toMatchObject({
      action: 'key.create',
      target: { id, name: 'Second' },
      details: { key: expect.stringMatching(/^app-.{4}\.\.\./) },
    })
    expect(JSON.stringify(created)).not.toContain(key.token)
    await owner.send('DELETE', `/apps/${id}/api-keys/${key.id}`)
    expect(await latest()).toMatchObject({ action: 'key.delete', details: created.details })
    await owner.send('POST', `/apps/${id}/api-enable`, { enable_api: false })
    expect(await latest()).toMatchObject({ action: 'app.switch_api', details: { enabled: false } })
    await owner.send('DELETE', `/apps/${id}`)
    expect(await latest()).toMatchObject({ action: 'app.delete', target: { id, name: 'Second' } })
    expect((await read(`?app_id=${id}`)).data.map(({ action }: { action: string }) => action)).toEqual([
      'app.delete',
      'app.switch_api',
      'key.delete',
      'key.create',
      'app.change',
      'app.create',
    ])
  })

  it('tells what became of members, and is theirs to read from administrators up', async () => {
    const invited = (await owner.send('POST', `${MEMBERS}/invite-email`, { emails: ['bo@example.com', 'x'], role: 'editor' })).body
    expect(await latest()).toMatchObject({ action: 'member.invite', details: { emails: ['bo@example.com'], role: 'editor' } })
    const token = new URL(invited.invitation_results[0].url).searchParams.get('token')
    await sendJson(`${server().url}/console/api/activate`, 'POST', { token, name: 'Bo', password: PASSWORD })
    const joined = await latest()
    expect(joined).toMatchObject({ action: 'member.join', account: { name: 'Bo' }, details: { role: 'editor' } })
    const bo = await server().login('bo@example.com', PASSWORD)
    expect((await bo.send('GET', '/workspaces/current/audit-log')).status).toBe(403)
    await owner.send('PUT', `${MEMBERS}/${joined.account.id}/update-role`, { role: 'admin' })
    expect(await latest()).toMatchObject({
      action: 'member.change_role',
      target: { type: 'member', name: 'Bo' },
      details: { role: 'admin' },
    })
    expect((await read('?limit=1', bo)).data).toHaveLength(1)
    await bo.send('POST', '/workspaces/current/leave')
    expect(await latest()).toMatchObject({ action: 'member.leave', account: { name: 'Bo' } })
  })

  it('tells in each of their workspaces how people change their own accounts', async () => {
    await owner.send('POST', '/account/name', { name: 'Ann B.' })
    expect(await latest()).toMatchObject({ action: 'account.rename', account: { name: 'Ann' }, target: null, details: { name: 'Ann B.' } })
    const words = { password: PASSWORD, new_password: 'another horse 3', repeat_new_password: 'another horse 3' }
    expect((await owner.send('POST', '/account/password', words)).status).toBe(200)
    owner = await server().login('ann@example.com', 'another horse 3')
    expect(await latest()).toMatchObject({ action: 'account.change_password', details: {} })
    const back = { password: 'another horse 3', new_password: PASSWORD, repeat_new_password: PASSWORD }
    await owner.send('POST', '/account/password', back)
    owner = await server().login('ann@example.com', PASSWORD)
    await owner.send('POST', '/account/name', { name: 'Ann' })
    expect(JSON.stringify(await read('?action=account'))).not.toContain('horse')
  })

  it('says nothing of what was refused, and holds no secret', async () => {
    const before = await latest()
    expect((await owner.send('DELETE', '/apps/0196f1b2-7a3c-7d00-8000-0123456789ab')).status).toBe(404)
    expect((await owner.send('POST', '/apps', { name: '', mode: 'chat' })).status).toBe(400)
    expect((await owner.send('POST', '/apps/imports', { mode: 'yaml-content', yaml_content: 'nonsense: [' })).status).toBe(400)
    expect((await latest()).id).toBe(before.id)
    const path = '/workspaces/current/model-providers/openai/credentials'
    const credentials = { openai_api_key: 'sk-very-secret', openai_api_base: 'http://127.0.0.1:1' }
    await owner.send('POST', path, { credentials, name: 'mine' })
    expect(JSON.stringify(await read('?limit=100'))).not.toContain('sk-very-secret')
  })

  it('tells of keys that begin to share the calls', async () => {
    const provider = await startFakeOpenai({ text: 'Good day' })
    const path = '/workspaces/current/model-providers/openai/credentials'
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    expect((await owner.send('POST', path, { credentials, name: 'one' })).status).toBe(201)
    await provider.close()
    const { data } = (await owner.send('GET', '/workspaces/current/model-providers')).body
    const { custom_configuration: known } = data.find((item: { provider: string }) => item.provider.endsWith('/openai'))
    const [{ credential_id }] = known.available_credentials
    expect((await owner.send('POST', `${path}/load-balancing`, { credential_id, enabled: true })).status).toBe(200)
    expect(await latest()).toMatchObject({ action: 'provider.share_key', target: { type: 'provider' }, details: { enabled: true } })
  })

  it('tells a model that is added from a further key of it', async () => {
    const provider = await startFakeOpenai({ text: 'Good day' })
    const path = '/workspaces/current/model-providers/openai_api_compatible/models/credentials'
    const named = { model: 'mine', model_type: 'llm' }
    const key = { ...named, credentials: { api_key: 'sk-0123456789', endpoint_url: provider.url } }
    const target = { type: 'provider' }
    expect((await owner.send('POST', path, key)).status).toBe(201)
    expect(await latest()).toMatchObject({ action: 'model.add', target, details: named })
    expect((await owner.send('POST', path, { ...key, name: 'Second account' })).status).toBe(201)
    expect(await latest()).toMatchObject({ action: 'model.add_key', target, details: { ...named, name: 'Second account' } })
    await provider.close()
    const { available_credentials: keys } = (await owner.send('GET', `${path}?model=mine&model_type=llm`)).body
    const credential_id = keys[1].credential_id
    await owner.send('POST', `${path}/load-balancing`, { ...named, credential_id, enabled: true })
    expect(await latest()).toMatchObject({ action: 'model.share_key', target, details: { ...named, enabled: true } })
    await owner.send('POST', `${path}/switch`, { ...named, credential_id })
    expect(await latest()).toMatchObject({ action: 'model.switch_key', target, details: named })
    await owner.send('DELETE', path, { ...named, credential_id })
    expect(await latest()).toMatchObject({ action: 'model.remove_key', target, details: { ...named, name: 'Second account' } })
    await owner.send('DELETE', path, { ...named, credential_id: keys[0].credential_id })
    expect(await latest()).toMatchObject({ action: 'model.remove', target, details: { ...named, name: 'Key 1' } })
  })

  it('tells how apps are sorted', async () => {
    const app = (await owner.send('POST', '/apps', { name: 'Sorted', mode: 'chat' })).body.id
    const make = async (name: string) => (await owner.send('POST', '/tags', { name, type: 'app' })).body.id
    const [rain, snow] = [await make('Rain'), await make('Snow')]
    expect(await latest()).toMatchObject({ action: 'tag.create', target: null, details: { name: 'Snow' } })
    await owner.send('POST', '/tag-bindings', { tag_ids: [snow, rain], target_id: app, type: 'app' })
    const target = { type: 'app', id: app, name: 'Sorted' }
    expect(await latest()).toMatchObject({ action: 'tag.bind', target, details: { tags: ['Rain', 'Snow'] } })
    await owner.send('PATCH', `/tags/${snow}`, { name: 'Hail' })
    expect(await latest()).toMatchObject({
      action: 'tag.rename',
      target: { type: 'tag', id: snow, name: 'Snow' },
      details: { name: 'Hail' },
    })
    await owner.send('POST', '/tag-bindings/remove', { tag_ids: [rain], target_id: app, type: 'app' })
    expect(await latest()).toMatchObject({ action: 'tag.unbind', target, details: { tags: ['Rain'] } })
    await owner.send('DELETE', `/tags/${snow}`)
    expect(await latest()).toMatchObject({ action: 'tag.delete', target: { type: 'tag', id: snow, name: 'Hail' } })
    expect((await read('?action=tag')).data).toHaveLength(6)
  })

  it('tells of apps that are exported with their secrets, and of no other export', async () => {
    const { id } = (await owner.send('POST', '/apps', { name: 'Leaves', mode: 'workflow' })).body
    const draft = { graph: { nodes: [], edges: [] }, features: {}, environment_variables: [], conversation_variables: [] }
    expect((await owner.send('POST', `/apps/${id}/workflows/draft`, draft)).status).toBe(200)
    for (const query of ['', '?include_secret=false']) expect((await owner.send('GET', `/apps/${id}/export${query}`)).status).toBe(200)
    expect(await latest()).toMatchObject({ action: 'app.create' })
    expect((await owner.send('GET', `/apps/${id}/export?include_secret=true`)).status).toBe(200)
    expect(await latest()).toMatchObject({ action: 'app.export_secrets', target: { type: 'app', id, name: 'Leaves' } })
  })

  it('is of one workspace, also of a new one', async () => {
    const made = (await owner.send('POST', '/workspaces', { name: 'Second' })).body.tenant
    expect((await latest()).action).not.toBe('workspace.create')
    const home = (await owner.send('POST', '/workspaces/current')).body.id
    await owner.send('POST', '/workspaces/switch', { tenant_id: made.id })
    expect((await read()).data).toMatchObject([{ action: 'workspace.create', details: { name: 'Second' } }])
    await owner.send('POST', '/workspaces/switch', { tenant_id: home })
  })

  it('is found by kind, action, person and time, page by page', async () => {
    const all = (await read('?limit=100')).data
    const [first, second] = [await read('?limit=2'), await read(`?limit=100&last_id=${all[1].id}`)]
    expect(first).toMatchObject({ limit: 2, has_more: true, data: all.slice(0, 2) })
    expect(second).toMatchObject({ has_more: false, data: all.slice(2) })
    const actionsOf = async (query: string) =>
      new Set((await read(`?limit=100&${query}`)).data.map(({ action }: { action: string }) => action))
    expect(await actionsOf('action=key')).toEqual(new Set(['key.create', 'key.delete']))
    expect(await actionsOf('action=app.delete')).toEqual(new Set(['app.delete']))
    const bo = all.find(({ account }: { account: { name: string } }) => account.name === 'Bo').account.id
    expect(await actionsOf(`account_id=${bo}`)).toEqual(new Set(['member.join', 'member.leave']))
    expect(await actionsOf(`since=${Math.floor(clock.now() / 1000) + 60}`)).toEqual(new Set())
    expect(await actionsOf('action=&account_id=&since=&app_id=')).toEqual(await actionsOf(''))
    expect((await owner.send('GET', '/workspaces/current/audit-log?action=nonsense')).status).toBe(400)
  })

  it('is kept as long as it is wanted', async () => {
    const { db } = server().process.platform.database
    const count = async () => (await read('?limit=100')).data.length
    const all = await count()
    await deleteOldAuditEntries({ db, clock, retentionMs: DAY_MS })
    expect(await count()).toBe(all)
    clock.advance(2 * DAY_MS)
    owner = await server().login('ann@example.com', PASSWORD)
    await deleteOldAuditEntries({ db, clock, retentionMs: 0 })
    expect(await count()).toBe(all)
    await deleteOldAuditEntries({ db, clock, retentionMs: DAY_MS })
    expect(await count()).toBe(0)
  })
})
