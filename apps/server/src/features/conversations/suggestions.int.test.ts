import { newId } from '@trellis/kit'
import { beforeAll, expect, it } from 'vitest'
import { describeTalks, endUserOf, insertConversation, insertMessage, visit } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'

await describeTalks('suggested questions', (talks) => {
  let app: TestApp
  let silentApp: TestApp
  beforeAll(async () => {
    app = await createApp({ enabled: true })
    silentApp = await createApp({ enabled: false })
  })
  const createApp = (settings: object): Promise<TestApp> =>
    talks.server.createApp(talks.session, { mode: 'chat', config: { suggested_questions_after_answer: settings } })
  const ask = async (of: TestApp, row: object = {}) => {
    const conversation = await insertConversation(talks, { app_id: of.id, from_end_user_id: await endUserOf(talks, of, 'asker') })
    return insertMessage(talks, conversation, { query: 'Why is the sky blue?', ...row })
  }

  it('are about what was asked, in its language', async () => {
    const { id } = await ask(app)
    const { status, body } = await app.send('GET', `/messages/${id}/suggested?user=asker`)
    expect(status).toBe(200)
    expect(body).toEqual({ result: 'success', data: [expect.stringMatching(/sky/i), expect.any(String), expect.any(String)] })
    const chinese = await ask(app, { query: '天空为什么是蓝色的？', answer: '因为瑞利散射。' })
    expect((await app.send('GET', `/messages/${chinese.id}/suggested?user=asker`)).body.data[0]).toMatch(/\p{Script=Han}/u)
  })

  it('are of the message, not of what came later', async () => {
    const message = await ask(app)
    const conversation = await talks.db
      .selectFrom('conversations')
      .selectAll()
      .where('id', '=', message.conversation_id)
      .executeTakeFirstOrThrow()
    const later = { query: 'What do cats eat?', created_at: message.created_at + 1, parent_message_id: message.id }
    const newer = await insertMessage(talks, conversation, later)
    const questions = async (id: string): Promise<string> =>
      (await app.send('GET', `/messages/${id}/suggested?user=asker`)).body.data.join(' ')
    expect(await questions(message.id)).toMatch(/sky/i)
    expect(await questions(message.id)).not.toMatch(/cats/i)
    expect(await questions(newer.id)).toMatch(/cats/i)
  })

  it('are refused where the app has none, by each surface in its way', async () => {
    const { id } = await ask(silentApp)
    expect(await silentApp.send('GET', `/messages/${id}/suggested?user=asker`)).toMatchObject({
      status: 400,
      body: { code: 'bad_request' },
    })
    const visitor = await visit(talks, silentApp)
    const own = await insertConversation(talks, { app_id: silentApp.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' })
    const message = await insertMessage(talks, own)
    expect(await visitor.send('GET', `/messages/${message.id}/suggested-questions`)).toMatchObject({
      status: 403,
      body: { code: 'app_suggested_questions_after_answer_disabled' },
    })
  })

  it('are given to a page’s visitor', async () => {
    const visitor = await visit(talks, app)
    const own = await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' })
    const message = await insertMessage(talks, own)
    expect((await visitor.send('GET', `/messages/${message.id}/suggested-questions`)).body.data).toHaveLength(3)
  })

  it('are for messages of one’s own', async () => {
    const { id } = await ask(app)
    for (const [caller, messageId, user] of [
      [app, id, 'other'],
      [app, newId(), 'asker'],
      [silentApp, id, 'asker'],
    ] as const) {
      expect((await caller.send('GET', `/messages/${messageId}/suggested?user=${user}`)).status).toBe(404)
    }
    expect(await app.send('GET', `/messages/${id}/suggested`)).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
    const visitor = await visit(talks, app)
    expect((await visitor.send('GET', `/messages/${id}/suggested-questions`)).status).toBe(404)
  })

  it('come from the model that the app names, and not at all where that cannot be called', async () => {
    const chosen = await createApp({
      enabled: true,
      model: { provider: 'demo', name: 'demo-chat', completion_params: { max_tokens: 999_999 } },
    })
    const failing = await createApp({ enabled: true, model: { provider: 'openai', name: 'gpt-4o' } })
    const questionsOf = async (of: TestApp) => (await of.send('GET', `/messages/${(await ask(of)).id}/suggested?user=asker`)).body
    expect((await questionsOf(chosen)).data).toHaveLength(3)
    expect(await questionsOf(failing)).toEqual({ result: 'success', data: [] })
  })

  it('are tried in the editor by its draft, for trials of one’s own', async () => {
    const { id: accountId } = (await talks.session.send('GET', '/account/profile')).body
    const trial = async (accountOf: string) =>
      insertMessage(talks, await insertConversation(talks, { app_id: silentApp.id, from_account_id: accountOf, invoke_from: 'debugger' }))
    const mine = await trial(accountId)
    const path = (id: string, appId = silentApp.id) => `/apps/${appId}/chat-messages/${id}/suggested-questions`
    expect(await talks.session.send('GET', path(mine.id))).toMatchObject({
      status: 403,
      body: { code: 'app_suggested_questions_after_answer_disabled' },
    })
    const { model_config: config, hash } = (await talks.session.send('GET', `/apps/${silentApp.id}/draft-config`)).body
    const draft = { model_config: { ...config, suggested_questions_after_answer: { enabled: true } }, hash }
    expect((await talks.session.send('PUT', `/apps/${silentApp.id}/draft-config`, draft)).status).toBe(200)
    expect((await talks.session.send('GET', path(mine.id))).body.data).toHaveLength(3)
    expect((await talks.session.send('GET', path((await trial(newId())).id))).status).toBe(404)
    expect((await talks.session.send('GET', path(mine.id, newId()))).body.code).toBe('app_not_found')
  })
})
