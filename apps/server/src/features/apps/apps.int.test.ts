import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { type Caller, DEMO_MODEL, describeOnDatabases } from '../../testing/console-server.ts'

const createApp = async (caller: Caller, look: object = {}) =>
  (await caller.send('POST', '/apps', { name: 'Guide', mode: 'chat', ...look })).body
const namesOf = async (caller: Caller, query: string) => {
  const { body } = await caller.send('GET', `/apps?${query}`)
  return body.data.map(({ name }: { name: string }) => name)
}

await describeOnDatabases('apps', (console) => {
  it('are published on the default model when they are made', async () => {
    const owner = await console().join('owner')
    const { status, body } = await owner.send('POST', '/apps', {
      name: ' Guide ',
      mode: 'chat',
      description: 'Helps',
      icon_type: 'emoji',
      icon: '🌱',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      name: 'Guide',
      mode: 'chat',
      description: 'Helps',
      icon: '🌱',
      enable_site: true,
      enable_api: true,
      api_base_url: 'http://localhost:80/v1',
      model_config: {
        model: { provider: 'trellis/demo/demo', name: 'demo-chat', mode: 'chat' },
        pre_prompt: '',
        created_by: owner.accountId,
      },
      created_by: owner.accountId,
      has_unpublished_changes: false,
      is_published: true,
    })
    expect((await owner.send('GET', `/apps/${body.id}`)).body).toEqual(body)
    const row = await console().apps.getApp(owner.tenantId, body.id)
    expect((await console().apps.getPublishedConfig(row)).value.model.name).toBe('demo-chat')
  })

  it('wait for a model where the workspace has none', async () => {
    const { models, apps, join } = console()
    const owner = await join('owner')
    models.defaultModel = undefined
    const { id, model_config, is_published } = await createApp(owner)
    expect({ model_config, is_published }).toEqual({ model_config: null, is_published: false })
    expect(await owner.send('GET', `/apps/${id}/draft-config`)).toMatchObject({ status: 400, body: { code: 'provider_not_initialize' } })
    models.defaultModel = DEMO_MODEL
    expect((await owner.send('GET', `/apps/${id}/draft-config`)).body).toMatchObject({ model_config: { model: { name: 'demo-chat' } } })
    await expect(apps.getPublishedConfig(await apps.getApp(owner.tenantId, id))).rejects.toMatchObject({ code: 'app_unavailable' })
  })

  it.each(['agent-chat'])('of the mode %s come later, but are listed where there are some', async (mode) => {
    const { db, join } = console()
    const owner = await join('owner')
    expect(await owner.send('POST', '/apps', { name: 'Flow', mode })).toMatchObject({
      status: 400,
      body: { code: 'invalid_param', params: 'mode' },
    })
    const { id } = await createApp(owner)
    // A row as an import will make it.
    await db
      .updateTable('apps')
      .set({ mode: mode as 'agent-chat', published_config_id: null })
      .where('id', '=', id)
      .execute()
    expect(await namesOf(owner, `mode=${mode}`)).toEqual(['Guide'])
    expect((await owner.send('GET', `/apps/${id}`)).body).toMatchObject({ mode, has_unpublished_changes: false })
    expect(await owner.send('GET', `/apps/${id}/draft-config`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
  })

  it('are listed by page, mode, name, creator and order', async () => {
    const { clock, join } = console()
    const owner = await join('owner')
    const editor = await join('editor', owner.tenantId)
    await createApp(owner, { name: 'Alpha 100%' })
    clock.advance(1000)
    const { id } = await createApp(editor, { name: 'Beta_1', mode: 'completion' })
    clock.advance(1000)
    await createApp(owner, { name: 'GAMMA' })
    expect(await namesOf(owner, 'sort_by=recently_created')).toEqual(['GAMMA', 'Beta_1', 'Alpha 100%'])
    expect(await namesOf(owner, 'sort_by=earliest_created')).toEqual(['Alpha 100%', 'Beta_1', 'GAMMA'])
    clock.advance(1000)
    await owner.send('POST', `/apps/${id}/name`, { name: 'Beta_2' })
    expect(await namesOf(owner, '')).toEqual(['Beta_2', 'GAMMA', 'Alpha 100%'])
    expect(await namesOf(owner, 'mode=completion')).toEqual(['Beta_2'])
    expect(await namesOf(owner, 'name=gam')).toEqual(['GAMMA'])
    expect(await namesOf(owner, 'name=%25')).toEqual(['Alpha 100%'])
    expect(await namesOf(owner, 'name=_')).toEqual(['Beta_2'])
    expect(await namesOf(editor, 'is_created_by_me=true')).toEqual(['Beta_2'])
    expect(await namesOf(owner, `creator_ids[0]=${editor.accountId}`)).toEqual(['Beta_2'])
    expect(await namesOf(owner, `tag_ids[0]=${newId()}`)).toEqual([])
    const page = (await owner.send('GET', '/apps?page=2&limit=2')).body
    expect(page).toMatchObject({ page: 2, limit: 2, total: 3, has_more: false, data: [{ name: 'Alpha 100%' }] })
    expect((await owner.send('GET', '/apps?limit=2')).body).toMatchObject({ has_more: true, total: 3 })
    const [beta] = (await owner.send('GET', '/apps?name=beta')).body.data
    expect(beta).toMatchObject({ author_name: 'The editor', model_config: { model: { name: 'demo-chat' }, pre_prompt: '{{query}}' } })
  })

  it('change their look, and what is absent is reset', async () => {
    const owner = await console().join('owner')
    const { id } = await createApp(owner, { description: 'Helps', icon_type: 'emoji', icon: '🌱' })
    const full = await owner.send('PUT', `/apps/${id}`, {
      name: 'New',
      max_active_requests: 3,
      use_icon_as_answer_icon: true,
      icon: '🌵',
      icon_type: 'emoji',
    })
    expect(full.body).toMatchObject({ name: 'New', description: '', icon: '🌵', max_active_requests: 3, use_icon_as_answer_icon: true })
    const bare = await owner.send('PUT', `/apps/${id}`, { name: 'New' })
    expect(bare.body).toMatchObject({ icon: null, icon_type: null, max_active_requests: null, use_icon_as_answer_icon: false })
    expect((await owner.send('POST', `/apps/${id}/icon`, { icon_type: 'emoji', icon: '🪴' })).body).toMatchObject({ icon: '🪴' })
    expect((await owner.send('POST', `/apps/${id}/site-enable`, { enable_site: false })).body).toMatchObject({ enable_site: false })
    expect((await owner.send('POST', `/apps/${id}/api-enable`, { enable_api: false })).body).toMatchObject({ enable_api: false })
    expect(await owner.send('PUT', `/apps/${id}`, { name: 'x'.repeat(256) })).toMatchObject({ status: 400, body: { params: 'name' } })
    expect(await owner.send('POST', `/apps/${id}/icon`, { icon_type: 'image', icon: newId() })).toMatchObject({
      status: 400,
      body: { params: 'icon' },
    })
  })

  it('are copied with configuration and draft, and have a page of their own', async () => {
    const owner = await console().join('owner')
    const original = await createApp(owner, { description: 'Helps' })
    const draft = (await owner.send('GET', `/apps/${original.id}/draft-config`)).body
    await owner.send('PUT', `/apps/${original.id}/draft-config`, {
      model_config: { ...draft.model_config, pre_prompt: 'Draft' },
      hash: draft.hash,
    })
    const { status, body: copy } = await owner.send('POST', `/apps/${original.id}/copy`, { name: 'Second' })
    expect(status).toBe(201)
    expect(copy).toMatchObject({ name: 'Second', description: 'Helps', has_unpublished_changes: true, model_config: { pre_prompt: '' } })
    expect(copy.site).toMatchObject({ title: 'Second' })
    expect(copy.site.code).not.toBe(original.site.code)
    expect((await owner.send('GET', `/apps/${copy.id}/draft-config`)).body).toMatchObject({ model_config: { pre_prompt: 'Draft' } })
  })

  it('are read, changed and deleted only in their workspace, and by roles that may', async () => {
    const { join } = console()
    const owner = await join('owner')
    const [stranger, normal, operator] = [
      await join('owner'),
      await join('normal', owner.tenantId),
      await join('dataset_operator', owner.tenantId),
    ]
    const { id, model_config } = await createApp(owner)
    const writes = [
      ['PUT', `/apps/${id}`, { name: 'Mine' }],
      ['DELETE', `/apps/${id}`, undefined],
      ['POST', `/apps/${id}/copy`, {}],
      ['POST', `/apps/${id}/name`, { name: 'Mine' }],
      ['POST', `/apps/${id}/icon`, { icon: 'x' }],
      ['POST', `/apps/${id}/site-enable`, { enable_site: false }],
      ['POST', `/apps/${id}/api-enable`, { enable_api: false }],
      ['POST', `/apps/${id}/model-config`, model_config],
      ['PUT', `/apps/${id}/draft-config`, { model_config, hash: '' }],
      ['POST', `/apps/${id}/draft-config/discard`, undefined],
    ] as const
    for (const [method, path, body] of writes) {
      expect(await stranger.send(method, path, body)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
      expect(await normal.send(method, path, body)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    }
    for (const path of [`/apps/${id}`, `/apps/${id}/draft-config`]) {
      expect((await stranger.send('GET', path)).status).toBe(404)
      expect((await operator.send('GET', path)).status).toBe(403)
      expect((await normal.send('GET', path)).status).toBe(200)
    }
    expect(await namesOf(stranger, '')).toEqual([])
    expect((await owner.send('GET', `/apps/${id}`)).body).toMatchObject({ name: 'Guide', enable_site: true, enable_api: true })
    expect((await owner.send('GET', `/apps/${newId()}`)).status).toBe(404)
    expect((await owner.send('GET', '/apps/none')).status).toBe(404)
  })
})
