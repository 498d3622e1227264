import { newId } from '@trellis/kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeTalks, endUserOf, insertConversation, insertMessage, signInElsewhere, type TalkServer } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'

const DAY_MS = 24 * 3_600_000
const at = (iso: string): number => Date.parse(iso)

/** Two days of traffic: three turns of two users on the first of March, one that failed on the third. */
async function fill(talks: TalkServer, app: TestApp): Promise<void> {
  const anna = await endUserOf(talks, app, 'anna')
  const first = await insertConversation(talks, { app_id: app.id, from_end_user_id: anna })
  const turn = { prompt_tokens: 100, completion_tokens: 20, total_price_nano: 1_000_000, provider_latency_ms: 1000 }
  const liked = await insertMessage(talks, first, { ...turn, created_at: at('2026-03-01T10:00:00Z') })
  await insertMessage(talks, first, { ...turn, provider_latency_ms: 3000, created_at: at('2026-03-01T10:30:00Z') })
  const second = await insertConversation(talks, { app_id: app.id, from_end_user_id: await endUserOf(talks, app, 'bert') })
  await insertMessage(talks, second, { ...turn, currency: 'RMB', created_at: at('2026-03-01T23:30:00Z') })
  await insertMessage(talks, first, { status: 'error', created_at: at('2026-03-03T00:00:00Z') })
  const trial = await insertConversation(talks, { app_id: app.id, invoke_from: 'debugger' })
  await insertMessage(talks, trial, { ...turn, created_at: at('2026-03-01T10:00:00Z') })
  await app.send('POST', `/messages/${liked.id}/feedbacks`, { rating: 'like', user: 'anna' })
}

