import { AppError, allRoutes, buildOpenApi, openApiRoutes, type Surface, systemRoutes } from '@trellis/contracts'
import type { FastifyRequest } from 'fastify'
import type { ApiOptions } from './create-api.ts'
import { judgeMetricsReader } from './metrics-access.ts'
import { Answer, handled, type Mount } from './mount.ts'
import { readReadiness } from './readiness.ts'

/** For whoever watches the server, and for whoever wants to know what its APIs are. */
export function mountSystemRoutes(mount: Mount, options: ApiOptions): void {
  const { config, metrics, version, platform, isServing } = options
  mount(systemRoutes.getHealth).to(async () => ({ status: 'ok', version }))
  mount(systemRoutes.getReadiness).to(async () => {
    const readiness = await readReadiness({ platform, isServing })
    return new Answer(readiness.status === 'ready' ? 200 : 503, readiness)
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
