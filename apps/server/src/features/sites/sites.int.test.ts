import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { type Caller, describeOnDatabases } from '../../testing/console-server.ts'

const createApp = async (caller: Caller, look: object = {}) =>
  (await caller.send('POST', '/apps', { name: 'Guide', mode: 'chat', ...look })).body

await describeOnDatabases('sites', (console) => {
  it('come with their app, under its name', async () => {
    const owner = await console().join('owner')
    const { id, site } = await createApp(owner, { icon_type: 'emoji', icon: '🤖', icon_background: '#fff' })
    expect(site).toMatchObject({
      title: 'Guide',
      icon: '🤖',
      icon_background: '#fff',
      default_language: 'de-DE',
      app_base_url: 'https://pages.test',
    })
    expect(site.code).toMatch(/^[A-Za-z0-9]{16}$/)
    expect(site.access_token).toBe(site.code)
    expect(await console().sites.findByCode(site.code)).toMatchObject({ app_id: id, tenant_id: owner.tenantId })
  })

  it('change what is given and keep the rest', async () => {
    const owner = await console().join('owner')
    const { id } = await createApp(owner)
    const first = await owner.send('POST', `/apps/${id}/site`, { title: 'Ask me', copyright: 'Us', show_workflow_steps: false })
    expect(first).toMatchObject({ status: 200, body: { app_id: id, title: 'Ask me', copyright: 'Us', show_workflow_steps: false } })
    const second = await owner.send('POST', `/apps/${id}/site`, { title: null, prompt_public: true })
    expect(second.body).toMatchObject({ title: 'Ask me', copyright: 'Us', prompt_public: true, show_workflow_steps: false })
    const unchanged = await owner.send('POST', `/apps/${id}/site`, {})
    expect(unchanged).toMatchObject({ status: 200, body: second.body })
    expect(await owner.send('POST', `/apps/${id}/site`, { title: 'x'.repeat(256) })).toMatchObject({
      status: 400,
      body: { params: 'title' },
    })
  })

  it('take only pictures of their workspace', async () => {
    const owner = await console().join('owner')
    const { id } = await createApp(owner)
    const picture = newId()
    const icon = { icon_type: 'image', icon: picture }
    expect(await owner.send('POST', `/apps/${id}/site`, icon)).toMatchObject({
      status: 400,
      body: { code: 'invalid_param', params: 'icon', details: { reason: 'picture_gone', values: {} } },
    })
    console().pictures.add(`${owner.tenantId}/${picture}`)
    expect((await owner.send('POST', `/apps/${id}/site`, icon)).status).toBe(200)
    expect((await owner.send('GET', `/apps/${id}`)).body.site.icon_url).toBe(`https://files.test/${picture}`)
  })

  it('move to a new address, for administrators', async () => {
    const owner = await console().join('owner')
    const editor = await console().join('editor', owner.tenantId)
    const { id, site } = await createApp(owner)
    expect((await editor.send('POST', `/apps/${id}/site/access-token-reset`)).status).toBe(403)
    const { code } = (await owner.send('POST', `/apps/${id}/site/access-token-reset`)).body
    expect(code).toMatch(/^[A-Za-z0-9]{16}$/)
    expect(await console().sites.findByCode(site.code)).toBeUndefined()
    expect(await console().sites.findByCode(code)).toMatchObject({ app_id: id })
  })

  it('are closed to other workspaces', async () => {
    const owner = await console().join('owner')
    const stranger = await console().join('owner')
    const { id, site } = await createApp(owner)
    for (const path of [`/apps/${id}/site`, `/apps/${id}/site/access-token-reset`]) {
      expect(await stranger.send('POST', path, { title: 'Mine' })).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    }
    expect(await console().sites.findByCode(site.code)).toMatchObject({ title: 'Guide' })
  })
})
