import { createHash } from 'node:crypto'
import { allRoutes, type RouteContract } from '@trellis/contracts'
import { newId } from '@trellis/kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../tools/fake-openai/index.ts'
import { describeOnServers } from './describe-on-servers.ts'
import { sampleRequest } from './sample-request.ts'
import { sendJson } from './test-server.ts'
import { idsOf, otherValues } from './walk-requests.ts'
import { type AppWorld, createAppWorld, createWorld, PASSWORD, readRowsOf, type WorkspaceWorld } from './world.ts'

const routesBehind = (type: RouteContract['auth']['type']): readonly RouteContract[] => allRoutes.filter(({ auth }) => auth.type === type)

await describeOnServers('what was closed', {}, (server) => {
  let provider: FakeOpenai
  let world: WorkspaceWorld
  let app: AppWorld
  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'An answer' })
    await server().setup({ email: 'homemark@example.com', password: PASSWORD })
    world = await createWorld(server(), { email: 'homemark@example.com' }, provider)
  })
  afterAll(() => provider.close())
  beforeEach(async () => {
    app = await createAppWorld(server(), world.sessions.owner, { mode: 'chat', mark: 'doormark' })
  })

  const db = () => server().process.platform.database.db
  const asOwner = (method: string, path: string, body?: object) => world.sessions.owner.send(method, path, body)

  const setStatus = (status: 'normal' | 'archive') => db().updateTable('tenants').set({ status }).where('id', '=', world.tenantId).execute()
  const whileArchived = async (look: () => Promise<void>): Promise<void> => {
    await setStatus('archive')
    await look().finally(() => setStatus('normal'))
  }

  /** What every route of a kind answers to these headers: a status with a code, once. */
  const walk = async (type: 'app-key' | 'passport', headers: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const answers = new Set<string>()
    for (const contract of routesBehind(type)) {
      const turn = type === 'app-key' ? app.service : app.web
      const { method, path, body } = sampleRequest(contract, { ...otherValues, ...idsOf(world, app, turn) })
      const reply = await sendJson(server().url + path, method, body, headers)
      expect(JSON.stringify(reply.body)).not.toContain('doormark')
      answers.add(`${reply.status} ${reply.body?.code}`)
    }
    return [...answers]
  }

  describe('to app keys', () => {
    const walkWithKey = (key = app.key): Promise<readonly string[]> => walk('app-key', { authorization: `Bearer ${key}` })

    it('opens to no deleted key', async () => {
      expect((await asOwner('DELETE', `/apps/${app.id}/api-keys/${app.keyId}`)).status).toBe(204)
      expect(await walkWithKey()).toEqual(['401 unauthorized'])
    })

    it('opens to no key of another kind', async () => {
      const key = 'dataset-0123456789abcdefghijklmn'
      const hash = createHash('sha256').update(key).digest('hex')
      const audit = { created_by: newId(), created_at: Date.now(), last_used_at: null }
      for (const [id, app_id] of [
        [newId(), null],
        [newId(), app.id],
      ] as const) {
        await db().deleteFrom('api_keys').where('token_hash', '=', hash).execute()
        const row = { id, tenant_id: world.tenantId, app_id, type: 'dataset' as const, token_hash: hash, token_masked: 'dataset-...' }
        await db()
          .insertInto('api_keys')
          .values({ ...row, ...audit })
          .execute()
        expect(await walkWithKey(key)).toEqual(['401 unauthorized'])
      }
    })

    it('opens to nobody while the Service API is off', async () => {
      await asOwner('POST', `/apps/${app.id}/api-enable`, { enable_api: false })
      const before = await readRowsOf(db(), world.tenantId)
      expect(await walkWithKey()).toEqual(['403 forbidden'])
      expect(await readRowsOf(db(), world.tenantId)).toEqual(before)
      await asOwner('POST', `/apps/${app.id}/api-enable`, { enable_api: true })
      expect((await app.send('GET', '/info')).status).toBe(200)
    })

    it('opens to no key of an app that is gone', async () => {
      expect((await asOwner('DELETE', `/apps/${app.id}`)).status).toBe(204)
      const [answer, ...others] = await walkWithKey()
      expect(answer).toBeOneOf(['401 unauthorized', '403 forbidden'])
      expect(others).toEqual([])
    })

    it('opens to nobody while the workspace is archived', async () => {
      await whileArchived(async () => expect(await walkWithKey()).toEqual(['403 forbidden']))
    })
  })

  describe('to visitors', () => {
    const walkAsVisitor = (): Promise<readonly string[]> => walk('passport', { 'x-app-code': app.code, 'x-app-passport': app.passport })
    const askForPassport = () => sendJson(`${server().url}/api/passport`, 'GET', undefined, { 'x-app-code': app.code })

    it('opens to nobody while the page is off', async () => {
      await asOwner('POST', `/apps/${app.id}/site-enable`, { enable_site: false })
      const before = await readRowsOf(db(), world.tenantId)
      expect(await walkAsVisitor()).toEqual(['400 bad_request'])
      expect(await askForPassport()).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(await readRowsOf(db(), world.tenantId)).toEqual(before)
    })

    it('opens to no passport of an address that was changed', async () => {
      expect((await asOwner('POST', `/apps/${app.id}/site/access-token-reset`)).status).toBe(200)
      expect(await walkAsVisitor()).toEqual(['400 bad_request'])
      expect(await askForPassport()).toMatchObject({ status: 404, body: { code: 'not_found' } })
    })

    it('opens to no passport of an app that is gone', async () => {
      expect((await asOwner('DELETE', `/apps/${app.id}`)).status).toBe(204)
      expect(await walkAsVisitor()).toEqual(['400 bad_request'])
      expect(await askForPassport()).toMatchObject({ status: 404, body: { code: 'not_found' } })
    })

    it('opens to no visitor who is gone', async () => {
      await db().deleteFrom('end_users').where('id', '=', app.web.endUserId).execute()
      expect(await walkAsVisitor()).toEqual(['404 not_found'])
    })

    it('opens to nobody while the workspace is archived', async () => {
      await whileArchived(async () => {
        expect(await walkAsVisitor()).toEqual(['400 bad_request'])
        expect(await askForPassport()).toMatchObject({ status: 404, body: { code: 'not_found' } })
      })
    })
  })

  describe('to colleagues', () => {
    it('keeps the trials of one editor from another', async () => {
      const { conversationId, messageId } = app.debug
      const editor = world.sessions.editor
      const turn = { inputs: {}, query: 'Go on', ...otherValues, conversation_id: conversationId }
      const replies = [
        await editor.send('POST', `/apps/${app.id}/chat-messages`, turn),
        await editor.send('GET', `/apps/${app.id}/messages/${messageId}/events`),
        await editor.send('GET', `/apps/${app.id}/chat-messages/${messageId}/suggested-questions`),
        await editor.send('DELETE', `/apps/${app.id}/chat-conversations/${conversationId}`),
      ]
      for (const reply of replies) expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } })
    })
  })

  describe('to those who would stop what is not theirs', () => {
    it('goes on until its own caller stops it', async () => {
      const stranger = await createAppWorld(server(), world.sessions.owner, { mode: 'chat', mark: 'strangermark' })
      provider.setDefaults({ text: undefined, tokens: 100_000, rate: 20 })
      const response = await app.fetch('POST', '/chat-messages', { inputs: {}, query: 'Long', user: 'u1', response_mode: 'streaming' })
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      const first = (await reader?.read())?.value ?? ''
      const { task_id: task } = JSON.parse(first.slice(first.indexOf('{'), first.indexOf('}\n') + 1))
      const statusOf = async () => (await db().selectFrom('runs').selectAll().where('task_id', '=', task).executeTakeFirstOrThrow()).status
      const web = (path: string, passport: string) =>
        sendJson(`${server().url}/api${path}`, 'POST', undefined, { 'x-app-passport': passport })
      const stop = `/chat-messages/${task}/stop`
      const attempts = [
        await stranger.send('POST', stop, { user: 'u1' }),
        await app.send('POST', stop, { user: 'mallory' }),
        await web(stop, app.passport),
        await web(stop, stranger.passport),
        await asOwner('POST', `/apps/${app.id}${stop}`),
        await asOwner('POST', `/apps/${stranger.id}${stop}`),
      ]
      expect(attempts.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
      expect(await statusOf()).toBe('running')
      expect((await app.send('POST', stop, { user: 'u1' })).body).toEqual({ result: 'success' })
      while (!(await reader?.read())?.done);
      expect(await statusOf()).toBe('stopped')
      provider.setDefaults({ text: 'An answer', tokens: 20, rate: 0 })
    })
  })
})
