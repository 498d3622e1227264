import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { type Caller, type ConsoleServer, describeOnDatabases } from '../../testing/console-server.ts'
import { tablesOfApps, tablesThatOutliveApps } from './app-data.repository.ts'

const createApp = async (caller: Caller) => (await caller.send('POST', '/apps', { name: 'Guide', mode: 'chat' })).body.id as string

await describeOnDatabases('deleting an app', (console) => {
  it('hides it at once and asks for the rest to be cleared away', async () => {
    const { db, sites, join } = console()
    const owner = await join('owner')
    const [id, other] = [await createApp(owner), await createApp(owner)]
    const { site } = (await owner.send('GET', `/apps/${id}`)).body
    expect((await owner.send('DELETE', `/apps/${id}`)).status).toBe(204)
    expect((await owner.send('GET', `/apps/${id}`)).status).toBe(404)
    expect((await owner.send('DELETE', `/apps/${id}`)).status).toBe(404)
    expect((await owner.send('GET', '/apps')).body.data).toMatchObject([{ id: other }])
    expect(await sites.findByCode(site.code)).toBeUndefined()
    expect(await pendingDeletions(db, id)).toHaveLength(1)
  })

  it('clears away what belongs to it and nothing else, and may be done twice', async () => {
    const { db, join } = console()
    const owner = await join('owner')
    const [id, other] = [await createApp(owner), await createApp(owner)]
    for (const appId of [id, other]) {
      await owner.send('POST', `/apps/${appId}/api-keys`)
      await owner.send('POST', `/apps/${appId}/star`)
      await addConversation(console(), owner, appId, 'succeeded')
    }
    const before = await countRows(db, other)
    await owner.send('DELETE', `/apps/${id}`)
    await runDeletion(console(), owner.tenantId, id)
    await runDeletion(console(), owner.tenantId, id)
    expect(Object.values(await countRows(db, id)).every((count) => count === 0)).toBe(true)
    expect(await countRows(db, other)).toEqual(before)
    expect(before).toMatchObject({
      app_configs: 1,
      app_stars: 1,
      sites: 1,
      api_keys: 1,
      end_users: 1,
      conversations: 1,
      messages: 1,
      runs: 1,
      journals: 1,
    })
  })

  it('clears away workflows with their versions, variables, forms and triggers', async () => {
    const { db, clock, join } = console()
    const owner = await join('owner')
    const { id } = (await owner.send('POST', '/apps', { name: 'Flow', mode: 'advanced-chat' })).body
    const owned = { tenant_id: owner.tenantId, app_id: id, created_at: clock.now(), updated_at: clock.now() }
    await db
      .insertInto('conversation_variables')
      .values({ ...owned, conversation_id: newId(), variable_id: 'x', name: 'x', value_type: 'string', value: '""' })
      .execute()
    await db
      .insertInto('workflow_triggers')
      .values({
        ...owned,
        id: newId(),
        node_id: 'hook',
        kind: 'webhook',
        title: 'Hook',
        token: newId(),
        is_published: 1,
        is_enabled: 1,
        next_run_at: null,
        created_by: owner.accountId,
      })
      .execute()
    const count = async () => {
      const tables = ['workflows', 'conversation_variables', 'workflow_triggers'] as const
      const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().where('app_id', '=', id).execute()))
      return rows.map((found) => found.length)
    }
    expect(await count()).toEqual([1, 1, 1])
    await owner.send('DELETE', `/apps/${id}`)
    await runDeletion(console(), owner.tenantId, id)
    expect(await count()).toEqual([0, 0, 0])
  })

  it('knows every table that has rows of apps', async () => {
    const tables = await console().db.introspection.getTables()
    const named = tables.filter(({ columns }) => columns.some(({ name }) => name === 'app_id')).map(({ name }) => name)
    expect([...new Set(named)].toSorted()).toEqual([...tablesOfApps, ...tablesThatOutliveApps].toSorted())
  })

  it('deletes the app itself where the process died before it could', async () => {
    const { join } = console()
    const owner = await join('owner')
    const id = await createApp(owner)
    await runDeletion(console(), owner.tenantId, id)
    expect((await owner.send('GET', `/apps/${id}`)).status).toBe(404)
  })

  it('spares a run that goes on, and comes back for it', async () => {
    const { db, join } = console()
    const owner = await join('owner')
    const id = await createApp(owner)
    await addConversation(console(), owner, id, 'running')
    await owner.send('DELETE', `/apps/${id}`)
    await runDeletion(console(), owner.tenantId, id)
    expect(await countRows(db, id)).toMatchObject({ messages: 0, runs: 1, journals: 1 })
    expect(await pendingDeletions(db, id)).toHaveLength(2)
    await db.updateTable('runs').set({ status: 'succeeded' }).where('app_id', '=', id).execute()
    await runDeletion(console(), owner.tenantId, id)
    expect(await countRows(db, id)).toMatchObject({ runs: 0, journals: 0 })
  })

  it('touches no app of another workspace', async () => {
    const { join } = console()
    const [owner, stranger] = [await join('owner'), await join('owner')]
    const id = await createApp(owner)
    await runDeletion(console(), stranger.tenantId, id)
    expect((await owner.send('GET', `/apps/${id}`)).body).toMatchObject({ id, site: { title: 'Guide' } })
  })
})

