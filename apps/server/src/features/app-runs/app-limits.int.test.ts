import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeOnCluster } from '../../testing/describe-on-cluster.ts'
import { type GatedProvider, startGatedProvider } from '../../testing/gated-provider.ts'
import { type ConsoleSession, type JsonReply, sendJson, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'

const config = { model: { provider: 'openai', name: 'gpt-5.6-luna', mode: 'chat', completion_params: {} } }
const env = { APP_MAX_ACTIVE_REQUESTS: '30', APP_DAILY_RATE_LIMIT: '100000' }
const none = { max_active_requests: null, requests_per_minute: null, requests_per_hour: null, requests_per_day: null }

/** On servers that share a database: the first is set up, all are called. */
function describeLimits(servers: () => readonly [TestServer, ...TestServer[]]): void {
  let provider: GatedProvider
  let owner: ConsoleSession
  let app: TestApp
  beforeAll(async () => {
    provider = await startGatedProvider()
    owner = await servers()[0].setup()
    const credentials = { openai_api_key: 'sk-test', openai_api_base: provider.url }
    const added = await owner.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    expect([added.status, added.body]).toEqual([201, expect.anything()])
    app = await servers()[0].createApp(owner, { mode: 'chat', config })
  })
  afterAll(() => provider.close())

  const question = { query: 'Hello', inputs: {}, response_mode: 'blocking', auto_generate_name: false }
  const ask = (server: TestServer): Promise<JsonReply> =>
    sendJson(`${server.url}/v1/chat-messages`, 'POST', { ...question, user: 'ada' }, { authorization: `Bearer ${app.key}` })
  const askAll = (count: number): readonly Promise<JsonReply>[] =>
    Array.from({ length: count }, (_, place) => ask(servers()[place % servers().length] ?? servers()[0]))
  const limit = (limits: object) => owner.send('PATCH', `/apps/${app.id}/limits`, limits)
  const statuses = (replies: readonly JsonReply[]) => replies.map(({ status }) => status).sort()

  it('are set one by one, told with the ceilings of the server, and kept by whoever does not name them', async () => {
    const path = `/apps/${app.id}/limits`
    const ceilings = { ...none, max_active_requests: 30, requests_per_day: 100_000 }
    expect((await owner.send('GET', path)).body).toEqual({ ...none, ceilings, default_active_requests: null })
    expect(await limit({ max_active_requests: 9, requests_per_hour: 500 })).toMatchObject({
      status: 200,
      body: { max_active_requests: 9, requests_per_hour: 500, requests_per_minute: null, ceilings },
    })
    await limit({ max_active_requests: 0 })
    expect((await owner.send('GET', path)).body).toMatchObject({ max_active_requests: null, requests_per_hour: 500 })
    await owner.send('PUT', `/apps/${app.id}`, { name: 'Limited', max_active_requests: 4 })
    expect((await owner.send('GET', path)).body).toMatchObject({ max_active_requests: 4, requests_per_hour: 500 })
    const copied = await owner.send('POST', `/apps/${app.id}/copy`, {})
    expect((await owner.send('GET', `/apps/${copied.body.id}/limits`)).body).toMatchObject({
      max_active_requests: 4,
      requests_per_hour: 500,
    })
    expect(await limit({ requests_per_day: -1 })).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
    expect((await limit(none)).body).toMatchObject(none)
  })

  it('let exactly so many of 200 requests at once run, and give each place back', async () => {
    await limit({ max_active_requests: 7 })
    let refused = 0
    const calls = askAll(200)
    for (const call of calls) void call.then(() => (refused += 1))
    await vi.waitFor(() => expect([refused, provider.asked]).toEqual([193, 7]), { timeout: 60_000, interval: 100 })
    provider.open()
    const replies = await Promise.all(calls)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(7)
    const refusals = replies.filter(({ status }) => status === 429)
    expect(refusals).toHaveLength(193)
    expect(refusals[0]?.headers.get('retry-after')).toBe('1')
    expect(refusals[0]?.body).toEqual({
      code: 'too_many_requests',
      status: 429,
      message: 'Too many requests. Please try again later. The current maximum concurrent requests allowed is 7.',
      details: { reason: 'app_busy', values: { limit: 7 } },
    })
    expect(provider.asked).toBe(7)
    await vi.waitFor(async () => expect(statuses(await Promise.all(askAll(6)))).toEqual(Array(6).fill(200)), { timeout: 10_000 })
    await limit(none)
  }, 90_000)

  it('let exactly so many requests a minute pass, callers’ alone, and refuse on without counting against other windows', async () => {
    provider.open()
    await limit({ requests_per_minute: 5, requests_per_hour: 20 })
    const replies = await Promise.all(askAll(25))
    expect(statuses(replies)).toEqual([...Array(5).fill(200), ...Array(20).fill(429)])
    const refusal = replies.find(({ status }) => status === 429)
    expect(refusal?.body).toMatchObject({ code: 'too_many_requests', message: expect.stringContaining('allowed is 5 per minute') })
    const seconds = Number(refusal?.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    const trial = { ...question, response_mode: 'streaming', model_config: (await owner.send('GET', `/apps/${app.id}`)).body.model_config }
    expect((await owner.fetch('POST', `/apps/${app.id}/chat-messages`, trial)).status).toBe(200)
    await limit({ requests_per_minute: null })
    await vi.waitFor(async () => expect((await ask(servers()[0])).status).toBe(200))
    await limit(none)
  })
}

describe('limits of an app on SQLite', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ env })
  })
  afterAll(() => server?.close())
  describeLimits(() => [server])
})

await describeOnCluster('limits of an app on PostgreSQL and Redis', { env }, (cluster) => {
  describeLimits(() => [cluster().a, cluster().b])
})
