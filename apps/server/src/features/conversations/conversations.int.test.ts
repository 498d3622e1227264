import { newId } from '@trellis/kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeTalks, endUserOf, insertConversation, insertMessage, visit, type WebVisitor, walk } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'

const SORTS = ['created_at', '-created_at', 'updated_at', '-updated_at'] as const
const PLACE = { created_at: 'created_at', '-created_at': 'created_at', updated_at: 'updated_at', '-updated_at': 'updated_at' } as const
const SECOND = 1000

interface Listed {
  readonly id: string
  readonly created_at: number
  readonly updated_at: number
}

await describeTalks('conversations', (talks) => {
  let app: TestApp
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat' })
  })

  const listedNames = async (path: string, from: Pick<WebVisitor, 'send'> = app): Promise<string[]> => {
    const { body } = await from.send('GET', path)
    return body.data.map(({ name }: { name: string }) => name)
  }

  describe('in lists', () => {
    const rows = new Set<string>()
    beforeAll(async () => {
      const owner = { app_id: app.id, from_end_user_id: await endUserOf(talks, app, 'walker') }
      const start = Date.parse('2026-03-01T12:00:00Z')
      for (let index = 0; index < 23; index++) {
        // Times shared by several rows, in different orders.
        const row = await insertConversation(talks, {
          ...owner,
          created_at: start + Math.floor(index / 5) * SECOND,
          updated_at: start + (index % 4) * SECOND,
        })
        rows.add(row.id)
      }
      await insertConversation(talks, { ...owner, deleted_at: start })
      await insertConversation(talks, { ...owner, invoke_from: 'web-app' })
      await insertConversation(talks, { app_id: app.id, from_end_user_id: await endUserOf(talks, app, 'stranger') })
    })

    it.each(SORTS.flatMap((sort) => [1, 4, 23, 100].map((limit) => [sort, limit] as const)))(
      'come once each, sorted by %s, %i at a time',
      async (sort, limit) => {
        const pages = await walk<Listed>(
          limit,
          (last) => app.send('GET', `/conversations?user=walker&sort_by=${sort}&limit=${limit}&last_id=${last?.id ?? ''}`),
          (page) => page.at(-1),
        )
        const all = pages.flat()
        expect(all.map(({ id }) => id).toSorted()).toEqual([...rows].toSorted())
        const times = all.map((row) => row[PLACE[sort]])
        expect(times).toEqual(times.toSorted((a, b) => (sort.startsWith('-') ? b - a : a - b)))
      },
    )

    it('begin after the last one of the caller only', async () => {
      const [strangers] = (await app.send('GET', '/conversations?user=stranger')).body.data
      for (const lastId of [newId(), strangers.id]) {
        expect(await app.send('GET', `/conversations?user=walker&last_id=${lastId}`)).toMatchObject({
          status: 404,
          body: { code: 'not_found', status: 404 },
        })
      }
    })

    it.each(['limit=0', 'limit=101', 'limit=x', 'sort_by=name', 'last_id=x'])('refuse %s', async (query) => {
      expect(await app.send('GET', `/conversations?user=walker&${query}`)).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
    })

    it('are of one app and one surface', async () => {
      const other = await talks.server.createApp(talks.session, { mode: 'chat' })
      expect((await other.send('GET', '/conversations?user=walker')).body.data).toEqual([])
      const visitor = await visit(talks, app)
      await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app', name: 'Page' })
      await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, name: 'Service' })
      expect(await listedNames('/conversations', visitor)).toEqual(['Page'])
    })
  })

  it('of callers who name nobody belong to one anonymous user', async () => {
    await insertConversation(talks, { app_id: app.id, from_end_user_id: await endUserOf(talks, app, 'DEFAULT-USER'), name: 'Anyone' })
    expect(await listedNames('/conversations')).toEqual(['Anyone'])
  })

  it('are there for chat apps only', async () => {
    const writer = await talks.server.createApp(talks.session, { mode: 'completion' })
    const id = newId()
    for (const [method, path, body] of [
      ['GET', '/conversations?user=a', undefined],
      ['DELETE', `/conversations/${id}`, { user: 'a' }],
      ['POST', `/conversations/${id}/name`, { user: 'a', name: 'New' }],
      ['GET', `/conversations/${id}/variables?user=a`, undefined],
      ['PUT', `/conversations/${id}/variables/${id}`, { user: 'a', value: 1 }],
      ['GET', `/messages?conversation_id=${id}&user=a`, undefined],
      ['GET', `/messages/${id}/suggested?user=a`, undefined],
    ] as const) {
      expect(await writer.send(method, path, body)).toMatchObject({ status: 400, body: { code: 'not_chat_app' } })
    }
  })

  describe('of one end user', () => {
    const mine = async (row: object = {}) => {
      const conversation = await insertConversation(talks, {
        app_id: app.id,
        from_end_user_id: await endUserOf(talks, app, 'owner'),
        ...row,
      })
      await insertMessage(talks, conversation)
      return conversation
    }

    it('are closed to others', async () => {
      const { id } = await mine({ name: 'Private' })
      const other = await talks.server.createApp(talks.session, { mode: 'chat' })
      for (const [caller, user] of [
        [app, 'other'],
        [other, 'owner'],
      ] as const) {
        for (const [method, path, body] of [
          ['DELETE', `/conversations/${id}`, { user }],
          ['POST', `/conversations/${id}/name`, { user, name: 'Mine' }],
          ['POST', `/conversations/${id}/name`, { user, auto_generate: true }],
          ['GET', `/conversations/${id}/variables?user=${user}`, undefined],
          ['GET', `/messages?conversation_id=${id}&user=${user}`, undefined],
        ] as const) {
          expect(await caller.send(method, path, body)).toMatchObject({ status: 404, body: { code: 'not_found' } })
        }
      }
      const row = await talks.db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
      expect(row).toMatchObject({ name: 'Private', deleted_at: null })
    })

    it('take a name', async () => {
      const { id, updated_at } = await mine({ introduction: 'Welcome', inputs: '{"city":"Köln"}' })
      const { status, body } = await app.send('POST', `/conversations/${id}/name`, { user: 'owner', name: ' 饺子\u0000 ' })
      expect(status).toBe(200)
      expect(body).toMatchObject({ id, name: '饺子', introduction: 'Welcome', inputs: { city: 'Köln' }, status: 'normal' })
      expect(body.updated_at).toBeGreaterThan(updated_at / SECOND)
    })

    it.each([{}, { name: '  ' }, { name: null }, { name: 'x'.repeat(256) }, { name: 5 }])('refuse the name of %j', async (body) => {
      const { id } = await mine()
      expect(await app.send('POST', `/conversations/${id}/name`, { user: 'owner', ...body })).toMatchObject({
        status: 400,
        body: { code: 'invalid_param' },
      })
    })

    it('tells how long a name may be', async () => {
      const { id } = await mine()
      const { body } = await app.send('POST', `/conversations/${id}/name`, { user: 'owner', name: 'x'.repeat(256) })
      expect(body.details).toEqual({ reason: 'name_too_long', values: { limit: 255 } })
    })

    it('are gone once deleted, for their user but not for the log', async () => {
      const { id } = await mine()
      expect((await app.send('DELETE', `/conversations/${id}`, { user: 'owner' })).status).toBe(204)
      expect((await app.send('DELETE', `/conversations/${id}`, { user: 'owner' })).status).toBe(404)
      expect((await app.send('GET', `/messages?conversation_id=${id}&user=owner`)).status).toBe(404)
      const { body } = await app.send('GET', '/conversations?user=owner&limit=100')
      expect(body.data.map((row: Listed) => row.id)).not.toContain(id)
      expect((await talks.session.send('GET', `/apps/${app.id}/chat-conversations/${id}`)).status).toBe(200)
    })

    it('have no variables', async () => {
      const { id } = await mine()
      const path = `/conversations/${id}/variables`
      expect(await app.send('GET', `${path}?user=owner`)).toMatchObject({ status: 200, body: { limit: 20, has_more: false, data: [] } })
      expect((await app.send('GET', `${path}?user=owner&last_id=${newId()}`)).status).toBe(404)
      expect((await app.send('PUT', `${path}/${newId()}`, { user: 'owner', value: 1 })).status).toBe(404)
    })
  })

  describe('of a page’s visitor', () => {
    it('are pinned and unpinned', async () => {
      const visitor = await visit(talks, app)
      const row = { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' } as const
      const kept = await insertConversation(talks, { ...row, name: 'Kept' })
      await insertConversation(talks, { ...row, name: 'Other' })
      const pinned = (isPinned: boolean) => listedNames(`/conversations?pinned=${isPinned}`, visitor)
      for (const _ of ['once', 'twice']) {
        expect(await visitor.send('PATCH', `/conversations/${kept.id}/pin`)).toMatchObject({ status: 200, body: { result: 'success' } })
      }
      expect([await pinned(true), await pinned(false)]).toEqual([['Kept'], ['Other']])
      await visitor.send('PATCH', `/conversations/${kept.id}/unpin`)
      expect(await pinned(true)).toEqual([])
      expect((await pinned(false)).toSorted()).toEqual(['Kept', 'Other'])
    })

    it('are closed to other visitors', async () => {
      const [visitor, other] = [await visit(talks, app), await visit(talks, app)]
      const { id } = await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' })
      for (const [method, path, body] of [
        ['PATCH', `/conversations/${id}/pin`, undefined],
        ['PATCH', `/conversations/${id}/unpin`, undefined],
        ['POST', `/conversations/${id}/name`, { name: 'Mine' }],
        ['DELETE', `/conversations/${id}`, undefined],
        ['GET', `/messages?conversation_id=${id}`, undefined],
        ['GET', `/conversations?last_id=${id}`, undefined],
      ] as const) {
        expect(await other.send(method, path, body)).toMatchObject({ status: 404, body: { code: 'not_found' } })
      }
      expect((await visitor.send('POST', `/conversations/${id}/name`, { name: 'Ours' })).body.name).toBe('Ours')
      expect((await visitor.send('DELETE', `/conversations/${id}`)).status).toBe(204)
    })
  })
})
