import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from '@trellis/config'
import { createEgressGuard, type EgressAccess, type EgressGuard, type EgressProxyOptions, startEgressProxy } from '@trellis/kit'
import type { Logger } from '@trellis/spec'
import { StartupError } from './data-folder.ts'
import { toGuardOptions } from './guard-options.ts'
import { judgeMetricsReader } from './http/metrics-access.ts'
import type { RunningProcess } from './lifecycle.ts'
import { createMetrics, type Metrics } from './observability/index.ts'

export interface SsrfProxyOptions {
  readonly config: Config
  readonly logger: Logger
  readonly version: string
  /** Tests: resolvers of their own. */
  readonly guard?: EgressGuard
}

/** The role `ssrf-proxy`: the policy for content as a forward proxy, with no database and no secrets. `/health` and `/metrics` are its own. */
export async function startSsrfProxy({
  config,
  logger,
  version,
  guard,
}: SsrfProxyOptions): Promise<Pick<RunningProcess, 'address' | 'close'>> {
  const { egressProxy, server } = config
  const metrics = createMetrics({ version, role: config.role })
  try {
    const proxy = await startEgressProxy({
      guard: guard ?? createEgressGuard(toGuardOptions(config)),
      listen: { host: server.host, port: egressProxy.port },
      limits: { ...egressProxy, connectTimeoutMs: Math.max(config.egress.connectTimeoutMs, 10_000) },
      onAccess: (access) => {
        metrics.egressAccess(access)
        logAccess(access, logger)
      },
      answerOwn: answerOwnWith({ config, metrics, version }),
    }).catch((cause: unknown) => {
      throw toStartupError(cause, { host: server.host, port: egressProxy.port })
    })
    metrics.watchEgressConnections(proxy.openConnections)
    return {
      address: proxy.address,
      async close({ graceMs } = { graceMs: server.shutdownGraceMs }) {
        await proxy.close(graceMs)
        metrics.close()
      },
    }
  } catch (error) {
    metrics.close()
    throw error
  }
}

function logAccess({ message, ...access }: EgressAccess, logger: Logger): void {
  if (access.outcome === 'passed') logger.info(access, 'Passed')
  else logger.warn({ ...access, reason: message }, access.outcome === 'refused' ? 'Refused' : 'Failed')
}

interface OwnPages {
  readonly config: Config
  readonly metrics: Metrics
  readonly version: string
}

function answerOwnWith({ config, metrics, version }: OwnPages): NonNullable<EgressProxyOptions['answerOwn']> {
  return (request, response) => {
    if (request.method !== 'GET') return false
    if (request.url === '/health') {
      send(response, 200, 'application/json', JSON.stringify({ status: 'ok', version }))
      return true
    }
    if (request.url !== '/metrics' || !config.metrics.enabled) return false
    void sendMetrics(request, response, { metrics, token: config.metrics.token })
    return true
  }
}

async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, token }: { readonly metrics: Metrics; readonly token: string | undefined },
): Promise<void> {
  const verdict = judgeMetricsReader(request, token)
  if (verdict === 'allowed') send(response, 200, metrics.contentType, await metrics.render())
  else send(response, verdict === 'forbidden' ? 403 : 401, 'text/plain', 'Set METRICS_TOKEN, and send it as a bearer token.\n')
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}

function toStartupError(cause: unknown, { host, port }: { readonly host: string; readonly port: number }): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') {
    return new StartupError(`Port ${port} on ${host} is taken. Stop what uses it, or choose another with SSRF_HTTP_PORT.`, { cause })
  }
  if (code === 'EACCES')
    return new StartupError(`Port ${port} may not be used by this user. Choose one above 1023 with SSRF_HTTP_PORT.`, { cause })
  if (code === 'EADDRNOTAVAIL') return new StartupError(`This machine has no address ${host}. Correct DIFY_BIND_ADDRESS.`, { cause })
  return cause
}
