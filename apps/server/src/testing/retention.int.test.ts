import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDatabase } from '@trellis/db'
import { newId } from '@trellis/kit'
import { beforeAll, expect, it } from 'vitest'
import type { BeatEntry } from '../beat.ts'
import { deleteSomeOfApp } from '../features/apps/app-data.repository.ts'
import { findUpload } from '../features/files/index.ts'
import { findRunById, hasJournal } from '../features/runs/index.ts'
import { describeOnServers } from './describe-on-servers.ts'
import type { ConsoleSession, TestApp, TestServer } from './test-server.ts'
import { approval } from './workflows/approval.ts'
import { createWorkflowApp, graphOf } from './workflows/workflow-app.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let ahead = 0
const clock = { now: () => Date.now() + ahead }

/** Does what the clock does, at a time some days from now. */
async function runScheduled(server: TestServer, name: string, days: number, signal = new AbortController().signal): Promise<void> {
  const entry = server.process.features.scheduled.find((candidate: BeatEntry) => candidate.name === name)
  ahead = days * DAY_MS
  await entry?.run(signal).finally(() => {
    ahead = 0
  })
}

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

async function uploadPicture(server: TestServer, app: Pick<TestApp, 'key'>, user: string): Promise<string> {
  const form = new FormData()
  form.set('file', new File([pixel], 'a.png', { type: 'image/png' }))
  form.set('user', user)
  const headers = { authorization: `Bearer ${app.key}` }
  const response = await fetch(`${server.url}/v1/files/upload`, { method: 'POST', headers, body: form })
  const { id } = (await response.json()) as { readonly id: string } // as the tests of uploads have it
  return id
}

/** Files of each kind that a run has: given at its start, made by a node, and attached to an answer. */
const filing = (pictureUrl: string) =>
  graphOf(
    {
      start: {
        type: 'start',
        variables: [{ variable: 'given', label: 'Given', type: 'file', required: true, allowed_file_types: ['image'] }],
      },
      fetch: {
        type: 'http-request',
        method: 'get',
        url: pictureUrl,
        authorization: { type: 'no-auth' },
        headers: '',
        params: '',
        body: { type: 'none', data: [] },
        timeout: {},
      },
      form: approval({
        form_content: 'Which one?',
        inputs: [{ type: 'file', output_variable_name: 'answered', allowed_file_types: ['image'] }],
      }),
      end: {
        type: 'end',
        outputs: [
          { variable: 'made', value_selector: ['fetch', 'files'] },
          { variable: 'answered', value_selector: ['form', 'answered'] },
        ],
      },
    },
    ['start -> fetch', 'fetch -> form', 'form:ok -> end'],
  )

