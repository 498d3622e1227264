import { openDatabase } from '@trellis/db'
import { newId } from '@trellis/kit'
import { beforeAll, expect, it } from 'vitest'
import type { BeatEntry } from '../beat.ts'
import { findUpload } from '../features/files/index.ts'
import { findRunById, hasJournal } from '../features/runs/index.ts'
import { describeOnServers } from './describe-on-servers.ts'
import type { ConsoleSession, TestApp, TestServer } from './test-server.ts'

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

async function uploadPicture(server: TestServer, app: TestApp, user: string): Promise<string> {
  const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  const form = new FormData()
  form.set('file', new File([pixel], 'a.png', { type: 'image/png' }))
  form.set('user', user)
  const headers = { authorization: `Bearer ${app.key}` }
  const response = await fetch(`${server.url}/v1/files/upload`, { method: 'POST', headers, body: form })
  const { id } = (await response.json()) as { readonly id: string } // as the tests of uploads have it
  return id
}

await describeOnServers('what is no longer needed', { clock }, (server) => {
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
    await db().updateTable('runs').set({ status: 'running', finished_at: null }).where('id', '=', going.id).execute()
    await db().deleteFrom('runs').where('id', '=', gone.id).execute()
    // More than a batch, and a run that goes on in the midst of them.
    for (let count = 0; count < 30; count++) await leaveJournal(newId())
    await runScheduled(server(), 'runs.delete-old-journals', 8)
    const rows = await db().selectFrom('run_events').select('run_id').distinct().execute()
    expect(rows).toEqual([{ run_id: going.id }])
    await db().updateTable('runs').set({ status: 'succeeded', finished_at: going.finished_at }).where('id', '=', going.id).execute()
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
})

it('whoever keeps ids of uploads is asked before one is deleted', async () => {
  const database = openDatabase({ type: 'sqlite', file: ':memory:' })
  await database.migrate()
  const tables = await database.db.introspection.getTables()
  const columns = tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
  // A new one here needs its `FindFilesInUse` in compose.ts, as do ids of files inside JSON.
  expect(columns.filter((column) => /file_id$|\.icon$|\.avatar$/.test(column)).sort()).toEqual([
    'accounts.avatar', // never set
    'apps.icon',
    'message_files.upload_file_id',
    'sites.icon',
  ])
  await database.close()
})
