import { expect, it } from 'vitest'
import { type Caller, describeOnDatabases } from '../../testing/console-server.ts'

const createApp = async (caller: Caller, name: string) => (await caller.send('POST', '/apps', { name, mode: 'chat' })).body.id as string
const list = async (caller: Caller, path: string) => (await caller.send('GET', path)).body
const namesOf = async (caller: Caller, path: string) => (await list(caller, path)).data.map(({ name }: { name: string }) => name)

await describeOnDatabases('stars', (console) => {
  it('put apps first for whoever set them', async () => {
    const { clock, join } = console()
    const owner = await join('owner')
    const reader = await join('normal', owner.tenantId)
    const ids: string[] = []
    for (const name of ['A', 'B', 'C', 'D']) {
      ids.push(await createApp(owner, name))
      clock.advance(1000)
    }
    const [a = '', b = ''] = ids
    for (const id of [a, b, b]) expect(await reader.send('POST', `/apps/${id}/star`)).toEqual({ status: 200, body: { result: 'success' } })
    expect(await namesOf(reader, '/apps')).toEqual(['D', 'C', 'B', 'A'])
    expect(await namesOf(reader, '/apps?starred_first=true')).toEqual(['B', 'A', 'D', 'C'])
    expect(await namesOf(reader, '/apps?starred_first=true&sort_by=earliest_created&limit=3')).toEqual(['A', 'B', 'C'])
    expect(await namesOf(reader, '/apps/starred?sort_by=earliest_created')).toEqual(['A', 'B'])
    expect(await list(reader, '/apps/starred?name=b')).toMatchObject({ total: 1, data: [{ name: 'B', is_starred: true }] })
    expect(await namesOf(owner, '/apps/starred')).toEqual([])
    expect(await list(owner, '/apps?name=b')).toMatchObject({ data: [{ is_starred: false }] })
    for (const _ of ['once', 'twice']) expect((await reader.send('DELETE', `/apps/${b}/star`)).status).toBe(200)
    expect(await namesOf(reader, '/apps/starred')).toEqual(['A'])
  })

  it('are for apps of the workspace only, and go with them', async () => {
    const { join } = console()
    const owner = await join('owner')
    const stranger = await join('owner')
    const id = await createApp(owner, 'A')
    expect(await stranger.send('POST', `/apps/${id}/star`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    expect(await stranger.send('DELETE', `/apps/${id}/star`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    await owner.send('POST', `/apps/${id}/star`)
    await owner.send('DELETE', `/apps/${id}`)
    expect(await namesOf(owner, '/apps/starred')).toEqual([])
  })
})
