import type { ConversationsTable, MessagesTable } from '@trellis/db'
import { newId } from '@trellis/kit'
import Papa from 'papaparse'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeTalks, endUserOf, insertConversation, insertMessage, signInElsewhere } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'

await describeTalks('the log', (talks) => {
  let app: TestApp
  const told = async (
    name: string,
    { row = {}, turns = [{}] }: { row?: Partial<ConversationsTable>; turns?: Partial<MessagesTable>[] },
  ) => {
    const conversation = await insertConversation(talks, { app_id: app.id, name, ...row })
    const messages: MessagesTable[] = []
    for (const turn of turns) messages.push(await insertMessage(talks, conversation, turn))
    return messages
  }
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat' })
    const guest = { from_end_user_id: await endUserOf(talks, app, 'guest_1') }
    const [liked] = await told('good', { row: guest })
    await app.send('POST', `/messages/${liked?.id}/feedbacks`, { rating: 'like', user: 'guest_1' })
    const [disliked] = await told('bad', { row: guest, turns: [{ query: '=1+1' }] })
    await app.send('POST', `/messages/${disliked?.id}/feedbacks`, { rating: 'dislike', content: '+wrong', user: 'guest_1' })
    const { id } = (await talks.session.send('GET', '/account/profile')).body
    await told('failed', { row: { invoke_from: 'explore', from_account_id: id }, turns: [{}, { status: 'error', error: 'Down' }] })
    await told('stopped', { row: { from_end_user_id: await endUserOf(talks, app, 'guestX1') }, turns: [{ is_stopped: 1 }] })
    await told('paused', { turns: [{ status: 'paused' }] })
    await told('silent', { turns: [] })
    await insertConversation(talks, { app_id: app.id, name: 'trial', invoke_from: 'debugger', from_account_id: id })
  })

  const named = async (query: string): Promise<string[]> => {
    const { body } = await talks.session.send('GET', `/apps/${app.id}/chat-conversations?${query}`)
    const names = body.data.map(({ name }: { readonly name: string }) => name).toSorted()
    expect(body.total).toBe(names.length)
    return names
  }

  it.each([
    ['user=GUEST_1', ['bad', 'good']],
    ['user=guest', ['bad', 'good', 'stopped']],
    ['user=nobody', []],
    ['feedback=liked', ['good']],
    ['feedback=disliked', ['bad']],
    ['feedback=commented', ['bad']],
    ['status=failed', ['failed']],
    ['status=stopped', ['stopped']],
    ['status=paused', ['paused']],
    ['status=succeeded', ['bad', 'good', 'silent']],
    ['status=succeeded&feedback=liked&user=guest&keyword=well', ['good']],
    ['feedback=all&status=all', ['bad', 'failed', 'good', 'paused', 'silent', 'stopped']],
  ])('is filtered by %s', async (query, names) => {
    expect(await named(query)).toEqual(names)
  })

  it('finds those who are signed in by their names', async () => {
    const { name } = (await talks.session.send('GET', '/account/profile')).body
    expect(await named(`user=${encodeURIComponent(name)}`)).toEqual(['failed'])
  })

  it('calls visitors of a page for members by the names of their accounts, and finds them by these', async () => {
    const { id, name } = (await talks.session.send('GET', '/account/profile')).body
    const { endUsers } = talks.server.process.features
    const [page, elsewhere] = [
      await talks.server.createApp(talks.session, { mode: 'chat' }),
      await talks.server.createApp(talks.session, { mode: 'chat' }),
    ]
    const member = await endUsers.findOrCreateVisitor({ tenantId: talks.tenantId, appId: page.id }, `member:${id}`)
    await insertConversation(talks, { app_id: page.id, invoke_from: 'web-app', from_end_user_id: member.id })
    // A program that names its user so is not taken for one.
    await insertConversation(talks, { app_id: elsewhere.id, from_end_user_id: await endUserOf(talks, elsewhere, `member:${id}`) })
    const listed = async ({ id }: TestApp, query = '') => (await talks.session.send('GET', `/apps/${id}/chat-conversations${query}`)).body
    expect((await listed(page)).data).toMatchObject([{ from_account_name: name, from_end_user_session_id: `member:${id}` }])
    expect((await listed(page, `?user=${encodeURIComponent(name.toUpperCase())}`)).total).toBe(1)
    expect((await listed(elsewhere)).data).toMatchObject([{ from_account_name: null, from_end_user_session_id: `member:${id}` }])
    expect((await listed(elsewhere, `?user=${encodeURIComponent(name)}`)).total).toBe(0)
  })

  it('calls nobody by the name of an account whom a program calls as a page calls a member', async () => {
    const { id, name } = (await talks.session.send('GET', '/account/profile')).body
    const both = await talks.server.createApp(talks.session, { mode: 'chat' })
    const owner = { tenantId: talks.tenantId, appId: both.id }
    const { endUsers } = talks.server.process.features
    const member = await endUsers.findOrCreateVisitor(owner, `member:${id}`)
    const called = await endUserOf(talks, both, `member:${id}`)
    expect(called).not.toBe(member.id)
    expect(await endUserOf(talks, both, `member:${id}`)).toBe(called)
    expect(await endUsers.findOrCreateVisitor(owner, `member:${id}`)).toMatchObject({ id: member.id, type: 'browser' })
    await insertConversation(talks, { app_id: both.id, from_end_user_id: called })
    // Kept from when programs were given the member's own.
    await insertConversation(talks, { app_id: both.id, from_end_user_id: member.id })
    const listed = async (query = '') => (await talks.session.send('GET', `/apps/${both.id}/chat-conversations${query}`)).body
    expect((await listed()).data).toMatchObject([{ from_account_name: null }, { from_account_name: null }])
    expect((await listed(`?user=${encodeURIComponent(name)}`)).total).toBe(0)
  })

  it.each(['feedback=great', 'status=ok'])('refuses %s', async (query) => {
    expect(await talks.session.send('GET', `/apps/${app.id}/chat-conversations?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_param' },
    })
  })

  it('lists texts oldest first where that is asked for, with what failed of them', async () => {
    const writer = await talks.server.createApp(talks.session, { mode: 'completion' })
    for (const [created_at, status] of [
      [1000, 'error'],
      [2000, 'normal'],
    ] as const) {
      const conversation = await insertConversation(talks, { app_id: writer.id, mode: 'completion', created_at })
      await insertMessage(talks, conversation, { status })
    }
    const { body } = await talks.session.send('GET', `/apps/${writer.id}/completion-conversations?sort_by=created_at`)
    expect(body.data).toMatchObject([
      { created_at: 1, status_count: { success: 0, failed: 1 } },
      { created_at: 2, status_count: { success: 1, failed: 0 } },
    ])
  })

  describe('as a file', () => {
    const download = async (of: TestApp, query = '', file = 'logs') => {
      const response = await talks.session.fetch('GET', `/apps/${of.id}/${file}/export?${query}`)
      // fetch drops the mark that tells the encoding.
      const { data } = Papa.parse<Record<string, string>>(await response.text(), { header: true, skipEmptyLines: true })
      return { response, data }
    }

    it('has a line a turn, of which spreadsheets run nothing', async () => {
      const { response, data } = await download(app, 'feedback=disliked')
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="log.csv"')
      expect(data).toEqual([
        expect.objectContaining({
          conversation_name: 'bad',
          created_at: '2026-03-01T12:00:00.000Z',
          source: 'service-api',
          user: 'guest_1',
          question: "'=1+1",
          answer: 'Well.',
          status: 'succeeded',
          user_rating: 'dislike',
          user_reason: "'+wrong",
          operator_rating: '',
        }),
      ])
      expect((await download(app)).data.map((line) => line['status'])).toEqual([
        'succeeded',
        'succeeded',
        'succeeded',
        'failed',
        'stopped',
        'paused',
      ])
    })

    it('has only its headings where nothing was found', async () => {
      expect((await download(app, 'user=nobody')).data).toEqual([])
      expect((await download(app, 'annotation_status=annotated')).data).toEqual([])
    })

    it('is whole, however long', async () => {
      const busy = await talks.server.createApp(talks.session, { mode: 'chat' })
      const conversation = await insertConversation(talks, { app_id: busy.id })
      const message = await insertMessage(talks, conversation)
      const conversations = Array.from({ length: 101 }, () => ({ ...conversation, id: newId() }))
      await talks.db.insertInto('conversations').values(conversations).execute()
      const ids = Array.from({ length: 202 }, () => newId())
      const turns = ids.map((id, index) => ({ ...message, id, conversation_id: conversations[index % 101]?.id ?? '' }))
      for (let start = 0; start < turns.length; start += 50) {
        await talks.db
          .insertInto('messages')
          .values(turns.slice(start, start + 50))
          .execute()
      }
      const { data } = await download(busy)
      expect(data.map((line) => line['message_id']).toSorted()).toEqual([message.id, ...ids].toSorted())
    })

    it.each([
      ['', ['good', 'bad']],
      ['rating=dislike', ['bad']],
      ['has_comment=true', ['bad']],
      ['has_comment=false', ['good']],
      ['from_source=admin', []],
      ['end_date=2026-03-01', []],
      ['start_date=2026-03-01', ['good', 'bad']],
    ])('has ratings alone too: %s', async (query, names) => {
      const { response, data } = await download(app, query, 'feedbacks')
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="feedbacks.csv"')
      expect(data.map((line) => line['conversation_name'])).toEqual(names)
      if (names.length === 2) {
        expect(data[1]).toMatchObject({
          user_query: "'=1+1",
          ai_response: 'Well.',
          feedback_rating: 'dislike',
          feedback_comment: "'+wrong",
          feedback_source: 'user',
          message_date: '2026-03-01T12:00:00.000Z',
          from: 'guest_1',
        })
      }
    })

    it.each(['format=xlsx', 'start_date=2026-02-30', 'start_date=2026-03-02&end_date=2026-03-01', 'rating=fine'])(
      'refuses ratings with %s',
      async (query) => {
        expect(await talks.session.send('GET', `/apps/${app.id}/feedbacks/export?${query}`)).toMatchObject({
          status: 400,
          body: { code: 'invalid_param' },
        })
      },
    )

    it('is closed to other workspaces', async () => {
      const stranger = await signInElsewhere(talks)
      for (const file of ['logs', 'feedbacks']) {
        expect(await stranger.send('GET', `/apps/${app.id}/${file}/export`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
      }
    })
  })
})
