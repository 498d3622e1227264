import type { Config } from '@trellis/config'
import { createEgressGuard, type EgressAccess, type EgressGuard, startEgressProxy } from '@trellis/kit'
import type { Logger } from '@trellis/spec'
import { toGuardOptions } from './guard-options.ts'
import { toListenFailure } from './http/listen-failure.ts'
import { answerOwnWith } from './http/own-pages.ts'
import type { RunningProcess } from './lifecycle.ts'
import { createMetrics } from './observability/index.ts'

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
      throw toListenFailure(cause, { host: server.host, port: egressProxy.port, variable: 'SSRF_HTTP_PORT' })
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
