import { systemClock } from '@trellis/spec'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { describeTalks, endUserOf, insertConversation, insertMessage, visit } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'
import { initialName } from '../turns/index.ts'
import { createConversationService } from './conversations.service.ts'

await describeTalks('names of conversations', (talks) => {
  let app: TestApp
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat' })
  })
  const open = async (query: string, name = initialName(query)) => {
    const conversation = await insertConversation(talks, { app_id: app.id, from_end_user_id: await endUserOf(talks, app, 'namer'), name })
    await insertMessage(talks, conversation, { query })
    await insertMessage(talks, conversation, { query: 'And now something else', created_at: conversation.created_at + 1 })
    return conversation.id
  }
  const nameOf = async (id: string): Promise<string> =>
    (await talks.db.selectFrom('conversations').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name

  describe('made in the background', () => {
    const runJob = async (conversationId: string): Promise<void> => {
      const [job] = talks.server.process.features.conversations.jobs
      await job?.handler({ payload: { tenantId: talks.tenantId, conversationId }, attempt: 1, signal: new AbortController().signal })
    }

    it.each([
      ['Can you tell me how a bicycle stays upright?', /bicycle/i],
      ['请问怎么在家里包一顿好吃的猪肉白菜饺子？我是北方人', /饺子|包/],
    ])('are of the first message: %s', async (query, name) => {
      const id = await open(query)
      await runJob(id)
      expect(await nameOf(id)).toMatch(name)
      expect(await nameOf(id)).not.toBe(initialName(query))
      const named = await nameOf(id)
      await runJob(id)
      expect(await nameOf(id)).toBe(named)
    })

    it('do not replace what the user called it', async () => {
      const id = await open('How does a bicycle stay upright?', 'Bikes')
      await runJob(id)
      expect(await nameOf(id)).toBe('Bikes')
    })

    it('need a conversation of this workspace, with words in it', async () => {
      const silent = await open('')
      await runJob(silent)
      expect(await nameOf(silent)).toBe('New conversation')
      const [job] = talks.server.process.features.conversations.jobs
      const id = await open('How does a bicycle stay upright?')
      await job?.handler({ payload: { tenantId: silent, conversationId: id }, attempt: 1, signal: new AbortController().signal })
      expect(await nameOf(id)).toBe('How does a bicycle s…')
    })

    it('come after the first answer over the Service API, unless it says otherwise', async () => {
      const ask = async (more: object) => {
        const question = { inputs: {}, user: 'namer', query: 'Please explain to me why the sky is blue in the daytime', ...more }
        return (await app.send('POST', '/chat-messages', question)).body.conversation_id
      }
      const [plain, named] = [await ask({ auto_generate_name: false }), await ask({})]
      await vi.waitFor(async () => expect(await nameOf(named)).not.toBe('Please explain to me…'), { timeout: 20_000, interval: 100 })
      expect(await nameOf(named)).toMatch(/sky/i)
      expect(await nameOf(plain)).toBe('Please explain to me…')
    })
  })

  it('are made at once where they are asked for, whatever it was called', async () => {
    const id = await open('Can you tell me how a bicycle stays upright?', 'Old name')
    const { status, body } = await app.send('POST', `/conversations/${id}/name`, { user: 'namer', auto_generate: true })
    expect(status).toBe(200)
    expect(body.name).toMatch(/bicycle/i)
    const visitor = await visit(talks, app)
    const own = await insertConversation(talks, { app_id: app.id, from_end_user_id: visitor.endUserId, invoke_from: 'web-app' })
    await insertMessage(talks, own, { query: 'Can you tell me how a bicycle stays upright?' })
    expect((await visitor.send('POST', `/conversations/${own.id}/name`, { auto_generate: true })).body.name).toBe(body.name)
  })

  it('do not replace what the user called it while the model was thinking', async () => {
    const id = await open('Can you tell me how a bicycle stays upright?')
    const talker = {
      tenantId: talks.tenantId,
      appId: app.id,
      endUserId: await endUserOf(talks, app, 'namer'),
      accountId: null,
      apiKeyId: null,
    }
    const makeName = async (): Promise<string> => {
      await app.send('POST', `/conversations/${id}/name`, { user: 'namer', name: 'Bikes' })
      return 'On bicycles'
    }
    const naming = { jobs: [], request: async () => undefined, makeName }
    const service = createConversationService({ db: talks.db, clock: systemClock, naming })
    expect((await service.renameByModel(talker, id)).name).toBe('Bikes')
    expect(await nameOf(id)).toBe('Bikes')
  })

  it('are the message itself where there is no model', async () => {
    await talks.session.send('PATCH', '/workspaces/current/model-providers/demo/models/disable', { model: 'demo-chat', model_type: 'llm' })
    const id = await open('Can you tell me how a bicycle stays upright while nobody rides it?')
    const { body } = await app.send('POST', `/conversations/${id}/name`, { user: 'namer', auto_generate: true })
    expect(body.name).toBe('Can you tell me how a bicycle stays upright whi...')
    await talks.session.send('PATCH', '/workspaces/current/model-providers/demo/models/enable', { model: 'demo-chat', model_type: 'llm' })
  })
})
