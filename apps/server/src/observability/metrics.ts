import type { QueueStats } from '@trellis/spec'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { createEgressMetrics, type EgressMetrics } from './egress-metrics.ts'
import { registerProcessMetrics } from './process-metrics.ts'

export type RunOutcome = 'succeeded' | 'partial-succeeded' | 'failed' | 'stopped' | 'interrupted' | 'paused'

export interface Metrics extends EgressMetrics {
  /** `route` is the pattern that matched, never the address itself. */
  httpRequest(seen: { readonly route: string; readonly method: string; readonly status: number; readonly seconds: number }): void
  runStarted(seen: { readonly mode: string }): void
  /** `firstTokenSeconds` from the request's arrival to its first piece of text, where there was one. */
  runFinished(seen: {
    readonly mode: string
    readonly outcome: RunOutcome
    readonly seconds: number
    readonly firstTokenSeconds?: number
  }): void
  /** Counts an open event stream until the function that it gives back is called. */
  streamOpened(): () => void
  modelCall(seen: {
    readonly provider: string
    /** `succeeded`, `aborted`, or the kind of the provider's failure. */
    readonly outcome: string
    readonly seconds: number
    readonly promptTokens?: number
    readonly completionTokens?: number
  }): void
  job(seen: { readonly name: string; readonly outcome: 'succeeded' | 'failed' | 'retried'; readonly seconds: number }): void
  databaseQuery(seen: { readonly seconds: number }): void
  /** Prometheus' text format. */
  render(): Promise<string>
  readonly contentType: string
  close(): void
}

export interface MetricsOptions {
  readonly version: string
  readonly role: string
  /** Asked whenever the figures are read; its failure leaves the last ones. */
  readonly queueStats?: () => Promise<QueueStats>
}

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60]
const runSeconds = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1200]
const firstTokenSeconds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const querySeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5]

