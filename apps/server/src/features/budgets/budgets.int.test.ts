import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeOnCluster } from '../../testing/describe-on-cluster.ts'
import { GATED_USAGE, type GatedProvider, startGatedProvider } from '../../testing/gated-provider.ts'
import { type ConsoleSession, type JsonReply, sendJson, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'
import { createWorkflowApp, graphOf } from '../../testing/workflows/workflow-app.ts'

const BUDGETS = '/workspaces/current/budgets'
const MODEL = 'gpt-5.6-luna'
/** Dollars a token. */
const PRICE = { in: 0.2e-6, out: 1.2e-6 }
const MAX_TOKENS = 1_000
/** "Hello" as it is counted: a token with its margin, and what frames a message and the whole. */
const WORST = 18 * PRICE.in + MAX_TOKENS * PRICE.out
const ACTUAL = GATED_USAGE.prompt_tokens * PRICE.in + GATED_USAGE.completion_tokens * PRICE.out

const config = { model: { provider: 'openai', name: MODEL, mode: 'chat', completion_params: { max_tokens: MAX_TOKENS } } }

/** On servers that share a database: the first is set up, all are called. */
function describeBudgets(servers: () => readonly TestServer[]): void {
  let provider: GatedProvider
  let owner: ConsoleSession
  let app: TestApp
  beforeAll(async () => {
    provider = await startGatedProvider()
    const [server] = servers()
    if (!server) throw new TypeError('There is no server')
    owner = await server.setup()
    const credentials = { openai_api_key: 'sk-test', openai_api_base: provider.url }
    const added = await owner.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    expect([added.status, added.body]).toEqual([201, expect.anything()])
    app = await server.createApp(owner, { mode: 'chat', config })
  })
  afterAll(() => provider.close())

  const ask = (server: TestServer | undefined, key = app.key): Promise<JsonReply> =>
    sendJson(
      `${server?.url}/v1/chat-messages`,
      'POST',
      { query: 'Hello', inputs: {}, user: 'ada', response_mode: 'blocking', auto_generate_name: false },
      { authorization: `Bearer ${key}` },
    )
  const setBudget = async (wanted: object) => {
    const { status, body } = await owner.send('POST', BUDGETS, { target: { type: 'workspace' }, period: 'month', ...wanted })
    expect([status, body]).toEqual([201, expect.anything()])
    return body
  }
  const dropBudget = async ({ id }: { readonly id: string }) => expect((await owner.send('DELETE', `${BUDGETS}/${id}`)).status).toBe(204)
  const read = async ({ id }: { readonly id: string }) =>
    (await owner.send('GET', BUDGETS)).body.data.find((budget: { readonly id: string }) => budget.id === id)

  it('let as many of 200 calls at once pass as they cover the worst case of, and have the rest back', async () => {
    const budget = await setBudget({ amount: 50.5 * WORST })
    expect(budget).toMatchObject({ used: '0', reserved: '0', state: 'within', warn_percent: 80, stops: true })
    let refused = 0
    const calls = Array.from({ length: 200 }, (_, place) => {
      const call = ask(servers()[place % servers().length])
      void call.then(() => {
        refused += 1
      })
      return call
    })
    await vi.waitFor(() => expect([refused, provider.asked]).toEqual([150, 50]), { timeout: 60_000, interval: 100 })
    expect(Number((await read(budget)).reserved)).toBeCloseTo(50 * WORST, 9)
    provider.open()
    const replies = await Promise.all(calls)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(50)
    const refusal = replies.find(({ status }) => status !== 200)
    expect(refusal).toMatchObject({
      status: 400,
      body: {
        code: 'provider_quota_exceeded',
        message: expect.stringMatching(/monthly budget of this workspace .* are used.* renews on .* Owners/),
      },
    })
    expect(provider.asked).toBe(50)
    await vi.waitFor(async () => expect(Number((await read(budget)).reserved)).toBe(0))
    expect(await read(budget)).toMatchObject({ used: String(Number((50 * ACTUAL).toFixed(9))), refused_calls: 150 })
    const more = await Promise.all(servers().map((server) => ask(server)))
    expect(more.map(({ status }) => status)).toEqual(servers().map(() => 200))
    await dropBudget(budget)
  }, 90_000)

  it('are changed with effect at once, on whichever server, and count what was spent before them', async () => {
    const isKnown = async () => (await owner.send('GET', '/workspaces/current/usage')).body.current.calls > 50
    await vi.waitFor(async () => expect(await isKnown()).toBe(true), 5_000)
    const budget = await setBudget({ amount: 0.000_001 })
    expect(Number(budget.used)).toBeGreaterThan(50 * ACTUAL)
    expect(budget).toMatchObject({ state: 'spent' })
    const last = servers().at(-1)
    await vi.waitFor(async () => expect((await ask(last)).status).toBe(400))
    expect((await owner.send('PATCH', `${BUDGETS}/${budget.id}`, { amount: 1 })).body).toMatchObject({ amount: '1', state: 'within' })
    expect((await ask(last)).status).toBe(200)
    await owner.send('PATCH', `${BUDGETS}/${budget.id}`, { amount: 0.000_001, stops: false })
    expect((await ask(last)).status).toBe(200)
    await dropBudget(budget)
  })

  it('fail the node of a workflow, which its strategy sees', async () => {
    const [server] = servers()
    if (!server) throw new TypeError('There is no server')
    const ask = {
      type: 'llm',
      model: config.model,
      prompt_template: [{ role: 'user', text: 'Hello' }],
      error_strategy: 'default-value',
      default_value: [{ key: 'text', type: 'string', value: 'Later' }],
    }
    const outputs = [
      { variable: 'text', value_selector: ['ask', 'text'] },
      { variable: 'type', value_selector: ['ask', 'error_type'] },
      { variable: 'why', value_selector: ['ask', 'error_message'] },
    ]
    const flow = await createWorkflowApp(
      server,
      owner,
      graphOf({ start: { type: 'start', variables: [] }, ask, end: { type: 'end', outputs } }, ['start -> ask', 'ask -> end']),
    )
    const budget = await setBudget({ target: { type: 'app', app_id: flow.id }, amount: 0.000_001, period: 'total' })
    const runs = async () => (await flow.run({})).body.data
    await vi.waitFor(async () => expect(await runs()).toMatchObject({ status: 'partial-succeeded' }))
    expect((await runs()).outputs).toEqual({
      text: 'Later',
      type: 'QuotaExceededError',
      why: expect.stringContaining('The budget of this app does not cover this call'),
    })
    await dropBudget(budget)
    expect(await runs()).toMatchObject({ status: 'succeeded', outputs: { text: 'Done' } })
  })

  it('of a key hold its calls alone', async () => {
    const created = (await owner.send('POST', `/apps/${app.id}/api-keys`)).body
    const budget = await setBudget({
      target: { type: 'key', key_id: created.id },
      amount: 0.000_001,
      period: 'day',
      timezone: 'Asia/Shanghai',
    })
    expect(budget.target).toMatchObject({ type: 'key', app_id: app.id, name: 'Test app', token: expect.stringMatching(/^app-.{4}\.\.\./) })
    const [server] = servers()
    await vi.waitFor(async () => expect((await ask(server, created.token)).status).toBe(400))
    expect((await ask(server)).status).toBe(200)
    await dropBudget(budget)
  })
}

describe('budgets on SQLite', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server?.close())
  describeBudgets(() => [server])

  describe('in the console', () => {
    let owner: ConsoleSession
    beforeAll(async () => {
      owner = await server.login('ann@example.com', 'correct horse 1')
    })
    it.each([
      ['an amount of nothing', { target: { type: 'workspace' }, period: 'day', amount: 0 }, 400, 'invalid_param'],
      ['an amount that nobody has', { target: { type: 'workspace' }, period: 'day', amount: 1e7 }, 400, 'invalid_param'],
      [
        'a time zone that there is not',
        { target: { type: 'workspace' }, period: 'day', amount: 1, timezone: 'Mars' },
        400,
        'invalid_param',
      ],
      [
        'another’s app',
        { target: { type: 'app', app_id: '0196f1b2-7a3c-7d00-8000-0123456789ab' }, period: 'day', amount: 1 },
        404,
        'app_not_found',
      ],
      [
        'another’s key',
        { target: { type: 'key', key_id: '0196f1b2-7a3c-7d00-8000-0123456789ab' }, period: 'day', amount: 1 },
        404,
        'not_found',
      ],
    ])('refuse %s', async (_what, body, status, code) => {
      expect(await owner.send('POST', BUDGETS, body)).toMatchObject({ status, body: { code } })
    })

    it('stand in the audit log', async () => {
      const { data } = (await owner.send('GET', '/workspaces/current/audit-log?action=budget&limit=3')).body
      expect(data.map(({ action }: { readonly action: string }) => action)).toContain('budget.delete')
    })

    it('stand beside the usage that they hold, by model, app, person and key', async () => {
      const { body } = await owner.send('GET', '/workspaces/current/usage')
      const { calls } = body.current
      expect(calls).toBeGreaterThan(50)
      expect(Number(body.current.cost)).toBeCloseTo(calls * ACTUAL, 9)
      expect(body.current).toMatchObject({ prompt_tokens: calls * 10, completion_tokens: calls * 5, failed_calls: 0, unpriced_calls: 0 })
      expect(body).toMatchObject({
        previous: { calls: 0, cost: '0' },
        models: [{ provider: 'langgenius/openai/openai', model: MODEL, calls }],
        apps: [
          { name: 'Test app', calls: calls - 1 },
          { name: 'Flow', calls: 1 },
        ],
        people: [
          { type: 'end_user', name: 'ada', session_id: 'ada', calls: calls - 1 },
          { type: 'end_user', name: 'u1', calls: 1 },
        ],
        keys: [
          { app_name: 'Test app', calls: calls - 1 },
          { app_name: 'Flow', calls: 1 },
        ],
        purposes: [
          { purpose: 'turn', calls: calls - 1 },
          { purpose: 'node', calls: 1 },
        ],
      })
      expect(body.days).toHaveLength(30)
      expect(body.days.at(-1).calls + body.days.at(-2).calls).toBe(calls)
      const csv = await (await owner.fetch('GET', '/workspaces/current/usage/export?model=gpt-5.6-luna')).text()
      expect(csv.split('\r\n')[1]).toContain(`Test app,app-`)
      expect((await owner.send('GET', '/workspaces/current/usage?model=other')).body.current.calls).toBe(0)
      expect((await owner.send('GET', '/workspaces/current/usage?start=2026-03-02&end=2026-03-01')).status).toBe(400)
    })
  })
})

await describeOnCluster('budgets on PostgreSQL with two servers', {}, (cluster) => {
  describeBudgets(() => [cluster().a, cluster().b])
})
