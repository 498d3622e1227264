import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../tools/fake-openai/index.ts'
import { describeOnServers } from './describe-on-servers.ts'
import { type JsonReply, sendJson } from './test-server.ts'
import { type AppWorld, createWorld, PASSWORD, readRowsOf, type WorkspaceWorld } from './world.ts'

await describeOnServers('an app that does not fit', {}, (server) => {
  let provider: FakeOpenai
  let world: WorkspaceWorld
  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'An answer' })
    await server().setup({ email: 'homemark@example.com', password: PASSWORD })
    world = await createWorld(server(), { email: 'homemark@example.com' }, provider)
  })
  afterAll(() => provider.close())

  const rows = () => readRowsOf(server().process.platform.database.db, world.tenantId)
  const asVisitor = (app: AppWorld, method: string, path: string, body?: object): Promise<JsonReply> =>
    sendJson(`${server().url}/api${path}`, method, body, { 'x-app-passport': app.passport })
  const turn = { inputs: { query: 'Hello' }, query: 'Hello', user: 'u1' }
  const model = { provider: 'openai', name: 'gpt-5.6', completion_params: {} }

  describe('by its mode', () => {
    it.each([
      ['POST', '/chat-messages', turn, 'not_chat_app'],
      ['POST', '/chat-messages/some-task/stop', { user: 'u1' }, 'not_chat_app'],
      ['GET', '/conversations?user=u1', undefined, 'not_chat_app'],
      ['GET', '/messages?conversation_id=0196f1b2-7a3c-7d00-8000-0123456789ab&user=u1', undefined, 'not_chat_app'],
    ])('is told apart at %s %s of the Service API', async (method, path, body, code) => {
      expect(await world.completion.send(method, path, body)).toMatchObject({ status: 400, body: { code } })
    })

    it('is told apart where a chat app is asked for a text', async () => {
      const replies = [
        await world.chat.send('POST', '/completion-messages', turn),
        await asVisitor(world.chat, 'POST', '/completion-messages', turn),
        await asVisitor(world.completion, 'POST', '/chat-messages', turn),
        await asVisitor(world.chat, 'GET', '/saved-messages'),
        await asVisitor(world.completion, 'GET', '/conversations'),
      ]
      expect(replies.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
        '400 app_unavailable',
        '400 not_completion_app',
        '400 not_chat_app',
        '400 not_completion_app',
        '400 not_chat_app',
      ])
    })

    it('is told apart in the editor, and nothing is written', async () => {
      const before = await rows()
      const owner = world.sessions.owner
      const body = { ...turn, model_config: { model } }
      for (const path of [`/apps/${world.completion.id}/chat-messages`, `/apps/${world.chat.id}/completion-messages`]) {
        expect(await owner.send('POST', path, body)).toMatchObject({ status: 400, body: { code: 'app_unavailable' } })
      }
      expect(await rows()).toEqual(before)
    })
  })

  describe('by its model', () => {
    const wrongModels = [
      [{ ...model, name: 'no-such-model' }, 'model_currently_not_support'],
      [{ ...model, provider: 'anthropic', name: 'claude-opus-5-5' }, 'provider_not_initialize'],
      [{ ...model, provider: 'no-such-provider' }, 'model_currently_not_support'],
    ] as const

    it.each(wrongModels)('is refused where it is tried, before anything is written: %j', async (wrong, code) => {
      const before = await rows()
      const body = { ...turn, model_config: { model: wrong } }
      const reply = await world.sessions.owner.send('POST', `/apps/${world.chat.id}/chat-messages`, body)
      expect(reply).toMatchObject({ status: 400, body: { code } })
      expect(await rows()).toEqual(before)
    })

    it.each(['openai', 'no-such-provider'])('is refused where it is published and there is none such: %s', async (provider) => {
      const before = await rows()
      const config = { model: { ...model, provider, name: 'no-such-model' } }
      const reply = await world.sessions.owner.send('POST', `/apps/${world.chat.id}/model-config`, config)
      expect(reply).toMatchObject({ status: 400, body: { code: 'model_currently_not_support' } })
      expect(await rows()).toEqual(before)
    })

    it('is told to its callers where the credentials are gone, and what they had stays', async () => {
      const { db } = server().process.platform.database
      const credentials = await db.selectFrom('provider_credentials').selectAll().where('tenant_id', '=', world.tenantId).execute()
      const { send } = world.sessions.owner
      const path = '/workspaces/current/model-providers/openai/credentials'
      expect((await send('DELETE', path, { credential_id: world.credentialId })).status).toBe(204)
      // The removal itself stands in the audit log.
      const before = await rows()
      for (const response_mode of ['blocking', 'streaming']) {
        const reply = await world.chat.send('POST', '/chat-messages', { ...turn, response_mode })
        expect(reply).toMatchObject({ status: 400, body: { code: 'provider_not_initialize' } })
        expect(await asVisitor(world.completion, 'POST', '/completion-messages', turn)).toMatchObject({ status: 400 })
      }
      expect(await rows()).toEqual(before)
      await db.insertInto('provider_credentials').values(credentials).execute()
    })
  })
})
