import { toJsonText } from '@trellis/db'
import { newId } from '@trellis/kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeTalks, insertConversation, insertMessage, visit, walk } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'

const START = Date.parse('2026-03-01T12:00:00Z')

await describeTalks('the log', (talks) => {
  let app: TestApp
  let writer: TestApp
  let accountId: string
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat', config: { pre_prompt: 'Be kind.' } })
    writer = await talks.server.createApp(talks.session, { mode: 'completion' })
    accountId = (await talks.session.send('GET', '/account/profile')).body.id
  })

  describe('of messages', () => {
    it('shows a turn as it was sent, with tokens, latency and cost', async () => {
      const { body: sent } = await app.send('POST', '/chat-messages', { inputs: {}, query: '你好', user: 'logged' })
      const { body } = await talks.session.send('GET', `/apps/${app.id}/messages/${sent.message_id}`)
      expect(body).toMatchObject({
        id: sent.message_id,
        conversation_id: sent.conversation_id,
        query: '你好',
        answer: sent.answer,
        message: [
          { role: 'system', text: 'Be kind.' },
          { role: 'user', text: '你好' },
        ],
        message_tokens: sent.metadata.usage.prompt_tokens,
        answer_tokens: sent.metadata.usage.completion_tokens,
        from_source: 'api',
        from_account_id: null,
        feedbacks: [],
        workflow_run_id: null,
        annotation: null,
        metadata: { usage: sent.metadata.usage },
        status: 'normal',
        error: null,
        is_stopped: false,
      })
      expect(body.provider_response_latency).toBeGreaterThan(0)
      expect((await talks.session.send('GET', `/apps/${app.id}/runs/${body.run_id}`)).status).toBe(200)
      const { body: page } = await talks.session.send('GET', `/apps/${app.id}/chat-messages?conversation_id=${sent.conversation_id}`)
      expect(page).toEqual({ limit: 20, has_more: false, data: [body] })
    })

    it('tells an answer that was stopped from a whole one', async () => {
      const conversation = await insertConversation(talks, { app_id: app.id })
      const { id } = await insertMessage(talks, conversation, { is_stopped: 1 })
      const { body } = await talks.session.send('GET', `/apps/${app.id}/chat-messages?conversation_id=${conversation.id}`)
      expect(body.data).toMatchObject([{ id, is_stopped: true, status: 'normal' }])
      const { body: listed } = await talks.session.send('GET', `/apps/${app.id}/chat-conversations?limit=100`)
      expect(listed.data.find((item: { readonly id: string }) => item.id === conversation.id)).toMatchObject({
        status_count: { success: 0, failed: 0, paused: 0, stopped: 1 },
      })
    })

    it('walks a conversation backwards', async () => {
      const conversation = await insertConversation(talks, { app_id: app.id })
      for (let index = 0; index < 5; index++)
        await insertMessage(talks, conversation, { query: `q${index}`, created_at: START + (index >> 1) })
      const path = `/apps/${app.id}/chat-messages?conversation_id=${conversation.id}`
      const pages = await walk<{ readonly id: string; readonly query: string }>(
        2,
        (first) => talks.session.send('GET', `${path}&limit=2&first_id=${first?.id ?? ''}`),
        (page) => page[0],
      )
      expect(
        pages
          .toReversed()
          .flat()
          .map(({ query }) => query),
      ).toEqual(['q0', 'q1', 'q2', 'q3', 'q4'])
      expect((await talks.session.send('GET', `${path}&first_id=${newId()}`)).status).toBe(404)
    })

    it('tells what failed without usage', async () => {
      const message = await insertMessage(talks, await insertConversation(talks, { app_id: app.id }), {
        status: 'error',
        error: 'The provider is down.',
        answer: 'Half',
      })
      const { body } = await talks.session.send('GET', `/apps/${app.id}/messages/${message.id}`)
      expect(body).toMatchObject({ status: 'error', error: 'The provider is down.', answer: 'Half', metadata: { usage: null } })
    })

    it('takes one rating of those who run the app', async () => {
      const { id } = await insertMessage(talks, await insertConversation(talks, { app_id: app.id }))
      const rate = (body: object) => talks.session.send('POST', `/apps/${app.id}/feedbacks`, { message_id: id, ...body })
      const feedbacks = async () => (await talks.session.send('GET', `/apps/${app.id}/messages/${id}`)).body.feedbacks
      expect(await rate({ rating: 'like' })).toMatchObject({ status: 200, body: { result: 'success' } })
      await rate({ rating: 'dislike', content: '不对' })
      expect(await feedbacks()).toEqual([
        {
          rating: 'dislike',
          content: '不对',
          from_source: 'admin',
          from_end_user_id: null,
          from_account: { id: accountId, name: 'Ann', email: 'ann@example.com' },
        },
      ])
      await rate({ rating: null })
      expect(await feedbacks()).toEqual([])
    })
  })

  describe('of texts', () => {
    it('shows what was put in and what came out', async () => {
      const visitor = await visit(talks, writer)
      const conversation = await insertConversation(talks, {
        app_id: writer.id,
        mode: 'completion',
        invoke_from: 'web-app',
        from_end_user_id: visitor.endUserId,
      })
      const prompt = [{ role: 'user', text: 'Write about 茶', files: [] }]
      const message = await insertMessage(talks, conversation, {
        inputs: '{"topic":"茶"}',
        query: '',
        answer: '茶是…',
        prompt: toJsonText(prompt),
        prompt_tokens: 3,
        completion_tokens: 4,
      })
      const { body } = await talks.session.send('GET', `/apps/${writer.id}/completion-conversations?keyword=茶`)
      expect(body).toMatchObject({ total: 1, has_more: false })
      expect(body.data[0]).toMatchObject({
        id: conversation.id,
        from_source: 'api',
        total_tokens: 7,
        annotation: null,
        message: { inputs: { topic: '茶' }, query: '', message: prompt, answer: '茶是…' },
      })
      const detail = await talks.session.send('GET', `/apps/${writer.id}/completion-conversations/${conversation.id}`)
      expect(detail.body).toMatchObject({ id: conversation.id, message: { id: message.id, message: prompt, answer_tokens: 4 } })
    })

    it('keeps the two kinds of apps apart', async () => {
      expect((await talks.session.send('GET', `/apps/${writer.id}/chat-conversations`)).body.code).toBe('app_not_found')
      expect((await talks.session.send('GET', `/apps/${app.id}/completion-conversations`)).body.code).toBe('app_not_found')
    })
  })
})
