import type { ConversationsTable } from '@trellis/db'
import { newId } from '@trellis/kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeTalks, endUserOf, insertConversation, insertMessage, visit, type WebVisitor, walk } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'

interface Listed {
  readonly id: string
  readonly query: string
}

await describeTalks('messages', (talks) => {
  let app: TestApp
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat' })
  })
  const open = async (user: string): Promise<ConversationsTable> =>
    insertConversation(talks, { app_id: app.id, from_end_user_id: await endUserOf(talks, app, user) })
  const listOf = async (conversation: ConversationsTable, user: string) =>
    (await app.send('GET', `/messages?conversation_id=${conversation.id}&user=${user}`)).body.data

  it.each([1, 3, 11, 100])('come once each, newest page first and oldest first inside, %i at a time', async (limit) => {
    const user = `reader ${limit}`
    const conversation = await open(user)
    await insertMessage(talks, await open(user), { query: 'of another conversation' })
    for (let index = 0; index < 11; index++) {
      await insertMessage(talks, conversation, { query: `q${index}`, created_at: conversation.created_at + Math.floor(index / 3) })
    }
    const pages = await walk<Listed>(
      limit,
      (first) => app.send('GET', `/messages?conversation_id=${conversation.id}&user=${user}&limit=${limit}&first_id=${first?.id ?? ''}`),
      (page) => page[0],
    )
    const all = pages.toReversed().flat()
    // Ids made one after the other are in order, so rows of one time are as well.
    expect(all.map(({ query }) => query)).toEqual(Array.from({ length: 11 }, (_, index) => `q${index}`))
  })

  it('before one that the conversation does not have are not found', async () => {
    const conversation = await open('reader')
    const elsewhere = await insertMessage(talks, await open('reader'))
    for (const firstId of [newId(), elsewhere.id]) {
      const path = `/messages?conversation_id=${conversation.id}&user=reader&first_id=${firstId}`
      expect(await app.send('GET', path)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    }
    expect((await app.send('GET', '/messages?user=reader')).status).toBe(400)
  })

  it('tell what was said, why there is no more, and what was attached', async () => {
    const conversation = await open('teller')
    const message = await insertMessage(talks, conversation, {
      query: '你好',
      answer: 'Half an ans',
      inputs: '{"city":"Köln"}',
      status: 'error',
      error_code: 'run_interrupted',
      error: 'The run was interrupted.',
    })
    const [uploadId, fileId] = [newId(), newId()]
    const file = { tenant_id: talks.tenantId, app_id: app.id, message_id: message.id, belongs_to: 'user', created_at: 0 } as const
    await talks.db
      .insertInto('upload_files')
      .values({
        id: uploadId,
        tenant_id: talks.tenantId,
        storage_key: 'key',
        name: '图.png',
        size: 7,
        extension: 'png',
        mime_type: 'image/png',
        created_by_role: 'end_user',
        created_by: newId(),
        source_url: '',
        created_at: 0,
      })
      .execute()
    await talks.db
      .insertInto('message_files')
      .values([
        { ...file, id: fileId, type: 'image', transfer_method: 'local_file', url: null, upload_file_id: uploadId, position: 0 },
        {
          ...file,
          id: newId(),
          type: 'document',
          transfer_method: 'remote_url',
          url: 'https://a.test/x/y.pdf?z',
          upload_file_id: null,
          position: 1,
        },
      ])
      .execute()
    expect(await listOf(conversation, 'teller')).toEqual([
      expect.objectContaining({
        id: message.id,
        conversation_id: conversation.id,
        parent_message_id: null,
        inputs: { city: 'Köln' },
        query: '你好',
        answer: 'Half an ans',
        feedback: null,
        retriever_resources: [],
        agent_thoughts: [],
        extra_contents: [],
        created_at: conversation.created_at / 1000,
        status: 'error',
        error: 'The run was interrupted.',
        message_files: [
          {
            id: fileId,
            filename: '图.png',
            type: 'image',
            url: expect.stringMatching(`/files/${uploadId}/file-preview\\?timestamp=\\d+&nonce=\\w+&sign=`),
            mime_type: 'image/png',
            size: 7,
            transfer_method: 'local_file',
            belongs_to: 'user',
            upload_file_id: uploadId,
          },
          expect.objectContaining({ filename: 'y.pdf', url: 'https://a.test/x/y.pdf?z', size: null, upload_file_id: null }),
        ],
      }),
    ])
  })

  it('tell a page’s visitor that an answer was stopped, and the Service API nothing that it does not know', async () => {
    const visitor = await visit(talks, app)
    const conversation = await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' })
    await insertMessage(talks, conversation, { is_stopped: 1 })
    const { body } = await visitor.send('GET', `/messages?conversation_id=${conversation.id}`)
    expect(body.data).toMatchObject([{ is_stopped: true, status: 'normal' }])
    const asked = await open('stopper')
    await insertMessage(talks, asked, { is_stopped: 1 })
    expect((await listOf(asked, 'stopper'))[0]).not.toHaveProperty('is_stopped')
  })

  it('tell a page’s visitor nothing of usage', async () => {
    const visitor = await visit(talks, app)
    const conversation = await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' })
    await insertMessage(talks, conversation, { metadata: '{"usage":{"totalPriceNano":5}}' })
    const { body } = await visitor.send('GET', `/messages?conversation_id=${conversation.id}`)
    expect(body.data[0].metadata).toEqual({ retriever_resources: [], reasoning: {} })
  })

  it('are written again with the files that came with the first', async () => {
    const config = {
      model: { provider: 'demo', name: 'demo-chat', completion_params: {} },
      more_like_this: { enabled: true },
      file_upload: { enabled: true, allowed_file_types: ['document'], number_limits: 1 },
    }
    const visitor = await visit(talks, await talks.server.createApp(talks.session, { mode: 'completion', config }))
    const file = { type: 'document', transfer_method: 'remote_url', url: 'https://a.test/x/y.pdf' }
    const first = await visitor.send('POST', '/completion-messages', { inputs: { query: 'What is this?' }, files: [file] })
    const again = await visitor.send('GET', `/messages/${first.body.message_id}/more-like-this?response_mode=blocking`)
    expect(again.status).toBe(200)
    const kept = await talks.db.selectFrom('message_files').selectAll().where('message_id', '=', again.body.message_id).execute()
    expect(kept).toEqual([expect.objectContaining({ ...file, belongs_to: 'user' })])
  })

  it('tell a page’s visitor that a person wrote an answer, and not who', async () => {
    const visitor = await visit(talks, app)
    const conversation = await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' })
    await insertMessage(talks, conversation, { metadata: '{"annotation_reply":{"id":"x","account":{"id":"y","name":"Somebody"}}}' })
    const { body } = await visitor.send('GET', `/messages?conversation_id=${conversation.id}`)
    expect(body.data).toMatchObject([{ is_annotation: true }])
    expect(JSON.stringify(body)).not.toContain('Somebody')
  })

  it('tell a page’s visitor whether they said why, and /v1 nothing of it', async () => {
    const visitor = await visit(talks, app)
    const conversation = await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' })
    const { id } = await insertMessage(talks, conversation)
    const told = async () => (await visitor.send('GET', `/messages?conversation_id=${conversation.id}`)).body.data[0]
    const tellings = [await told()]
    for (const body of [{ rating: 'dislike' }, { rating: 'dislike', content: 'Too short' }, { rating: null }]) {
      await visitor.send('POST', `/messages/${id}/feedbacks`, body)
      tellings.push(await told())
    }
    expect(tellings.map(({ feedback, has_rating_reason }) => [feedback, has_rating_reason])).toEqual([
      [null, false],
      [{ rating: 'dislike' }, false],
      [{ rating: 'dislike' }, true],
      [null, false],
    ])
    const asked = await open('reasoner')
    await insertMessage(talks, asked)
    expect((await listOf(asked, 'reasoner'))[0]).not.toHaveProperty('has_rating_reason')
  })

  describe('ratings', () => {
    const rate = (messageId: string, body: object) => app.send('POST', `/messages/${messageId}/feedbacks`, { user: 'rater', ...body })
    const rowsOf = (messageId: string) => talks.db.selectFrom('message_feedbacks').selectAll().where('message_id', '=', messageId).execute()

    it('are one a user: given, changed, taken back', async () => {
      const conversation = await open('rater')
      const { id } = await insertMessage(talks, conversation)
      const feedback = async () => (await listOf(conversation, 'rater'))[0].feedback
      expect(await rate(id, { rating: 'like', content: '很好\u0000' })).toMatchObject({ status: 200, body: { result: 'success' } })
      expect(await feedback()).toEqual({ rating: 'like' })
      expect(await rowsOf(id)).toMatchObject([{ rating: 'like', content: '很好', from_source: 'user' }])
      await rate(id, { rating: 'dislike' })
      expect(await rowsOf(id)).toMatchObject([{ rating: 'dislike', content: null }])
      for (const _ of ['once', 'twice']) expect((await rate(id, { rating: null })).status).toBe(200)
      expect([await feedback(), await rowsOf(id)]).toEqual([null, []])
    })

    it('are one also where they come at once', async () => {
      const { id } = await insertMessage(talks, await open('rater'))
      const replies = await Promise.all(['like', 'dislike', 'like', 'dislike'].map((rating) => rate(id, { rating })))
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect(await rowsOf(id)).toHaveLength(1)
    })

    it('are refused to others, and in other words', async () => {
      const conversation = await open('rater')
      const { id } = await insertMessage(talks, conversation)
      expect(await rate(id, { rating: 'like', user: 'other' })).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(await rate(newId(), { rating: 'like' })).toMatchObject({ status: 404 })
      const other = await talks.server.createApp(talks.session, { mode: 'chat' })
      expect((await other.send('POST', `/messages/${id}/feedbacks`, { rating: 'like', user: 'rater' })).status).toBe(404)
      for (const body of [{ rating: 'meh' }, { rating: 'like', user: '' }, { rating: 5 }]) {
        expect(await rate(id, body)).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
      }
      await app.send('DELETE', `/conversations/${conversation.id}`, { user: 'rater' })
      expect((await rate(id, { rating: 'like' })).status).toBe(404)
      expect(await rowsOf(id)).toEqual([])
    })

    it('are listed for the app, newest first', async () => {
      const rated = await talks.server.createApp(talks.session, { mode: 'completion' })
      const endUserId = await endUserOf(talks, rated, 'rater')
      const conversation = await insertConversation(talks, { app_id: rated.id, mode: 'completion', from_end_user_id: endUserId })
      const messages = [await insertMessage(talks, conversation), await insertMessage(talks, conversation)]
      for (const { id } of messages) await rated.send('POST', `/messages/${id}/feedbacks`, { rating: 'like', user: 'rater' })
      const [newest] = (await rated.send('GET', '/app/feedbacks?limit=1')).body.data
      expect(newest).toEqual({
        id: expect.any(String),
        app_id: rated.id,
        conversation_id: conversation.id,
        message_id: messages[1]?.id,
        rating: 'like',
        content: null,
        from_source: 'user',
        from_end_user_id: endUserId,
        from_account_id: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      })
      const [older] = (await rated.send('GET', '/app/feedbacks?limit=1&page=2')).body.data
      expect(older.message_id).toBe(messages[0]?.id)
      expect((await rated.send('GET', '/app/feedbacks?limit=102')).status).toBe(400)
    })
  })

  describe('kept by visitors', () => {
    let writer: TestApp
    beforeAll(async () => {
      writer = await talks.server.createApp(talks.session, { mode: 'completion' })
    })
    const write = async (visitor: WebVisitor, createdAt = 0) => {
      const conversation = await insertConversation(talks, {
        app_id: writer.id,
        mode: 'completion',
        from_end_user_id: visitor.endUserId,
        invoke_from: 'web-app',
      })
      return insertMessage(talks, conversation, { created_at: createdAt })
    }

    it('come once each, newest first', async () => {
      const visitor = await visit(talks, writer)
      const ids: string[] = []
      for (let index = 0; index < 5; index++) {
        const { id } = await write(visitor, 1000 * Math.floor(index / 2))
        ids.unshift(id)
        for (const _ of ['once', 'twice']) {
          expect(await visitor.send('POST', '/saved-messages', { message_id: id })).toMatchObject({
            status: 200,
            body: { result: 'success' },
          })
        }
      }
      const pages = await walk<Listed>(
        2,
        (last) => visitor.send('GET', `/saved-messages?limit=2&last_id=${last?.id ?? ''}`),
        (page) => page.at(-1),
      )
      expect(pages.flat().map(({ id }) => id)).toEqual(ids)
      expect(pages[0]?.[0]).toEqual({
        id: ids[0],
        inputs: {},
        query: 'How are you?',
        answer: 'Well.',
        message_files: [],
        feedback: null,
        created_at: 2,
      })
    })

    it('are forgotten, and those of others out of reach', async () => {
      const [visitor, other] = [await visit(talks, writer), await visit(talks, writer)]
      const { id } = await write(visitor)
      await visitor.send('POST', '/saved-messages', { message_id: id })
      expect((await other.send('POST', '/saved-messages', { message_id: id })).status).toBe(404)
      expect((await other.send('GET', `/saved-messages?last_id=${id}`)).status).toBe(404)
      expect((await other.send('DELETE', `/saved-messages/${id}`)).status).toBe(204)
      expect((await visitor.send('GET', '/saved-messages')).body.data).toHaveLength(1)
      for (const _ of ['once', 'twice']) expect((await visitor.send('DELETE', `/saved-messages/${id}`)).status).toBe(204)
      expect((await visitor.send('GET', '/saved-messages')).body.data).toEqual([])
    })

    it('are texts, not talks', async () => {
      const visitor = await visit(talks, app)
      expect(await visitor.send('GET', '/saved-messages')).toMatchObject({ status: 400, body: { code: 'not_completion_app' } })
      const reader = await visit(talks, writer)
      expect(await reader.send('GET', '/conversations')).toMatchObject({ status: 400, body: { code: 'not_chat_app' } })
    })
  })
})
