import { AppError, allRoutes, buildOpenApi, openApiRoutes, type Surface, systemRoutes } from '@trellis/contracts'
import type { FastifyRequest } from 'fastify'
import type { ApiOptions } from './create-api.ts'
import { judgeMetricsReader } from './metrics-access.ts'
import { Answer, handled, type Mount } from './mount.ts'

/** For whoever watches the server, and for whoever wants to know what its APIs are. */
export function mountSystemRoutes(mount: Mount, options: ApiOptions): void {
  const { config, metrics, version, isServing } = options
  mount(systemRoutes.getHealth).to(async () => ({ status: 'ok', version }))
  mount(systemRoutes.getReadiness).to(async () => {
    const checks = await runChecks(options)
    const isReady = isServing() && Object.values(checks).every((check) => check.ok)
    return new Answer(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not_ready', checks })
  })
  if (config.metrics.enabled) {
    mount(systemRoutes.getMetrics).to(async ({ request, reply }) => {
      assertMayReadMetrics(request, config.metrics.token)
      await reply.type(metrics.contentType).send(await metrics.render())
      return handled
    })
  }
  mountOpenApi(mount, version)
}

/** Anybody may ask: why something does not answer, with its addresses, stands in the log. */
async function runChecks({ platform }: ApiOptions): Promise<Record<string, { readonly ok: boolean; readonly message: string | null }>> {
  const parts = { database: platform.database, cache: platform.cache, queue: platform.queue }
  const results = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => {
      try {
        await part.check()
        return [name, { ok: true, message: null }] as const
      } catch (error) {
        platform.logger.warn({ err: error, part: name }, 'A part of the server does not answer')
        return [name, { ok: false, message: 'It does not answer. The reason stands in the log.' }] as const
      }
    }),
  )
  return Object.fromEntries(results)
}

function assertMayReadMetrics(request: FastifyRequest, token: string | undefined): void {
  const verdict = judgeMetricsReader(request, token)
  if (verdict === 'forbidden') throw new AppError('forbidden', { message: 'Set METRICS_TOKEN to read the figures from another machine.' })
  if (verdict === 'unauthorized') throw new AppError('unauthorized')
}

const titles: readonly (readonly [surface: Surface, route: (typeof openApiRoutes)[keyof typeof openApiRoutes], title: string])[] = [
  ['service', openApiRoutes.getServiceOpenApi, 'Trellis Service API'],
  ['console', openApiRoutes.getConsoleOpenApi, 'Trellis console API'],
  ['web', openApiRoutes.getWebOpenApi, 'Trellis web-app API'],
]

function mountOpenApi(mount: Mount, version: string): void {
  for (const [surface, route, title] of titles) {
    // Built when first asked for, because most servers are never asked.
    let document: ReturnType<typeof buildOpenApi> | undefined
    mount(route).to(async () => {
      document ??= buildOpenApi(surface, allRoutes, { title, version })
      return { ...document }
    })
  }
}
