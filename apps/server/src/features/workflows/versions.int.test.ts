import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { type Caller, type ConsoleServer, describeOnDatabases } from '../../testing/console-server.ts'

const createApp = async (caller: Caller): Promise<string> =>
  (await caller.send('POST', '/apps', { name: 'Flow', mode: 'workflow' })).body.id
const pathOf = (appId: string, rest = '') => `/apps/${appId}/workflows${rest}`
const readDraft = async (caller: Caller, appId: string) => (await caller.send('GET', pathOf(appId, '/draft'))).body
const saveDraft = async (caller: Caller, appId: string, change: object) => {
  const draft = await readDraft(caller, appId)
  return caller.send('POST', pathOf(appId, '/draft'), { ...draft, ...change })
}
const appOf = ({ apps }: ConsoleServer, { tenantId }: Caller, appId: string) => apps.getApp(tenantId, appId)

const graphOf = (title: string, endId = 'end') => ({
  nodes: [
    { id: 'start', type: 'custom', data: { type: 'start', title, variables: [] } },
    { id: endId, type: 'custom', data: { type: 'end', title: 'End', outputs: [] } },
  ],
  edges: [{ id: 'e', source: 'start', target: endId }],
})
const env = (change: object = {}) => ({ id: 'key', name: 'key', value_type: 'secret', value: 'sk-1', description: '', ...change })

await describeOnDatabases('versions of workflows', (console) => {
  it('never change, are named, listed, restored and deleted (4.13)', async () => {
    const { clock, workflows, join } = console()
    const owner = await join('owner')
    const editor = await join('editor', owner.tenantId)
    const id = await createApp(owner)
    const publish = async (caller: Caller, title: string, marks: object = {}) => {
      await saveDraft(caller, id, { graph: graphOf(title), environment_variables: [env({ value: title })] })
      return caller.send('POST', pathOf(id, '/publish'), marks)
    }
    expect(await publish(owner, 'One', { marked_name: 'First', marked_comment: 'Begin' })).toMatchObject({
      status: 200,
      body: { result: 'success', created_at: Math.floor(clock.now() / 1000) },
    })
    // In the same millisecond.
    expect((await publish(editor, 'Two')).status).toBe(200)
    clock.advance(5)
    expect((await publish(owner, 'Three')).status).toBe(200)
    const { items, ...page } = (await owner.send('GET', `${pathOf(id)}?limit=2`)).body
    expect(page).toEqual({ page: 1, limit: 2, has_more: true })
    const rest = (await owner.send('GET', `${pathOf(id)}?limit=2&page=2`)).body
    expect(rest).toMatchObject({ has_more: false, items: [{ marked_name: 'First', marked_comment: 'Begin' }] })
    const all = [...items, ...rest.items]
    expect(all.map(({ graph }) => graph.nodes[0].data.title)).toEqual(['Three', 'Two', 'One'])
    expect(all[1]).toMatchObject({ created_by: { name: 'The editor' } })
    const [three, two, one] = all
    expect((await owner.send('GET', `${pathOf(id)}?named_only=true`)).body.items).toEqual([one])
    expect((await editor.send('GET', `${pathOf(id)}?user_id=${editor.accountId}`)).body.items).toEqual([two])
    expect(await editor.send('GET', `${pathOf(id)}?user_id=${owner.accountId}`)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await owner.send('GET', pathOf(id, '/publish'))).body).toEqual(three)
    expect((await owner.send('GET', pathOf(id, `/${one.id}`))).body).toEqual(one)
    expect((await owner.send('GET', `/apps/${id}`)).body.workflow).toMatchObject({ id: three.id, created_by: owner.accountId })
    expect((await owner.send('GET', '/apps')).body.data[0].workflow).toMatchObject({ id: three.id })

    const renamed = await owner.send('PATCH', pathOf(id, `/${two.id}`), { marked_name: 'Second' })
    expect(renamed).toMatchObject({ status: 200, body: { marked_name: 'Second', marked_comment: '', version: two.version } })
    expect((await owner.send('PATCH', pathOf(id, `/${two.id}`), {})).body.code).toBe('bad_request')
    expect((await owner.send('PATCH', pathOf(id, `/${two.id}`), { marked_name: 'x'.repeat(21) })).body.params).toBe('marked_name')

    const restored = await owner.send('POST', pathOf(id, `/${one.id}/restore`))
    expect(restored).toMatchObject({ status: 200, body: { result: 'success', hash: one.hash } })
    expect(await readDraft(owner, id)).toMatchObject({ graph: graphOf('One'), version: 'draft', marked_name: '' })
    const app = await appOf(console(), owner, id)
    const secretOf = async (workflow: ReturnType<typeof workflows.getDraft>) => (await workflow).environmentVariables[0]?.variable.value
    expect(await secretOf(workflows.getDraft(app))).toBe('One')
    expect(await secretOf(workflows.getPublished(app))).toBe('Three')
    expect(await secretOf(workflows.getVersion(app, two.id))).toBe('Two')

    const draftId = (await readDraft(owner, id)).id
    for (const [method, path] of [
      ['DELETE', `/${draftId}`],
      ['POST', `/${draftId}/restore`],
      ['DELETE', `/${three.id}`],
    ] as const) {
      expect(await owner.send(method, pathOf(id, path))).toMatchObject({ status: 400, body: { code: 'bad_request' } })
    }
    expect((await owner.send('DELETE', pathOf(id, `/${three.id}`))).body.details).toEqual({ reason: 'version_in_use', values: {} })
    expect((await owner.send('DELETE', pathOf(id, `/${two.id}`))).status).toBe(204)
    for (const path of [`/${two.id}`, `/${newId()}`]) {
      expect(await owner.send('DELETE', pathOf(id, path))).toMatchObject({ status: 404, body: { code: 'not_found' } })
    }
    await expect(workflows.getVersion(app, two.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(workflows.getVersion(app, draftId)).rejects.toMatchObject({ code: 'bad_request' })
    await expect(workflows.getVersion(app, 'latest')).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('that no draft may be like are not restored', async () => {
    const { db, join } = console()
    const owner = await join('owner')
    const id = await createApp(owner)
    await owner.send('POST', pathOf(id, '/publish'), {})
    const { id: version } = (await owner.send('GET', pathOf(id, '/publish'))).body
    const before = await readDraft(owner, id)
    const change = (columns: { readonly graph?: string; readonly features?: string }) =>
      db.updateTable('workflows').set(columns).where('id', '=', version).execute()
    const restore = async () => (await owner.send('POST', pathOf(id, `/${version}/restore`))).body
    const features = before.features
    await change({ features: JSON.stringify({ ...features, opening_statement: 7 }) })
    expect(await restore()).toMatchObject({
      code: 'invalid_param',
      params: 'features',
      details: { reason: 'field_kind', values: { field: 'features.opening_statement' } },
    })
    await change({ features: JSON.stringify(features), graph: JSON.stringify(graphOf('Old', 'n'.repeat(256))) })
    expect(await restore()).toMatchObject({ code: 'invalid_param', params: 'graph', message: expect.stringContaining('255') })
    expect(await readDraft(owner, id)).toEqual(before)
  })
})