await describeTalks('statistics', (talks) => {
  let app: TestApp
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat' })
    await fill(talks, app)
  })
  const ask = async (path: string, of = app) => (await talks.session.send('GET', `/apps/${of.id}/${path}`)).body.data
  const march = `start=${encodeURIComponent('2026-03-01 00:00')}&end=${encodeURIComponent('2026-03-03 23:59')}`

  it.each([
    ['daily-messages', [{ message_count: 3 }, { message_count: 1 }]],
    ['daily-conversations', [{ conversation_count: 2 }, { conversation_count: 1 }]],
    ['daily-end-users', [{ terminal_count: 2 }, { terminal_count: 1 }]],
    ['average-session-interactions', [{ interactions: 1.5 }, { interactions: 1 }]],
    ['user-satisfaction-rate', [{ rate: 333.33 }, { rate: 0 }]],
    ['average-response-time', [{ latency: 1666.6667 }, { latency: 0 }]],
    ['tokens-per-second', [{ tps: 12 }, { tps: 0 }]],
  ] as const)('of %s have a line a day on which anything happened', async (chart, [first, third]) => {
    const data = [
      { date: '2026-03-01', ...first },
      { date: '2026-03-03', ...third },
    ]
    expect(await ask(`statistics/${chart}?${march}`)).toEqual(data)
    expect(await ask(`statistics/${chart}`)).toEqual(data)
  })

  it('of costs have a line a currency', async () => {
    expect(await ask(`statistics/token-costs?${march}`)).toEqual([
      { date: '2026-03-01', token_count: 360, total_price: '0.001', currency: 'RMB' },
      { date: '2026-03-01', token_count: 0, total_price: '0.002', currency: 'USD' },
      { date: '2026-03-03', token_count: 0, total_price: '0', currency: 'USD' },
    ])
  })

  it('go by the days of the account’s time zone, and by the minutes that are asked for', async () => {
    await talks.session.send('POST', '/account/timezone', { timezone: 'Asia/Shanghai' })
    const days = await ask('statistics/daily-messages')
    const hour = await ask(
      `statistics/daily-messages?start=${encodeURIComponent('2026-03-01 18:01')}&end=${encodeURIComponent('2026-03-01 18:59')}`,
    )
    await talks.session.send('POST', '/account/timezone', { timezone: 'UTC' })
    expect(days).toEqual([
      { date: '2026-03-01', message_count: 2 },
      { date: '2026-03-02', message_count: 1 },
      { date: '2026-03-03', message_count: 1 },
    ])
    expect(hour).toEqual([{ date: '2026-03-01', message_count: 1 }])
  })

  it('are empty where nothing happened', async () => {
    const silent = await talks.server.createApp(talks.session, { mode: 'completion' })
    expect(await ask('statistics/daily-messages', silent)).toEqual([])
    expect(await ask(`statistics/token-costs?${march}`, silent)).toEqual([])
  })

  describe('of workflows', () => {
    let workflow: { readonly id: string }
    beforeAll(async () => {
      const created = { name: 'Flow', mode: 'workflow', icon_type: 'emoji', icon: '🧪', icon_background: '#fff' }
      workflow = (await talks.session.send('POST', '/apps', created)).body
      const users = [newId(), newId()]
      const run = (user: string | undefined, more: { readonly triggered_from?: string; readonly status?: 'failed' } = {}) => ({
        id: newId(),
        tenant_id: talks.tenantId,
        app_id: workflow.id,
        kind: 'workflow' as const,
        task_id: newId(),
        conversation_id: null,
        message_id: null,
        status: 'succeeded' as const,
        invoke_from: 'service-api',
        from_end_user_id: user ?? null,
        from_account_id: null,
        api_key_id: null,
        host_id: newId(),
        epoch: 1,
        stop_requested_at: null,
        error_code: null,
        error: null,
        total_tokens: 50,
        ledger: null,
        workflow_id: null,
        triggered_from: 'app-run',
        inputs: null,
        outputs: null,
        total_steps: 1,
        exceptions_count: 0,
        elapsed_ms: 200,
        created_at: at('2026-03-01T10:00:00Z'),
        finished_at: at('2026-03-01T10:00:01Z'),
        ...more,
      })
      const runs = [run(users[0]), run(users[0]), run(users[1], { status: 'failed' }), run(users[1], { triggered_from: 'debugging' })]
      await talks.db.insertInto('runs').values(runs).execute()
    })

    it.each([
      ['daily-conversations', { runs: 3 }],
      ['daily-terminals', { terminal_count: 2 }],
      ['token-costs', { token_count: 150 }],
      ['average-app-interactions', { interactions: 1.5 }],
    ])('%s', async (chart, figures) => {
      const { body } = await talks.session.send('GET', `/apps/${workflow.id}/workflow/statistics/${chart}`)
      expect(body).toEqual({ data: [{ date: '2026-03-01', ...figures }] })
    })

    it('are not those of apps that answer', async () => {
      for (const path of [`${workflow.id}/statistics/daily-messages`, `${app.id}/workflow/statistics/token-costs`]) {
        expect(await talks.session.send('GET', `/apps/${path}`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
      }
    })

    it('are monitored with the cost of their calls of models, trials among them', async () => {
      const call = (more: { readonly app_id?: string; readonly cost_usd_nano: number; readonly created_at: number }) => ({
        ...modelCall,
        id: newId(),
        tenant_id: talks.tenantId,
        app_id: workflow.id,
        ...more,
      })
      const yesterday = Date.now() - DAY_MS
      await talks.db
        .insertInto('model_calls')
        .values([
          call({ cost_usd_nano: 1_500_000_000, created_at: yesterday }),
          call({ cost_usd_nano: 250_000_000, created_at: yesterday - 3 * DAY_MS }),
          call({ cost_usd_nano: 500_000_000, created_at: yesterday - 9 * DAY_MS }),
          call({ app_id: app.id, cost_usd_nano: 9, created_at: yesterday }),
        ])
        .execute()
      const { body } = await talks.session.send('GET', `/apps/${workflow.id}/monitoring`)
      expect(body.current.costs).toEqual([{ currency: 'USD', amount: '1.75' }])
      expect(body.spans.flatMap(({ costs }: { readonly costs: readonly unknown[] }) => costs)).toEqual([
        { currency: 'USD', amount: '0.25' },
        { currency: 'USD', amount: '1.5' },
      ])
      expect(body.previous.costs).toEqual([{ currency: 'USD', amount: '0.5' }])
    })

    it('are monitored by what their days came to where single calls are no longer kept', async () => {
      const day = { ...usageDay, tenant_id: talks.tenantId, app_id: workflow.id }
      await talks.db
        .insertInto('model_usage_days')
        .values([
          { ...day, day: at('2025-03-01T00:00:00Z'), cost_usd_nano: 2_000_000_000 },
          { ...day, day: at('2025-03-04T00:00:00Z'), cost_usd_nano: 9 },
        ])
        .execute()
      const { body } = await talks.session.send('GET', `/apps/${workflow.id}/monitoring?${march.replaceAll('2026', '2025')}`)
      expect(body.current.costs).toEqual([{ currency: 'USD', amount: '2' }])
    })

    it('are monitored without what runs do not tell', async () => {
      const { body } = await talks.session.send('GET', `/apps/${workflow.id}/monitoring?${march}`)
      expect(body.current).toMatchObject({
        messages: 3,
        conversations: null,
        users: 2,
        tokens: 150,
        tokens_per_second: null,
        latency_p50: 0.2,
        failed: 1,
      })
    })
  })

  describe('for monitoring', () => {
    it('stand beside the window before', async () => {
      const window = `start=${encodeURIComponent('2026-03-03 00:00')}&end=${encodeURIComponent('2026-03-05 23:59')}`
      const { status, body } = await talks.session.send('GET', `/apps/${app.id}/monitoring?${window}`)
      expect([status, body]).toEqual([
        200,
        {
          start: at('2026-03-03T00:00:00Z') / 1000,
          end: at('2026-03-06T00:00:00Z') / 1000,
          unit: 'day',
          current: expect.objectContaining({ messages: 1, users: 1, failed: 1, costs: [], latency_p50: null, tokens_per_second: null }),
          previous: {
            messages: 3,
            conversations: 2,
            users: 2,
            tokens: 360,
            costs: [
              { currency: 'RMB', amount: '0.001' },
              { currency: 'USD', amount: '0.002' },
            ],
            latency_p50: 1,
            latency_p95: 3,
            tokens_per_second: 12,
            failed: 0,
            liked: 1,
            disliked: 0,
          },
          spans: [3, 4, 5].map((day) =>
            expect.objectContaining({ start: at(`2026-03-0${day}T00:00:00Z`) / 1000, messages: day === 3 ? 1 : 0 }),
          ),
          previous_spans: [0, 3, 0].map((messages, day) =>
            expect.objectContaining({ start: (at('2026-02-28T00:00:00Z') + day * DAY_MS) / 1000, messages }),
          ),
        },
      ])
    })

    it('go by the hour in short windows, and by the last seven days where none is named', async () => {
      const short = `start=${encodeURIComponent('2026-03-01 10:00')}&end=${encodeURIComponent('2026-03-01 11:59')}`
      const { body } = await talks.session.send('GET', `/apps/${app.id}/monitoring?${short}`)
      expect([body.unit, body.spans.map((span: { readonly messages: number }) => span.messages)]).toEqual(['hour', [2, 0]])
      const week = await talks.session.send('GET', `/apps/${app.id}/monitoring`)
      expect(week.body.end - week.body.start).toBe((7 * DAY_MS) / 1000)
    })

    it.each([
      ['a window in the future', 'start=2999-01-01%2000:00', { reason: 'period_future', values: {} }],
      ['a window of years', 'start=2020-01-01%2000:00', { reason: 'period_too_long', values: { limit: 400 } }],
      [
        'a window that ends before it begins',
        'start=2026-03-02%2000:00&end=2026-03-01%2000:00',
        { reason: 'period_backwards', values: {} },
      ],
    ])('refuse %s', async (_, query, details) => {
      expect(await talks.session.send('GET', `/apps/${app.id}/monitoring?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid_param', details },
      })
    })
  })

  it('are closed to other workspaces', async () => {
    const stranger = await signInElsewhere(talks)
    for (const path of ['statistics/daily-messages', 'statistics/token-costs', 'monitoring']) {
      expect(await stranger.send('GET', `/apps/${app.id}/${path}`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    }
  })
})

const modelCall = {
  api_key_id: null,
  end_user_id: null,
  account_id: null,
  run_id: null,
  message_id: null,
  purpose: 'node',
  provider: 'langgenius/openai/openai',
  model: 'gpt-4o-mini',
  model_type: 'llm',
  outcome: 'succeeded',
  prompt_tokens: 10,
  completion_tokens: 1,
  is_estimated: 0,
  price_nano: 0,
  currency: 'USD',
  is_priced: 1,
  latency_ms: 10,
} as const

const usageDay = {
  api_key_id: '',
  user_id: '',
  user_type: '',
  provider: 'langgenius/openai/openai',
  model: 'gpt-4o-mini',
  purpose: 'node',
  calls: 1,
  failed_calls: 0,
  unpriced_calls: 0,
  prompt_tokens: 10,
  completion_tokens: 1,
} as const
