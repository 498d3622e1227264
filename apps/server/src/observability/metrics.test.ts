import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMetrics, type Metrics } from './metrics.ts'

let metrics: Metrics
beforeEach(() => {
  metrics = createMetrics({ version: '1.2.3', role: 'all', queueStats: async () => ({ waiting: 3, running: 2, failed: 1 }) })
})
afterEach(() => metrics.close())

const linesOf = async () => (await metrics.render()).split('\n')

describe('createMetrics', () => {
  it('counts requests by route, method and status', async () => {
    metrics.httpRequest({ route: '/v1/parameters', method: 'GET', status: 200, seconds: 0.02 })
    metrics.httpRequest({ route: '/v1/parameters', method: 'GET', status: 200, seconds: 0.02 })
    metrics.httpRequest({ route: '/v1/parameters', method: 'BREW', status: 418, seconds: 0.02 })
    const lines = await linesOf()
    expect(lines).toContain('trellis_http_requests_total{route="/v1/parameters",method="GET",status="200"} 2')
    expect(lines).toContain('trellis_http_requests_total{route="/v1/parameters",method="OTHER",status="418"} 1')
    expect(lines).toContain('trellis_http_request_seconds_bucket{le="0.025",route="/v1/parameters",method="GET"} 2')
  })

  it('counts runs, their duration and their first token', async () => {
    metrics.runStarted({ mode: 'chat' })
    metrics.runFinished({ mode: 'chat', outcome: 'succeeded', seconds: 2, firstTokenSeconds: 0.2 })
    metrics.runStarted({ mode: 'chat' })
    metrics.runFinished({ mode: 'chat', outcome: 'stopped', seconds: 1 })
    const lines = await linesOf()
    expect(lines).toContain('trellis_runs_started_total{mode="chat"} 2')
    expect(lines).toContain('trellis_runs_finished_total{mode="chat",outcome="stopped"} 1')
    expect(lines).toContain('trellis_run_seconds_sum{mode="chat"} 3')
    expect(lines).toContain('trellis_run_first_token_seconds_count{mode="chat"} 1')
  })

  it('counts a stream as open until it is closed, once', async () => {
    const close = metrics.streamOpened()
    metrics.streamOpened()
    close()
    close()
    expect(await linesOf()).toContain('trellis_open_streams 1')
  })

  it('counts calls and tokens by provider', async () => {
    metrics.modelCall({ provider: 'openai', outcome: 'succeeded', seconds: 1, promptTokens: 10, completionTokens: 5 })
    metrics.modelCall({ provider: 'openai', outcome: 'rate-limit', seconds: 0.1 })
    const lines = await linesOf()
    expect(lines).toContain('trellis_model_calls_total{provider="openai",outcome="rate-limit"} 1')
    expect(lines).toContain('trellis_model_tokens_total{provider="openai",kind="prompt"} 10')
    expect(lines).toContain('trellis_model_tokens_total{provider="openai",kind="completion"} 5')
  })

  it('counts jobs and statements', async () => {
    metrics.job({ name: 'send-mail', outcome: 'failed', seconds: 1 })
    metrics.databaseQuery({ seconds: 0.002 })
    const lines = await linesOf()
    expect(lines).toContain('trellis_jobs_total{name="send-mail",outcome="failed"} 1')
    expect(lines).toContain('trellis_database_query_seconds_bucket{le="0.0025"} 1')
  })

  it('reads queue and process when it is asked', async () => {
    const lines = await linesOf()
    expect(lines).toContain('trellis_queue_jobs{state="waiting"} 3')
    expect(lines).toContain('trellis_build_info{version="1.2.3",role="all"} 1')
    for (const name of [
      'trellis_memory_bytes{kind="resident"}',
      'trellis_event_loop_lag_seconds{quantile="0.99"}',
      'trellis_cpu_seconds_total',
    ]) {
      const line = lines.find((candidate) => candidate.startsWith(`${name} `))
      expect(Number(line?.slice(name.length)), name).toBeGreaterThanOrEqual(0)
    }
  })

  it('renders although the queue cannot be asked', async () => {
    const lonely = createMetrics({ version: '1', role: 'api', queueStats: () => Promise.reject(new Error('gone')) })
    expect(await lonely.render()).toContain('trellis_build_info')
    lonely.close()
  })

  it('bounds its series, whatever it is told', async () => {
    for (let index = 0; index < 5_000; index++) {
      metrics.httpRequest({ route: `/x/${index}`, method: 'GET', status: 404, seconds: 0.001 })
      metrics.modelCall({ provider: `custom-${index}`, outcome: `o-${index}`, seconds: 0.001 })
    }
    const lines = await linesOf()
    expect(lines).toContain('trellis_http_requests_total{route="other",method="GET",status="404"} 4000')
    expect(lines.filter((line) => line.startsWith('trellis_model_call_seconds_count')).length).toBeLessThanOrEqual(101)
  })

  it('names everything trellis_', async () => {
    const names = (await linesOf()).filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2])
    expect(names.length).toBeGreaterThan(15)
    for (const name of names) expect(name).toMatch(/^trellis_/)
  })

  it('lets two processes of one test live side by side', () => {
    const other = createMetrics({ version: '1', role: 'worker' })
    other.close()
  })
})