/** The figures of one process, in a registry of their own. Labels are bounded, whatever callers send. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const processMetrics = registerProcessMetrics(registry)
  new Gauge({ name: 'trellis_build_info', help: 'Version and role of the process.', labelNames: ['version', 'role'], registers }).set(
    { version: options.version, role: options.role },
    1,
  )
  if (options.queueStats) registerQueueMetrics(registers, options.queueStats)
  return {
    ...createHttpMetrics(registers),
    ...createRunMetrics(registers),
    ...createModelMetrics(registers),
    ...createBackgroundMetrics(registers),
    ...createEgressMetrics(registers),
    render: () => registry.metrics(),
    contentType: registry.contentType,
    close: () => {
      processMetrics.close()
      registry.clear()
    },
  }
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

function createHttpMetrics(registers: Registry[]): Pick<Metrics, 'httpRequest' | 'streamOpened'> {
  const requests = new Counter({
    name: 'trellis_http_requests_total',
    help: 'Requests by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'trellis_http_request_seconds',
    help: 'Time from the request to the end of its answer. Streams count until they end.',
    labelNames: ['route', 'method'],
    buckets: requestSeconds,
    registers,
  })
  const streams = new Gauge({ name: 'trellis_open_streams', help: 'Event streams that are open.', registers })
  const routes = createBound(1_000)
  return {
    httpRequest({ route, method, status, seconds }) {
      const labels = { route: routes(route), method: methods.has(method) ? method : 'OTHER' }
      requests.inc({ ...labels, status: status >= 100 && status < 600 ? String(status) : 'other' })
      durations.observe(labels, seconds)
    },
    streamOpened() {
      let isOpen = true
      streams.inc()
      return () => {
        if (isOpen) streams.dec()
        isOpen = false
      }
    },
  }
}

function createRunMetrics(registers: Registry[]): Pick<Metrics, 'runStarted' | 'runFinished'> {
  const started = new Counter({
    name: 'trellis_runs_started_total',
    help: 'Runs that began, by app mode.',
    labelNames: ['mode'],
    registers,
  })
  const finished = new Counter({
    name: 'trellis_runs_finished_total',
    help: 'Runs that ended, by app mode and outcome.',
    labelNames: ['mode', 'outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'trellis_run_seconds',
    help: 'Duration of runs.',
    labelNames: ['mode'],
    buckets: runSeconds,
    registers,
  })
  const firstTokens = new Histogram({
    name: 'trellis_run_first_token_seconds',
    help: 'Time from the request to the first piece of text.',
    labelNames: ['mode'],
    buckets: firstTokenSeconds,
    registers,
  })
  const modes = createBound(20)
  return {
    runStarted: ({ mode }) => started.inc({ mode: modes(mode) }),
    runFinished({ outcome, seconds, firstTokenSeconds, ...seen }) {
      const mode = modes(seen.mode)
      finished.inc({ mode, outcome })
      durations.observe({ mode }, seconds)
      if (firstTokenSeconds !== undefined) firstTokens.observe({ mode }, firstTokenSeconds)
    },
  }
}

function createModelMetrics(registers: Registry[]): Pick<Metrics, 'modelCall'> {
  const calls = new Counter({
    name: 'trellis_model_calls_total',
    help: 'Calls of model providers, by provider and outcome.',
    labelNames: ['provider', 'outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'trellis_model_call_seconds',
    help: 'Duration of calls of model providers, streams until their end.',
    labelNames: ['provider'],
    buckets: runSeconds,
    registers,
  })
  const tokens = new Counter({
    name: 'trellis_model_tokens_total',
    help: 'Tokens by provider and kind (prompt, completion).',
    labelNames: ['provider', 'kind'],
    registers,
  })
  const providers = createBound(100)
  const outcomes = createBound(20)
  return {
    modelCall({ outcome, seconds, promptTokens = 0, completionTokens = 0, ...seen }) {
      const provider = providers(seen.provider)
      calls.inc({ provider, outcome: outcomes(outcome) })
      durations.observe({ provider }, seconds)
      if (promptTokens > 0) tokens.inc({ provider, kind: 'prompt' }, promptTokens)
      if (completionTokens > 0) tokens.inc({ provider, kind: 'completion' }, completionTokens)
    },
  }
}

function createBackgroundMetrics(registers: Registry[]): Pick<Metrics, 'job' | 'databaseQuery'> {
  const jobs = new Counter({ name: 'trellis_jobs_total', help: 'Jobs by name and outcome.', labelNames: ['name', 'outcome'], registers })
  const durations = new Histogram({
    name: 'trellis_job_seconds',
    help: 'Duration of jobs.',
    labelNames: ['name'],
    buckets: runSeconds,
    registers,
  })
  const queries = new Histogram({
    name: 'trellis_database_query_seconds',
    help: 'Duration of database statements.',
    buckets: querySeconds,
    registers,
  })
  const names = createBound(200)
  return {
    job({ outcome, seconds, ...seen }) {
      const name = names(seen.name)
      jobs.inc({ name, outcome })
      durations.observe({ name }, seconds)
    },
    databaseQuery: ({ seconds }) => queries.observe(seconds),
  }
}

function registerQueueMetrics(registers: Registry[], queueStats: () => Promise<QueueStats>): void {
  const jobs = new Gauge({
    name: 'trellis_queue_jobs',
    help: 'Jobs of the whole installation, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const stats = await queueStats().catch(() => undefined)
      if (!stats) return
      jobs.set({ state: 'waiting' }, stats.waiting)
      jobs.set({ state: 'running' }, stats.running)
      jobs.set({ state: 'failed' }, stats.failed)
    },
  })
}

/** Lets the first `limit` values through and calls the rest `other`: every label value is a series that lives as long as the process. */
function createBound(limit: number): (value: string) => string {
  const known = new Set<string>()
  return (value) => {
    if (known.has(value)) return value
    if (known.size >= limit) return 'other'
    known.add(value)
    return value
  }
}