async function servePicture() {
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(pixel))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/a.png`, close: () => new Promise((resolve) => server.close(resolve)) }
}

const options = { clock, env: { EGRESS_ALLOWED_HOSTS: '127.0.0.1' } }

await describeOnServers('what is no longer needed', options, (server) => {
  let session: ConsoleSession
  let app: TestApp
  beforeAll(async () => {
    session = await server().setup()
    const file_upload = { image: { enabled: true, number_limits: 3, transfer_methods: ['local_file'], detail: 'low' } }
    app = await server().createApp(session, { mode: 'chat', config: { file_upload } })
  })
  const db = () => server().process.platform.database.db
  const ask = async (body: object = {}): Promise<string> => {
    const reply = await app.send('POST', '/chat-messages', { inputs: {}, query: 'Hello', user: 'u', response_mode: 'blocking', ...body })
    expect(reply).toMatchObject({ status: 200 })
    return reply.body.message_id
  }
  const runOf = async (messageId: string) =>
    db().selectFrom('runs').selectAll().where('message_id', '=', messageId).executeTakeFirstOrThrow()

  it('journals go some days after their run, and nothing else of it', async () => {
    const messageId = await ask()
    const { id } = await runOf(messageId)
    await runScheduled(server(), 'runs.delete-old-journals', 6)
    expect(await hasJournal(db(), id)).toBe(true)
    const follow = () => app.fetch('GET', `/messages/${messageId}/events?user=u`)
    expect(await (await follow()).text()).toContain('message_end')
    await runScheduled(server(), 'runs.delete-old-journals', 8)
    expect(await hasJournal(db(), id)).toBe(false)
    expect(await findRunById(db(), id)).toMatchObject({ status: 'succeeded' })
    const refused = await follow()
    expect(refused.status).toBe(404)
    expect(await refused.json()).toMatchObject({ code: 'not_found', message: expect.stringContaining('no longer kept') })
    const { conversation_id } = await runOf(messageId)
    const { body } = await app.send('GET', `/messages?user=u&conversation_id=${conversation_id}`)
    expect(body.data).toMatchObject([{ id: messageId, query: 'Hello' }])
  })

  it('journals of runs that go on stay, and those of runs that are gone do not', async () => {
    const [going, gone] = [await runOf(await ask()), await runOf(await ask())]
    // In another process, whose lease outlives the test: without one, the run would be ended at any moment.
    const elsewhere = newId()
    const far = Date.now() + 100 * DAY_MS
    await db().insertInto('hosts').values({ id: elsewhere, started_at: Date.now(), expires_at: far }).execute()
    await db().updateTable('runs').set({ status: 'running', finished_at: null, host_id: elsewhere }).where('id', '=', going.id).execute()
    await db().deleteFrom('runs').where('id', '=', gone.id).execute()
    // More than a batch, and a run that goes on in the midst of them.
    for (let count = 0; count < 30; count++) await leaveJournal(newId())
    await runScheduled(server(), 'runs.delete-old-journals', 8)
    const rows = await db().selectFrom('run_events').select('run_id').distinct().execute()
    expect(rows).toEqual([{ run_id: going.id }])
    await db().updateTable('runs').set({ status: 'succeeded', finished_at: going.finished_at }).where('id', '=', going.id).execute()
    await db().deleteFrom('hosts').where('id', '=', elsewhere).execute()
  })
  const leaveJournal = (run_id: string) =>
    db().insertInto('run_events').values({ run_id, first_offset: 0, epoch: 0, event_count: 1, events: '[]', created_at: 1 }).execute()

  it('leaves off where it is told to', async () => {
    const { id } = await runOf(await ask())
    await runScheduled(server(), 'runs.delete-old-journals', 8, AbortSignal.abort())
    expect(await hasJournal(db(), id)).toBe(true)
  })

  it('files go that nobody used, with their bytes; those of messages and icons stay', async () => {
    const [unused, attached, appIcon, siteIcon] = await Promise.all([0, 1, 2, 3].map(() => uploadPicture(server(), app, 'u')))
    await ask({ files: [{ type: 'image', transfer_method: 'local_file', upload_file_id: attached }] })
    await db()
      .updateTable('apps')
      .set({ icon_type: 'image', icon: appIcon ?? '' })
      .where('id', '=', app.id)
      .execute()
    await db()
      .updateTable('sites')
      .set({ icon_type: 'image', icon: siteIcon ?? '' })
      .where('app_id', '=', app.id)
      .execute()
    const { storage } = server().process.platform
    const find = (id = '') => db().selectFrom('upload_files').selectAll().where('id', '=', id).executeTakeFirst()
    const row = await find(unused)
    await runScheduled(server(), 'files.delete-unused', 29)
    expect(await storage.size(row?.storage_key ?? '')).toBeGreaterThan(0)
    await runScheduled(server(), 'files.delete-unused', 31)
    expect(await findUpload(db(), row?.tenant_id ?? '', unused ?? '')).toBeUndefined()
    expect(await storage.size(row?.storage_key ?? '')).toBeUndefined()
    for (const id of [attached, appIcon, siteIcon]) {
      const kept = await find(id)
      expect(await storage.size(kept?.storage_key ?? '')).toBeGreaterThan(0)
    }
  })

  const listKept = async (ids: readonly string[]): Promise<string[]> => {
    const rows = await db().selectFrom('upload_files').select('id').where('id', 'in', ids).execute()
    return ids.filter((id) => rows.some((row) => row.id === id))
  }
  const picture = (id: string) => ({ type: 'image', transfer_method: 'local_file', upload_file_id: id })

  it('files of a run stay as long as it does: those it was given, those it made, and those of answers', async () => {
    const world = await servePicture()
    const flow = await createWorkflowApp(server(), session, filing(world.url))
    const [given = '', answered = ''] = await Promise.all([0, 1].map(() => uploadPicture(server(), { key: flow.apiKey }, 'u1')))
    const { body } = await flow.run({ given: picture(given) })
    const [{ form_token: token }] = body.data.reasons
    const answer = { inputs: { answered: picture(answered) }, action: 'ok', user: 'u1' }
    expect(await flow.send('POST', `/form/human_input/${token}`, answer)).toMatchObject({ status: 200 })
    const outputs = async () => (await flow.send('GET', `/workflows/run/${body.workflow_run_id}`)).body.outputs
    await expect.poll(async () => (await outputs()).answered?.related_id).toBe(answered)
    const files = [given, answered, (await outputs()).made[0].related_id as string]
    await world.close()
    await runScheduled(server(), 'files.delete-unused', 31)
    expect(await listKept(files)).toEqual(files)

    const { tenant_id: tenantId } = await db().selectFrom('apps').select('tenant_id').where('id', '=', flow.id).executeTakeFirstOrThrow()
    while (await deleteSomeOfApp(db(), tenantId, { appId: flow.id, limit: 100 }));
    await runScheduled(server(), 'files.delete-unused', 31)
    expect(await listKept(files)).toEqual([])
  })

  it('files that a variable of a draft names stay as long as it does', async () => {
    const flow = await createWorkflowApp(server(), session, filing('http://127.0.0.1:9/'))
    const upload = async (): Promise<string> => {
      const form = new FormData()
      form.set('file', new File([pixel], 'a.png', { type: 'image/png' }))
      const response = await fetch(`${server().url}/console/api/files/upload`, { method: 'POST', headers: session.headers, body: form })
      return ((await response.json()) as { readonly id: string }).id // as above
    }
    const [left, edited] = [await upload(), await upload()]
    const draft = `/apps/${flow.id}/workflows/draft`
    await (await session.fetch('POST', `${draft}/run`, { inputs: { given: picture(left) }, files: [] })).text()
    const { items } = (await session.send('GET', `${draft}/nodes/start/variables`)).body
    const { id } = items.find(({ name }: { readonly name: string }) => name === 'given')
    expect(await session.send('PATCH', `${draft}/variables/${id}`, { value: picture(edited) })).toMatchObject({ status: 200 })
    // Nothing else knows of what it was before.
    await db().deleteFrom('run_files').where('app_id', '=', flow.id).execute()
    await runScheduled(server(), 'files.delete-unused', 31)
    expect(await listKept([left, edited])).toEqual([left, edited])
    await session.send('DELETE', `${draft}/variables/${id}`)
    await runScheduled(server(), 'files.delete-unused', 31)
    expect(await listKept([left, edited])).toEqual([])
  })

  it('forgets after a day under which names pages asked', async () => {
    const { db } = server().process.platform.database
    const ask = { end_user_id: newId(), ask_id: 'a-name-of-the-page', tenant_id: newId(), run_id: newId(), created_at: clock.now() }
    await db.insertInto('run_asks').values(ask).execute()
    const isKept = async () =>
      (await db.selectFrom('run_asks').select('run_id').where('end_user_id', '=', ask.end_user_id).executeTakeFirst()) !== undefined
    await runScheduled(server(), 'runs.delete-old-asks', 0.9)
    expect(await isKept()).toBe(true)
    await runScheduled(server(), 'runs.delete-old-asks', 1.1)
    expect(await isKept()).toBe(false)
  })
})

it('whoever keeps ids of uploads is asked before one is deleted', async () => {
  const database = openDatabase({ type: 'sqlite', file: ':memory:' })
  await database.migrate()
  const tables = await database.db.introspection.getTables()
  const columns = tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
  // A new one here needs its `FindFilesInUse` in scheduled-work.ts, as do ids of files inside JSON.
  expect(columns.filter((column) => /file_id$|\.icon$|\.avatar$/.test(column)).sort()).toEqual([
    'accounts.avatar', // never set
    'apps.icon',
    'message_files.upload_file_id',
    'run_files.upload_file_id',
    'sites.icon',
  ])
  await database.close()
})
