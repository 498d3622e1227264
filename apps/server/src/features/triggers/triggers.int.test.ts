import { newId } from '@trellis/kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { createShiftedClock } from '../../testing/shifted-clock.ts'
import { administrator, type ConsoleSession, readFrames, type TestServer } from '../../testing/test-server.ts'
import { endOf, hook, json, lookAtTriggered, orders, post } from '../../testing/workflows/triggered-app.ts'
import { createWorkflowApp, graphOf, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

const HOUR_MS = 3_600_000
const clock = createShiftedClock()

await describeOnServers('triggers', { clock, env: { ACCESS_TOKEN_EXPIRE_MINUTES: '1000000' } }, (server: () => TestServer) => {
  let session: ConsoleSession
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
  })

  const { addressOf, runsOf, logsOf, untilEnded } = lookAtTriggered(server, () => session)

  describe('by the clock', () => {
    const hourly = { type: 'trigger-schedule', title: 'Every hour', frequency: 'hourly', visual_config: { on_minute: 0 } }
    const timed = graphOf({ hourly, end: endOf(['sys', 'timestamp']) }, ['hourly -> end'])
    const look = async () => {
      const { features } = server().process
      await features.scheduled.find(({ name }) => name === 'triggers.start-due')?.run(new AbortController().signal)
    }
    const triggerOf = async (app: WorkflowApp) => {
      const { db } = server().process.platform.database
      return db.selectFrom('workflow_triggers').selectAll().where('app_id', '=', app.id).executeTakeFirstOrThrow()
    }
    const startDue = async (app: WorkflowApp, dueAt: number, attempt = 1) => {
      const { id: triggerId } = await triggerOf(app)
      const job = server().process.features.triggers.jobs[0]
      await job?.handler({ payload: { triggerId, dueAt }, attempt, signal: new AbortController().signal })
    }

    it('begin one run a due time, however many look, in the name of the owner', async () => {
      const app = await createWorkflowApp(server(), session, timed)
      await look()
      expect(await runsOf(app)).toEqual([])
      const { next_run_at: dueAt } = await triggerOf(app)
      clock.advance(HOUR_MS)
      await Promise.all([look(), look(), startDue(app, dueAt ?? 0), startDue(app, dueAt ?? 0)])
      const [run] = await untilEnded(app, 1)
      await startDue(app, dueAt ?? 0)
      await look()
      expect(await runsOf(app)).toHaveLength(1)
      expect(run).toMatchObject({ status: 'succeeded', triggered_from: 'schedule', from_end_user_id: null, invoke_from: 'trigger' })
      const next = (await triggerOf(app)).next_run_at ?? 0
      expect(next - clock.now()).toBeGreaterThan(0)
      expect(next - (dueAt ?? 0)).toBe(HOUR_MS)
      const starter = { created_by_role: 'account', created_by_account: { email: administrator.email } }
      const details = { trigger_metadata: { type: 'trigger-schedule', node_id: 'hourly' } }
      expect(await logsOf(app)).toMatchObject([{ details, ...starter }])
      const listed = await session.send('GET', `/apps/${app.id}/workflow-runs?triggered_from=app-run`)
      expect(listed.body.data).toMatchObject([{ id: run?.id, started_from: 'schedule' }])
    })

    it('make up for times that passed by one run', async () => {
      const app = await createWorkflowApp(server(), session, timed)
      clock.advance(24 * HOUR_MS)
      await look()
      await untilEnded(app, 1)
      await look()
      expect(await runsOf(app)).toHaveLength(1)
      expect(((await triggerOf(app)).next_run_at ?? 0) - clock.now()).toBeLessThanOrEqual(HOUR_MS)
    })

    it('are asked for again where the one who was to start them died', async () => {
      const app = await createWorkflowApp(server(), session, timed)
      const { next_run_at: dueAt } = await triggerOf(app)
      clock.advance(HOUR_MS)
      // As it is after such a death: nothing has begun, and nobody has it in hand.
      expect(await runsOf(app)).toEqual([])
      expect((await triggerOf(app)).next_run_at).toBe(dueAt)
      await look()
      await untilEnded(app, 1)
    })

    it('wait while the app has as many runs as it may, and are not lost', async () => {
      const app = await createWorkflowApp(server(), session, timed)
      const { body: settings } = await session.send('GET', `/apps/${app.id}`)
      await session.send('PUT', `/apps/${app.id}`, { ...settings, max_active_requests: 1 })
      const { next_run_at: dueAt } = await triggerOf(app)
      clock.advance(HOUR_MS)
      const taken = await server().process.platform.cache.concurrency.acquire(`active-runs:${app.id}`, { limit: 1, ttlMs: 60_000 })
      await expect(startDue(app, dueAt ?? 0, 5)).rejects.toMatchObject({ code: 'too_many_requests' })
      expect((await triggerOf(app)).next_run_at).toBe(dueAt)
      await taken?.()
      await startDue(app, dueAt ?? 0)
      await untilEnded(app, 1)
    })

    it('begin nothing while they are switched off, and pass over what cannot run', async () => {
      const app = await createWorkflowApp(server(), session, timed)
      const { id, next_run_at: dueAt } = await triggerOf(app)
      await session.send('POST', `/apps/${app.id}/trigger-enable`, { trigger_id: id, enable_trigger: false })
      clock.advance(HOUR_MS)
      await look()
      await startDue(app, dueAt ?? 0)
      expect(await runsOf(app)).toEqual([])
      await session.send('POST', `/apps/${app.id}/trigger-enable`, { trigger_id: id, enable_trigger: true })
      const { db } = server().process.platform.database
      await db.updateTable('apps').set({ published_workflow_id: newId() }).where('id', '=', app.id).execute()
      const { next_run_at: again } = await triggerOf(app)
      clock.advance(HOUR_MS)
      await startDue(app, again ?? 0)
      expect((await triggerOf(app)).next_run_at).toBeGreaterThan(clock.now())
      expect(await runsOf(app)).toEqual([])
    })
  })

  describe('of a draft', () => {
    const tryWith = (app: WorkflowApp, path: string, body: object) =>
      session.fetch('POST', `/apps/${app.id}/workflows/draft/trigger/${path}`, body)
    const waiting = { status: 'waiting', retry_in: 2000 }

    it('wait for a call, and run with it', async () => {
      const app = await createWorkflowApp(server(), session, orders())
      const { webhook_url, webhook_debug_url: url } = await addressOf(app)
      const alone = await post(url, '{"amount": 1}', json)
      expect(alone).toMatchObject({ status: 409, body: { error: 'No active debug listener', execution_url: webhook_url } })
      expect(await (await tryWith(app, 'run', { node_id: 'hook' })).json()).toEqual(waiting)
      expect(await (await tryWith(app, 'run', { node_id: 'hook' })).json()).toEqual(waiting)
      expect((await post(url, '{}', json)).status).toBe(400)
      expect(await post(`${url}?page=3`, '{"amount": 1.5}', json)).toMatchObject({ status: 202, body: { accepted: true } })
      expect((await post(url, '{"amount": 2}', json)).status).toBe(409)
      const frames = await readFrames(await tryWith(app, 'run', { node_id: 'hook' }))
      expect(frames.at(-1)?.data.data).toMatchObject({ status: 'succeeded', outputs: { amount: 1.5, page: 3, X_Shop: 'north' } })
      expect(await (await tryWith(app, 'run', { node_id: 'hook' })).json()).toEqual(waiting)
      // A trial is none of the runs that callers made.
      expect(await logsOf(app)).toEqual([])
    })

    it('wait no more once nobody has asked for a while', async () => {
      const app = await createWorkflowApp(server(), session, orders())
      const { webhook_debug_url: url } = await addressOf(app)
      await tryWith(app, 'run', { node_id: 'hook' })
      const { cache } = server().process.platform.cache
      // What time does: a listener is an entry that lapses.
      await cache.delete(`trigger-trial:waiting:${app.id}:hook`)
      expect((await post(url, '{"amount": 1}', json)).status).toBe(409)
    })

    it('run with whichever is first', async () => {
      const hourly = { type: 'trigger-schedule', frequency: 'hourly' }
      const both = graphOf({ hook, hourly, end: endOf(['hook', 'amount']), end2: endOf(['sys', 'timestamp']) }, [
        'hook -> end',
        'hourly -> end2',
      ])
      const app = await createWorkflowApp(server(), session, both)
      const { webhook_debug_url: url } = await addressOf(app)
      const all = { node_ids: ['hourly', 'hook'] }
      expect(await (await tryWith(app, 'run-all', all)).json()).toEqual(waiting)
      await post(url, '{"amount": 7}', json)
      const called = await readFrames(await tryWith(app, 'run-all', all))
      expect(called.at(-1)?.data.data).toMatchObject({ outputs: { amount: 7 } })
      expect((await readFrames(await tryWith(app, 'run', { node_id: 'hourly' }))).at(-1)?.data.data).toMatchObject({
        status: 'succeeded',
      })
      if (server().process.platform.database.type === 'sqlite') {
        expect(await (await tryWith(app, 'run-all', all)).json()).toEqual(waiting)
      }
    })

    it('run their node alone with what comes', async () => {
      const app = await createWorkflowApp(server(), session, orders())
      const { webhook_debug_url: url } = await addressOf(app)
      const run = () => session.send('POST', `/apps/${app.id}/workflows/draft/nodes/hook/trigger/run`)
      expect((await run()).body).toEqual(waiting)
      await post(url, '{"amount": 4}', json)
      expect(await run()).toMatchObject({
        status: 200,
        body: { node_id: 'hook', status: 'succeeded', outputs: { amount: 4 }, created_by_account: { email: administrator.email } },
      })
    })

    it('are named as they are where they can begin nothing', async () => {
      const broken = { type: 'trigger-schedule', mode: 'cron', cron_expression: 'soon' }
      const plugin = { type: 'trigger-plugin', plugin_id: 'langgenius/github', event_name: 'opened' }
      const app = await createWorkflowApp(server(), session, orders())
      const draft = (await session.send('GET', `/apps/${app.id}/workflows/draft`)).body
      const graph = graphOf({ broken, plugin, end: endOf() }, ['broken -> end', 'plugin -> end'])
      await session.send('POST', `/apps/${app.id}/workflows/draft`, { ...draft, graph })
      for (const [node_id, said, details] of [
        ['broken', 'no cron expression', { reason: 'schedule_cron', values: { cron: 'soon', trigger: 'broken' } }],
        ['plugin', 'not installed', { reason: 'trigger_plugin', values: { trigger: 'plugin' } }],
      ] as const) {
        const reply = await session.send('POST', `/apps/${app.id}/workflows/draft/trigger/run`, { node_id })
        expect(reply).toMatchObject({ status: 400, body: { status: 'error', error: expect.stringContaining(said), details } })
      }
      expect((await session.send('POST', `/apps/${app.id}/workflows/draft/trigger/run`, { node_id: 'end' })).status).toBe(404)
      expect((await session.send('POST', `/apps/${app.id}/workflows/draft/trigger/run-all`, { node_ids: [] })).status).toBe(400)
    })
  })

  it('stand side by side: a run begins at the one that started it, and those of others are passed over', async () => {
    const graph = graphOf(
      {
        hook: { ...hook, headers: [], body: [] },
        hourly: { type: 'trigger-schedule', frequency: 'hourly' },
        text: { type: 'template-transform', template: 'from the hook', variables: [] },
        other: { type: 'template-transform', template: 'from the clock', variables: [] },
        end: endOf(['text', 'output']),
        end2: endOf(['other', 'output']),
      },
      ['hook -> text', 'text -> end', 'hourly -> other', 'other -> end2'],
    )
    const app = await createWorkflowApp(server(), session, graph)
    await post((await addressOf(app)).webhook_url, '{}', json)
    const [run] = await untilEnded(app, 1)
    expect(JSON.parse(run?.outputs ?? '')).toEqual({ output: 'from the hook' })
  })
})
