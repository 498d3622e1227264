import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession } from '../../testing/test-server.ts'
import { endOf, hook, json, lookAtTriggered, orders, post } from '../../testing/workflows/triggered-app.ts'
import { createWorkflowApp, graphOf, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

await describeOnServers('webhooks', { env: { WEBHOOK_REQUEST_BODY_MAX_SIZE: '100000' } }, (server) => {
  const { addressOf, runsOf, logsOf, untilEnded } = lookAtTriggered(server, () => session)
  let session: ConsoleSession
  let app: WorkflowApp
  let url: string
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    app = await createWorkflowApp(server(), session, orders())
    url = (await addressOf(app)).webhook_url
  })

  it('begin a run and answer as their node says', async () => {
    expect(url).toContain(`${server().url}/triggers/webhook/`)
    const reply = await post(`${url}?page=2`, '{"amount": 12.5}', json)
    expect(reply).toMatchObject({ status: 202, body: { accepted: true } })
    const [run] = await untilEnded(app, 1)
    expect(run).toMatchObject({ status: 'succeeded', triggered_from: 'webhook', from_account_id: null })
    expect(JSON.parse(run?.outputs ?? '')).toEqual({ amount: 12.5, page: 2, X_Shop: 'north' })
    expect(await logsOf(app)).toMatchObject([
      {
        details: { trigger_metadata: { type: 'trigger-webhook', node_id: 'hook' } },
        workflow_run: { triggered_from: 'webhook', status: 'succeeded' },
        created_from: 'trigger',
        created_by_role: 'end_user',
        created_by_end_user: { type: 'trigger', is_anonymous: true },
      },
    ])
  })

  it.each<readonly [what: string, status: number, call: () => ReturnType<typeof post>]>([
    ['another method', 400, () => post(url, '{}', json, 'PUT')],
    ['a missing header', 400, () => post(url, '{"amount": 1}', { 'content-type': 'application/json' })],
    ['a missing field', 400, () => post(url, '{}', json)],
    ['a broken body', 400, () => post(url, '{', json)],
    ['another content type', 400, () => post(url, 'x', { ...json, 'content-type': 'text/plain' })],
    ['a body that is too large', 413, () => post(url, JSON.stringify({ amount: 1, text: 'x'.repeat(100_000) }), json)],
    ['an unknown address', 404, () => post(`${server().url}/triggers/webhook/nobody%00`, '{}', json)],
  ])('refuse %s and begin nothing', async (_what, status, call) => {
    const before = await runsOf(app)
    expect(await call()).toMatchObject({ status, body: { error: expect.any(String), message: expect.any(String) } })
    expect(await runsOf(app)).toHaveLength(before.length)
  })

  it('refuse a body of unknown length that grows too large, while its end is still to come', async () => {
    const call = request(url, { method: 'POST', headers: json })
    call.write('x'.repeat(100_001))
    const [response]: IncomingMessage[] = await once(call, 'response')
    expect(response?.statusCode).toBe(413)
    expect(JSON.parse(response ? await text(response) : '')).toMatchObject({
      message: expect.stringContaining('WEBHOOK_REQUEST_BODY_MAX_SIZE'),
    })
    // The answer is there: whatever becomes of the rest of the call is no matter.
    call.on('error', () => undefined).destroy()
  })

  it('are closed while they or their workspace are switched off, and once they are no longer published', async () => {
    const { data } = (await session.send('GET', `/apps/${app.id}/triggers`)).body
    const enable = (enable_trigger: boolean) =>
      session.send('POST', `/apps/${app.id}/trigger-enable`, { trigger_id: data[0].id, enable_trigger })
    await enable(false)
    expect(await post(url, '{"amount": 1}', json)).toMatchObject({ status: 404, body: { error: 'Not Found' } })
    await enable(true)
    expect((await post(url, '{"amount": 1}', json)).status).toBe(202)
    const { db } = server().process.platform.database
    await db.updateTable('tenants').set({ status: 'archive' }).execute()
    expect((await post(url, '{"amount": 1}', json)).status).toBe(404)
    await db.updateTable('tenants').set({ status: 'normal' }).execute()
    await app.publish(graphOf({ start: { type: 'start', variables: [] }, end: endOf() }, ['start -> end']))
    expect((await post(url, '{"amount": 1}', json)).status).toBe(404)
    await app.publish(orders())
    expect((await post(url, '{"amount": 1}', json)).status).toBe(202)
  })

  it('keep to the number of runs that an app may have at a time, and store nothing of what they refuse', async () => {
    const receiver = { ...hook, content_type: 'application/octet-stream', headers: [], body: [] }
    const full = await createWorkflowApp(server(), session, graphOf({ hook: receiver, end: endOf() }, ['hook -> end']))
    const { webhook_url } = await addressOf(full)
    const { body: settings } = await session.send('GET', `/apps/${full.id}`)
    await session.send('PUT', `/apps/${full.id}`, { ...settings, max_active_requests: 1 })
    const { cache, database } = server().process.platform
    const taken = await cache.concurrency.acquire(`active-runs:${full.id}`, { limit: 1, ttlMs: 60_000 })
    const send = () => post(webhook_url, Buffer.alloc(4321), { 'content-type': 'application/octet-stream' })
    const reply = await send()
    expect(reply).toMatchObject({ status: 429, body: { error: 'Too Many Requests' } })
    expect(reply.headers.get('retry-after')).toBe('1')
    const stored = database.db.selectFrom('upload_files').select('id').where('size', '=', 4321)
    expect(await stored.execute()).toEqual([])
    await taken?.()
    expect((await send()).status).toBe(202)
    expect(await stored.execute()).toHaveLength(1)
  })

  it('are open to pages of every origin', async () => {
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.test', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('go with their app', async () => {
    const gone = await createWorkflowApp(server(), session, orders())
    const { webhook_url } = await addressOf(gone)
    await session.send('DELETE', `/apps/${gone.id}`)
    expect((await post(webhook_url, '{"amount": 1}', json)).status).toBe(404)
  })

  it('take files of forms, and bytes, as files that the workflow can read', async () => {
    const receiver = (data: object) =>
      graphOf(
        { hook: { type: 'trigger-webhook', method: 'put', ...data }, end: endOf(['hook', 'photo', 'name'], ['hook', '_webhook_raw']) },
        ['hook -> end'],
      )
    const form = await createWorkflowApp(
      server(),
      session,
      receiver({ content_type: 'multipart/form-data', body: [{ name: 'photo', type: 'file', required: true }] }),
    )
    const { webhook_url } = await addressOf(form)
    const data = new FormData()
    data.set('photo', new Blob(['pixels'], { type: 'image/png' }), 'cat.png')
    data.set('note', 'a cat')
    expect((await post(webhook_url, data, {}, 'PUT')).status).toBe(200)
    const [run] = await untilEnded(form, 1)
    const outputs = JSON.parse(run?.outputs ?? '')
    expect(outputs).toMatchObject({
      name: 'cat.png',
      _webhook_raw: { method: 'PUT', body: { note: 'a cat' }, files: { photo: { filename: 'cat.png', type: 'image', size: 6 } } },
    })
    const link = new URL(outputs._webhook_raw.files.photo.url, server().url)
    expect(await (await fetch(link)).text()).toBe('pixels')

    const bytes = await createWorkflowApp(
      server(),
      session,
      receiver({ content_type: 'application/octet-stream', body: [{ name: 'photo', type: 'file' }] }),
    )
    const { webhook_url: binary } = await addressOf(bytes)
    await post(binary, Buffer.from([0, 255]), { 'content-type': 'application/octet-stream' }, 'PUT')
    const [other] = await untilEnded(bytes, 1)
    expect(JSON.parse(other?.outputs ?? '')._webhook_raw).toMatchObject({ body: { raw: { size: 2, extension: '.bin' } }, files: {} })
  })
})