const pendingDeletions = (db: ConsoleServer['db'], appId: string) =>
  db.selectFrom('jobs').selectAll().where('name', '=', 'apps.delete-data').where('payload', 'like', `%${appId}%`).execute()

async function runDeletion({ apps }: ConsoleServer, tenantId: string, appId: string): Promise<void> {
  const [job] = apps.jobs
  await job?.handler({ payload: { tenantId, appId }, attempt: 1, signal: new AbortController().signal })
}

const ownTables = ['app_configs', 'app_stars', 'sites', 'api_keys', 'end_users', 'conversations', 'messages', 'runs'] as const

async function countRows(db: ConsoleServer['db'], appId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ownTables) {
    counts[table] = (await db.selectFrom(table).select('app_id').where('app_id', '=', appId).execute()).length
  }
  // A run's journal outlives its row only by mistake: its events name the app.
  counts['journals'] = (await db.selectFrom('run_events').select('run_id').where('events', 'like', `%${appId}%`).execute()).length
  return counts
}

async function addConversation(
  { db, clock }: ConsoleServer,
  { tenantId }: Caller,
  appId: string,
  status: 'running' | 'succeeded',
): Promise<void> {
  const [endUserId, conversationId, messageId, runId] = [newId(), newId(), newId(), newId()]
  const owned = { tenant_id: tenantId, app_id: appId, created_at: clock.now() }
  const asker = { invoke_from: 'service-api', from_end_user_id: endUserId, from_account_id: null } as const
  await db
    .insertInto('end_users')
    .values({
      ...owned,
      id: endUserId,
      type: 'service_api',
      is_anonymous: 0,
      session_id: endUserId,
      updated_at: clock.now(),
      ...{ name: null, external_user_id: null },
    })
    .execute()
  await db
    .insertInto('conversations')
    .values({
      ...owned,
      ...asker,
      id: conversationId,
      mode: 'chat',
      name: 'Hello',
      inputs: '{}',
      introduction: null,
      status: 'normal',
      pinned_at: null,
      read_at: null,
      deleted_at: null,
      updated_at: clock.now(),
    })
    .execute()
  await db
    .insertInto('messages')
    .values({
      ...owned,
      ...asker,
      id: messageId,
      conversation_id: conversationId,
      parent_message_id: null,
      run_id: runId,
      app_config_id: null,
      model_provider: 'demo',
      model_id: 'demo-chat',
      inputs: '{}',
      query: 'Hello',
      asked: null,
      prompt: '[]',
      answer: '',
      status: 'normal',
      error_code: null,
      error: null,
      is_stopped: 0,
      prompt_tokens: 0,
      completion_tokens: 0,
      total_price_nano: 0,
      currency: 'USD',
      provider_latency_ms: 0,
      metadata: '{}',
      updated_at: clock.now(),
    })
    .execute()
  await db
    .insertInto('runs')
    .values({
      ...owned,
      ...asker,
      id: runId,
      kind: 'chat',
      task_id: newId(),
      conversation_id: conversationId,
      message_id: messageId,
      status,
      host_id: newId(),
      epoch: 0,
      stop_requested_at: null,
      error_code: null,
      error: null,
      total_tokens: 0,
      ledger: null,
      finished_at: null,
    })
    .execute()
  await db
    .insertInto('run_events')
    .values({ run_id: runId, first_offset: 0, epoch: 0, event_count: 1, events: JSON.stringify([{ appId }]), created_at: clock.now() })
    .execute()
}
