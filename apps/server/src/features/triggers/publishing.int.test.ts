import { expect, it } from 'vitest'
import { type Caller, type ConsoleServer, describeOnDatabases } from '../../testing/console-server.ts'
import { graphOf } from '../../testing/workflows/workflow-app.ts'

const end = { type: 'end', outputs: [] }
const hook = { type: 'trigger-webhook', method: 'post', title: 'Order' }
const daily = {
  type: 'trigger-schedule',
  title: 'Morning',
  frequency: 'daily',
  visual_config: { time: '09:00 AM' },
  timezone: 'Europe/Berlin',
}
const graph = (nodes: Readonly<Record<string, object>>) =>
  graphOf(
    { ...nodes, end },
    Object.keys(nodes).map((id) => `${id} -> end`),
  )

const HOUR_MS = 3_600_000

await describeOnDatabases('triggers of a published workflow', (console) => {
  const createFlow = async (mode = 'workflow') => {
    const owner = await console().join('owner')
    const { id } = (await owner.send('POST', '/apps', { name: 'Flow', mode })).body
    return { owner, app: `/apps/${id}`, id: id as string }
  }
  const save = async (owner: Caller, app: string, nodes: Readonly<Record<string, object>>) => {
    const draft = (await owner.send('GET', `${app}/workflows/draft`)).body
    const saved = await owner.send('POST', `${app}/workflows/draft`, { ...draft, graph: graph(nodes) })
    expect(saved).toMatchObject({ status: 200 })
  }
  const publish = async (owner: Caller, app: string, nodes: Readonly<Record<string, object>>) => {
    await save(owner, app, nodes)
    return owner.send('POST', `${app}/workflows/publish`, {})
  }
  const listed = async (owner: Caller, app: string) => (await owner.send('GET', `${app}/triggers`)).body.data
  const rowOf = (server: ConsoleServer, appId: string, nodeId: string) =>
    server.db
      .selectFrom('workflow_triggers')
      .selectAll()
      .where('app_id', '=', appId)
      .where('node_id', '=', nodeId)
      .executeTakeFirstOrThrow()

  it('are listed once it is published, not before', async () => {
    const { owner, app } = await createFlow()
    await save(owner, app, { hook, daily })
    expect(await listed(owner, app)).toEqual([])
    expect((await publish(owner, app, { hook, daily })).status).toBe(200)
    expect(await listed(owner, app)).toMatchObject([
      { trigger_type: 'trigger-webhook', title: 'Order', node_id: 'hook', provider_name: '', status: 'enabled' },
      { trigger_type: 'trigger-schedule', title: 'Morning', node_id: 'daily', status: 'enabled' },
    ])
  })

  it('have addresses as soon as the draft has them, which stay theirs', async () => {
    const { owner, app } = await createFlow()
    await save(owner, app, { hook })
    const first = (await owner.send('GET', `${app}/workflows/triggers/webhook?node_id=hook`)).body
    expect(first).toMatchObject({ node_id: 'hook', webhook_id: expect.stringMatching(/^\w{24}$/) })
    expect(first.webhook_url).toBe(`http://localhost:80/triggers/webhook/${first.webhook_id}`)
    expect(first.webhook_debug_url).toBe(`http://localhost:80/triggers/webhook-debug/${first.webhook_id}`)
    await publish(owner, app, { hook })
    await publish(owner, app, { daily })
    await publish(owner, app, { hook })
    expect((await owner.send('GET', `${app}/workflows/triggers/webhook?node_id=hook`)).body).toEqual(first)
    for (const nodeId of ['daily', 'end', 'other']) {
      expect((await owner.send('GET', `${app}/workflows/triggers/webhook?node_id=${nodeId}`)).status).toBe(404)
    }
  })

  it('are switched one by one; a switch survives what is published later', async () => {
    const { owner, app, id } = await createFlow()
    await publish(owner, app, { hook, daily })
    const [, schedule] = await listed(owner, app)
    const off = await owner.send('POST', `${app}/trigger-enable`, { trigger_id: schedule.id, enable_trigger: false })
    expect(off).toMatchObject({ status: 200, body: { id: schedule.id, status: 'disabled' } })
    await publish(owner, app, { hook, daily: { ...daily, title: 'Evening' } })
    expect(await listed(owner, app)).toMatchObject([{ status: 'enabled' }, { title: 'Evening', status: 'disabled' }])
    expect(await rowOf(console(), id, 'daily')).toMatchObject({ next_run_at: null })
    await owner.send('POST', `${app}/trigger-enable`, { trigger_id: schedule.id, enable_trigger: true })
    expect((await rowOf(console(), id, 'daily')).next_run_at).toBeGreaterThan(console().clock.now())
  })

  it('may be due at as many times as a schedule can name', async () => {
    const { owner, app } = await createFlow()
    const days = Array.from({ length: 31 }, (_, place) => place + 1)
    const monthly = { ...daily, frequency: 'monthly', visual_config: { time: '09:00 AM', monthly_days: [...days, 'last'] } }
    expect(await publish(owner, app, { monthly })).toMatchObject({ status: 200 })
  })

  it('end with the version that has them', async () => {
    const { owner, app, id } = await createFlow()
    await publish(owner, app, { hook, daily })
    const [webhook] = await listed(owner, app)
    await publish(owner, app, { start: { type: 'start', variables: [] } })
    expect(await listed(owner, app)).toEqual([])
    expect(await rowOf(console(), id, 'daily')).toMatchObject({ is_published: 0, next_run_at: null })
    const gone = await owner.send('POST', `${app}/trigger-enable`, { trigger_id: webhook.id, enable_trigger: false })
    expect(gone).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('are due by their schedule, and stay due where it did not change', async () => {
    const { owner, app, id } = await createFlow()
    const { clock } = console()
    const hourly = { type: 'trigger-schedule', frequency: 'hourly', visual_config: { on_minute: 30 } }
    await publish(owner, app, { hourly })
    const first = await rowOf(console(), id, 'hourly')
    expect(first).toMatchObject({ cron: '30 * * * *', timezone: 'UTC' })
    expect(first.next_run_at).toBeGreaterThan(clock.now())
    clock.advance(2 * HOUR_MS)
    await publish(owner, app, { hourly })
    expect(await rowOf(console(), id, 'hourly')).toMatchObject({ next_run_at: first.next_run_at })
    await publish(owner, app, { hourly: { ...hourly, visual_config: { on_minute: 45 } } })
    expect((await rowOf(console(), id, 'hourly')).next_run_at).toBeGreaterThan(clock.now())
  })

  it.each<readonly [what: string, nodes: Readonly<Record<string, object>>, said: string, told: object]>([
    [
      'cron',
      { tick: { type: 'trigger-schedule', title: 'Tick', mode: 'cron', cron_expression: '99 * * * *' } },
      '"Tick" can start nothing',
      { reason: 'schedule_cron', values: { cron: '99 * * * *', trigger: 'Tick' } },
    ],
    ['status', { hook: { ...hook, status_code: 99 } }, '"Order" can start nothing: status_code', { reason: 'field_too_small' }],
    [
      'plugin',
      { issue: { type: 'trigger-plugin', title: 'Issue', plugin_id: 'langgenius/github', event_name: 'opened', provider_id: 'x' } },
      'the event opened of langgenius/github, which is not installed',
      { reason: 'trigger_plugin', values: { trigger: 'Issue' } },
    ],
    [
      'number',
      Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, hook])),
      'at most 5 webhooks',
      { reason: 'webhooks_at_most', values: { limit: 5 } },
    ],
  ])('are refused when nothing could start them: %s', async (_what, nodes, said, details) => {
    const { owner, app } = await createFlow()
    expect(await publish(owner, app, nodes)).toMatchObject({
      status: 400,
      body: { code: 'invalid_param', message: expect.stringContaining(said), details },
    })
    expect(await listed(owner, app)).toEqual([])
  })

  it('are for workflows alone', async () => {
    const { owner, app } = await createFlow('advanced-chat')
    const draft = (await owner.send('GET', `${app}/workflows/draft`)).body
    const chat = graphOf({ hook, answer: { type: 'answer', answer: 'x' } }, ['hook -> answer'])
    await owner.send('POST', `${app}/workflows/draft`, { ...draft, graph: chat })
    expect(await owner.send('POST', `${app}/workflows/publish`, {})).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('triggers are for workflows'), details: { reason: 'trigger_in_chatflow' } },
    })
    expect((await owner.send('GET', `${app}/triggers`)).body.code).toBe('app_not_found')
  })
})
