import { newId } from '@trellis/kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeTalks, endUserOf, insertConversation, insertMessage, signInElsewhere, walk } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'

interface Listed {
  readonly id: string
  readonly name: string
  readonly created_at: number
  readonly updated_at: number
}

const START = Date.parse('2026-03-01T12:00:00Z')
const MINUTE = 60_000

await describeTalks('the log', (talks) => {
  let app: TestApp
  let _writer: TestApp
  let accountId: string
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat', config: { pre_prompt: 'Be kind.' } })
    _writer = await talks.server.createApp(talks.session, { mode: 'completion' })
    accountId = (await talks.session.send('GET', '/account/profile')).body.id
  })
  const list = async (query: string, of = app): Promise<{ total: number; data: Listed[] }> => {
    const { status, body } = await talks.session.send('GET', `/apps/${of.id}/chat-conversations?${query}`)
    if (status !== 200) throw new TypeError(JSON.stringify(body))
    return body
  }
  const namesOf = async (query: string, of = app) => (await list(query, of)).data.map(({ name }) => name).toSorted()

  describe('in pages', () => {
    let busy: TestApp
    const ids: string[] = []
    beforeAll(async () => {
      busy = await talks.server.createApp(talks.session, { mode: 'chat' })
      for (let index = 0; index < 17; index++) {
        const times = { created_at: START + Math.floor(index / 5) * 1000, updated_at: START + (index % 4) * 1000 }
        ids.push((await insertConversation(talks, { app_id: busy.id, ...times })).id)
      }
      await insertConversation(talks, { app_id: busy.id, invoke_from: 'debugger', from_account_id: accountId })
    })

    it.each(['created_at', '-created_at', 'updated_at', '-updated_at'] as const)(
      'has every conversation but trials once, by %s',
      async (sort) => {
        let page = 0
        const pages = await walk<Listed>(
          5,
          () => {
            page += 1
            return talks.session.send('GET', `/apps/${busy.id}/chat-conversations?sort_by=${sort}&limit=5&page=${page}`)
          },
          (rows) => rows.at(-1),
        )
        expect(pages.map((rows) => rows.length)).toEqual([5, 5, 5, 2])
        expect(
          pages
            .flat()
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(ids.toSorted())
        const times = pages.flat().map((row) => (sort.endsWith('created_at') ? row.created_at : row.updated_at))
        expect(times).toEqual(times.toSorted((a, b) => (sort.startsWith('-') ? b - a : a - b)))
      },
    )

    it('tells how many there are, also beyond the last page', async () => {
      expect(await list('page=9&limit=5', busy)).toEqual({ page: 9, limit: 5, total: 17, has_more: false, data: [] })
      expect((await list('annotation_status=annotated', busy)).total).toBe(0)
      expect((await list('annotation_status=not_annotated', busy)).total).toBe(17)
    })

    it.each([
      'page=0',
      'limit=101',
      'sort_by=name',
      'annotation_status=some',
      'start=yesterday',
      'start=2026-02-30%2010:00',
      'start=2026-03-02%2000:00&end=2026-03-01%2000:00',
    ])('refuses %s', async (query) => {
      expect(await talks.session.send('GET', `/apps/${busy.id}/chat-conversations?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid_param' },
      })
    })
  })

  it('adds up what a conversation cost', async () => {
    const config = await talks.db
      .selectFrom('app_configs')
      .select('id')
      .where('app_id', '=', app.id)
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow()
    const endUserId = await endUserOf(talks, app, 'customer 7')
    const conversation = await insertConversation(talks, { app_id: app.id, from_end_user_id: endUserId, name: 'Sums' })
    const answered = { prompt_tokens: 100, completion_tokens: 20, total_price_nano: 1_250_000, app_config_id: config.id }
    const first = await insertMessage(talks, conversation, { ...answered, query: 'First', provider_latency_ms: 1000 })
    await insertMessage(talks, conversation, { ...answered, query: 'Second', provider_latency_ms: 2001, created_at: START + 1 })
    await insertMessage(talks, conversation, { status: 'error', error: 'Down', created_at: START + 2 })
    await app.send('POST', `/messages/${first.id}/feedbacks`, { rating: 'like', user: 'customer 7' })
    await talks.session.send('POST', `/apps/${app.id}/feedbacks`, { message_id: first.id, rating: 'dislike' })
    expect((await list('keyword=sums')).data).toEqual([
      {
        id: conversation.id,
        status: 'normal',
        name: 'Sums',
        summary: 'First',
        from_source: 'api',
        invoke_from: 'service-api',
        from_end_user_id: endUserId,
        from_end_user_session_id: 'customer 7',
        from_account_id: null,
        from_account_name: null,
        read_at: null,
        created_at: START / 1000,
        updated_at: START / 1000,
        annotated: false,
        model_config: { model: expect.objectContaining({ name: 'demo-chat' }), pre_prompt: 'Be kind.' },
        message_count: 3,
        user_feedback_stats: { like: 1, dislike: 0 },
        admin_feedback_stats: { like: 0, dislike: 1 },
        status_count: { success: 2, failed: 1, partial_success: 0, paused: 0, stopped: 0 },
        total_tokens: 240,
        total_price: '0.0025',
        currency: 'USD',
        average_latency: 1.501,
      },
    ])
  })

  it('marks a conversation as read when it is opened', async () => {
    const { id } = await insertConversation(talks, { app_id: app.id, introduction: '欢迎' })
    const readAt = async () =>
      (await talks.db.selectFrom('conversations').select('read_at').where('id', '=', id).executeTakeFirstOrThrow()).read_at
    const { status, body } = await talks.session.send('GET', `/apps/${app.id}/chat-conversations/${id}`)
    expect([status, body]).toEqual([200, expect.objectContaining({ id, introduction: '欢迎', message_count: 0, model_config: null })])
    const first = await readAt()
    expect(first).toBeGreaterThan(START)
    await talks.session.send('GET', `/apps/${app.id}/chat-conversations/${id}`)
    expect(await readAt()).toBe(first)
  })

  describe('is searched', () => {
    let found: TestApp
    beforeAll(async () => {
      found = await talks.server.createApp(talks.session, { mode: 'chat' })
      const told = async (name: string, message: object = {}, row: object = {}) =>
        insertMessage(talks, await insertConversation(talks, { app_id: found.id, name, ...row }), { query: '', answer: '', ...message })
      await told('percent', { query: 'I want 100% of it' })
      await told('thousand', { query: 'I want 1000 of it' })
      await told('underscore', { answer: 'use snake_case' })
      await told('dash', { answer: 'use snake-case' })
      await told('bang', { answer: 'wow! % _ \\' })
      await told('chinese', { query: '怎么包饺子？', answer: '先和面。' })
      await told('Apfelstrudel', {}, { from_end_user_id: await endUserOf(talks, found, 'Kunde-42') })
    })

    it.each([
      ['100%', ['percent']],
      ['100', ['percent', 'thousand']],
      ['snake_case', ['underscore']],
      ['SNAKE', ['dash', 'underscore']],
      ['! % _ \\', ['bang']],
      ['饺子', ['chinese']],
      ['先和面', ['chinese']],
      ['饺饺', []],
      ['aPFEL', ['Apfelstrudel']],
      ['kunde-42', ['Apfelstrudel']],
      ["' or 1=1 --", []],
      [' \u0000饺子 ', ['chinese']],
    ])('for %j', async (keyword, names) => {
      expect(await namesOf(`keyword=${encodeURIComponent(keyword)}`, found)).toEqual(names)
      expect((await list(`keyword=${encodeURIComponent(keyword)}`, found)).total).toBe(names.length)
    })

    it('by a period of the account’s own time zone, both minutes included', async () => {
      const dated = await talks.server.createApp(talks.session, { mode: 'chat' })
      for (const [name, createdAt, updatedAt] of [
        ['before', START - 1, START + 10 * MINUTE],
        ['first', START, START + 11 * MINUTE],
        ['last', START + 5 * MINUTE + 59_999, START + 12 * MINUTE],
        ['after', START + 6 * MINUTE, START + 13 * MINUTE],
      ] as const) {
        await insertConversation(talks, { app_id: dated.id, name, created_at: createdAt, updated_at: updatedAt })
      }
      const period = (start: string, end: string) => `start=${encodeURIComponent(start)}&end=${encodeURIComponent(end)}`
      expect((await talks.session.send('POST', '/account/timezone', { timezone: 'Asia/Shanghai' })).status).toBe(200)
      expect(await namesOf(`sort_by=created_at&${period('2026-03-01 20:00', '2026-03-01 20:05')}`, dated)).toEqual(['first', 'last'])
      expect(await namesOf(`sort_by=-updated_at&${period('2026-03-01 20:11', '2026-03-01 20:12')}`, dated)).toEqual(['first', 'last'])
      expect(await namesOf(`${period('', '2026-03-01 20:10')}`, dated)).toEqual(['before'])
      await talks.session.send('POST', '/account/timezone', { timezone: 'UTC' })
      expect(await namesOf(`sort_by=created_at&${period('2026-03-01 20:00', '2026-03-01 20:05')}`, dated)).toEqual([])
    })
  })

  it('lets trials be deleted by those who made them, and nothing else', async () => {
    const trial = (from: string) => insertConversation(talks, { app_id: app.id, invoke_from: 'debugger', from_account_id: from })
    const [mine, theirs] = [await trial(accountId), await trial(newId())]
    const traffic = await insertConversation(talks, { app_id: app.id })
    const message = await insertMessage(talks, mine)
    const path = (id: string) => `/apps/${app.id}/chat-conversations/${id}`
    for (const { id } of [theirs, traffic]) expect((await talks.session.send('DELETE', path(id))).status).toBe(404)
    expect((await talks.session.send('GET', path(theirs.id))).status).toBe(404)
    expect((await talks.session.send('GET', path(mine.id))).status).toBe(200)
    expect((await talks.session.send('DELETE', path(mine.id))).status).toBe(204)
    for (const method of ['GET', 'DELETE']) expect((await talks.session.send(method, path(mine.id))).status).toBe(404)
    expect((await talks.session.send('GET', `/apps/${app.id}/messages/${message.id}`)).status).toBe(404)
  })

  it('is closed to other workspaces and other apps', async () => {
    const stranger = await signInElsewhere(talks)
    const conversation = await insertConversation(talks, { app_id: app.id })
    const message = await insertMessage(talks, conversation)
    const other = await talks.server.createApp(talks.session, { mode: 'chat' })
    const requests = (appId: string) =>
      [
        ['GET', `/apps/${appId}/chat-conversations/${conversation.id}`, undefined],
        ['DELETE', `/apps/${appId}/chat-conversations/${conversation.id}`, undefined],
        ['GET', `/apps/${appId}/chat-messages?conversation_id=${conversation.id}`, undefined],
        ['GET', `/apps/${appId}/messages/${message.id}`, undefined],
        ['POST', `/apps/${appId}/feedbacks`, { message_id: message.id, rating: 'like' }],
      ] as const
    for (const [method, path, body] of [['GET', `/apps/${app.id}/chat-conversations`] as const, ...requests(app.id)]) {
      expect(await stranger.send(method, path, body)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    }
    for (const [method, path, body] of requests(other.id)) {
      expect(await talks.session.send(method, path, body)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    }
    expect(await talks.db.selectFrom('message_feedbacks').select('id').where('message_id', '=', message.id).execute()).toEqual([])
  })
})
