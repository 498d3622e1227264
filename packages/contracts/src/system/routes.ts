import { z } from 'zod'
import { orNull } from '../common/wire.ts'
import { defineRoute, type Surface } from '../routes/define-route.ts'

const open = { tag: 'System', method: 'GET', auth: { type: 'public' } } as const

/** `ready`: every part that the server needs can be reached. */
export const readinessSchema = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), message: orNull(z.string()) })),
})
export type Readiness = z.infer<typeof readinessSchema>

/** For whoever watches the server. */
export const systemRoutes = {
  getHealth: defineRoute({
    ...open,
    surface: 'system',
    path: '/health',
    summary: 'Answer as soon as the server serves',
    responses: { 200: z.object({ status: z.literal('ok'), version: z.string() }) },
  }),
  getReadiness: defineRoute({
    ...open,
    surface: 'system',
    path: '/ready',
    summary: 'Tell whether the server can do its work: 503 while it starts, drains or lacks something it needs',
    responses: { 200: readinessSchema, 503: readinessSchema },
  }),
  getMetrics: defineRoute({
    ...open,
    surface: 'system',
    path: '/metrics',
    summary: 'Get figures in Prometheus’ text format',
    responses: { 200: null },
    produces: 'text',
  }),
}

const openApiDocument = <const S extends Surface>(surface: S) =>
  defineRoute({
    ...open,
    surface,
    path: '/openapi.json',
    summary: 'Get the description of this API',
    responses: { 200: z.looseObject({ openapi: z.string(), info: z.unknown(), paths: z.record(z.string(), z.unknown()) }) },
  })

/** Each API describes itself. */
export const openApiRoutes = {
  getServiceOpenApi: openApiDocument('service'),
  getConsoleOpenApi: openApiDocument('console'),
  getWebOpenApi: openApiDocument('web'),
}
