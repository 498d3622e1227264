import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { type Caller, describeOnDatabases } from '../../testing/console-server.ts'

const createApp = async (caller: Caller, name = 'Guide') => (await caller.send('POST', '/apps', { name, mode: 'chat' })).body.id as string
const createTag = async (caller: Caller, name: string) => (await caller.send('POST', '/tags', { name, type: 'app' })).body.id as string
const bind = (caller: Caller, target_id: string, ...tag_ids: string[]) =>
  caller.send('POST', '/tag-bindings', { tag_ids, target_id, type: 'app' })
const unbind = (caller: Caller, target_id: string, ...tag_ids: string[]) =>
  caller.send('POST', '/tag-bindings/remove', { tag_ids, target_id, type: 'app' })
const listTags = async (caller: Caller, query = 'type=app') => (await caller.send('GET', `/tags?${query}`)).body
const namesOf = async (caller: Caller, query: string) =>
  (await caller.send('GET', `/apps?${query}`)).body.data.map(({ name }: { name: string }) => name)

await describeOnDatabases('tags', (console) => {
  it('are made, counted, renamed, deleted', async () => {
    const { clock, join } = console()
    const owner = await join('owner')
    const made = await owner.send('POST', '/tags', { name: ' Sales 100% ', type: 'app' })
    expect(made).toMatchObject({ status: 200, body: { name: 'Sales 100%', type: 'app', binding_count: '0' } })
    clock.advance(1000)
    const support = await createTag(owner, 'support')
    expect(await listTags(owner)).toMatchObject([{ name: 'support' }, { name: 'Sales 100%' }])
    expect(await listTags(owner, '')).toHaveLength(2)
    expect(await listTags(owner, 'type=knowledge')).toEqual([])
    expect(await listTags(owner, 'keyword=SALES')).toMatchObject([{ name: 'Sales 100%' }])
    expect(await listTags(owner, 'keyword=%25')).toMatchObject([{ name: 'Sales 100%' }])
    await bind(owner, await createApp(owner), support)
    expect(await owner.send('PATCH', `/tags/${support}`, { name: 'Support' })).toMatchObject({
      status: 200,
      body: { id: support, name: 'Support', binding_count: '1' },
    })
    expect((await owner.send('DELETE', `/tags/${support}`)).status).toBe(204)
    expect(await owner.send('DELETE', `/tags/${support}`)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await owner.send('PATCH', `/tags/${support}`, { name: 'x' })).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await listTags(owner)).toMatchObject([{ name: 'Sales 100%' }])
  })

  it('have names of their own, within bounds', async () => {
    const owner = await console().join('owner')
    await createTag(owner, 'one')
    const two = await createTag(owner, 'two')
    const taken = { status: 400, body: { code: 'invalid_param', params: 'name' } }
    const again = await owner.send('POST', '/tags', { name: 'one', type: 'app' })
    expect(again).toMatchObject({ ...taken, body: { details: { reason: 'name_taken', values: { name: 'one' } } } })
    expect(await owner.send('PATCH', `/tags/${two}`, { name: 'one' })).toMatchObject(taken)
    expect((await owner.send('PATCH', `/tags/${two}`, { name: 'two' })).status).toBe(200)
    for (const name of ['', '  ', 'x'.repeat(51)]) expect(await owner.send('POST', '/tags', { name, type: 'app' })).toMatchObject(taken)
    expect(await owner.send('POST', '/tags', { name: 'x', type: 'knowledge' })).toMatchObject({ status: 400, body: { params: 'type' } })
    expect(await owner.send('POST', '/tags', { name: 'x', type: 'other' })).toMatchObject({ status: 400, body: { params: 'type' } })
    const elsewhere = await console().join('owner')
    expect(await createTag(elsewhere, 'one')).toBeTruthy()
  })

  it('are bound to apps, which carry them and are found by them', async () => {
    const owner = await console().join('owner')
    const [a, b] = [await createApp(owner, 'A'), await createApp(owner, 'B')]
    await createApp(owner, 'C')
    const [red, blue] = [await createTag(owner, 'red'), await createTag(owner, 'blue')]
    expect(await bind(owner, a, red, blue)).toEqual({ status: 200, body: { result: 'success' } })
    await bind(owner, a, red, red)
    await bind(owner, b, blue)
    const tagsOfA = [
      { id: blue, name: 'blue', type: 'app' },
      { id: red, name: 'red', type: 'app' },
    ]
    expect((await owner.send('GET', `/apps/${a}`)).body.tags).toEqual(tagsOfA)
    expect((await owner.send('POST', `/apps/${a}/name`, { name: 'A' })).body.tags).toEqual(tagsOfA)
    expect((await owner.send('GET', '/apps?name=a')).body.data).toMatchObject([{ name: 'A', tags: tagsOfA }])
    expect(await listTags(owner, 'keyword=blue')).toMatchObject([{ binding_count: '2' }])
    expect((await namesOf(owner, `tag_ids[0]=${blue}`)).toSorted()).toEqual(['A', 'B'])
    expect((await namesOf(owner, `tag_ids[0]=${red}&tag_ids[1]=${blue}`)).toSorted()).toEqual(['A', 'B'])
    expect(await namesOf(owner, `tag_ids[0]=${blue}&name=b`)).toEqual(['B'])
    expect(await unbind(owner, a, blue, newId())).toEqual({ status: 200, body: { result: 'success' } })
    expect((await owner.send('GET', `/apps/${a}`)).body.tags).toMatchObject([{ name: 'red' }])
    await owner.send('DELETE', `/tags/${red}`)
    expect((await owner.send('GET', `/apps/${a}`)).body.tags).toEqual([])
    await owner.send('DELETE', `/apps/${b}`)
    expect(await listTags(owner, 'keyword=blue')).toMatchObject([{ binding_count: '0' }])
  })

  it('stay in their workspace', async () => {
    const { join } = console()
    const owner = await join('owner')
    const stranger = await join('owner')
    const [app, tag] = [await createApp(owner), await createTag(owner, 'mine')]
    const strange = await createApp(stranger)
    await bind(owner, app, tag)
    expect(await listTags(stranger)).toEqual([])
    expect((await stranger.send('PATCH', `/tags/${tag}`, { name: 'x' })).status).toBe(404)
    expect((await stranger.send('DELETE', `/tags/${tag}`)).status).toBe(404)
    expect(await bind(stranger, app, tag)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    expect(await bind(stranger, strange, tag)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await unbind(stranger, app, tag)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    expect(await namesOf(stranger, `tag_ids[0]=${tag}`)).toEqual([])
    expect((await owner.send('GET', `/apps/${app}`)).body.tags).toMatchObject([{ name: 'mine' }])
  })

  it('are changed by editors and read by everybody', async () => {
    const { join } = console()
    const owner = await join('owner')
    const [app, tag] = [await createApp(owner), await createTag(owner, 'one')]
    const reader = await join('normal', owner.tenantId)
    const editor = await join('editor', owner.tenantId)
    expect(await listTags(reader)).toMatchObject([{ name: 'one' }])
    const refused = { status: 403, body: { code: 'forbidden' } }
    expect(await reader.send('POST', '/tags', { name: 'x', type: 'app' })).toMatchObject(refused)
    expect(await reader.send('PATCH', `/tags/${tag}`, { name: 'x' })).toMatchObject(refused)
    expect(await reader.send('DELETE', `/tags/${tag}`)).toMatchObject(refused)
    expect(await bind(reader, app, tag)).toMatchObject(refused)
    expect((await bind(editor, app, tag)).status).toBe(200)
    expect(await bind(editor, app)).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'tag_ids' } })
  })
})
