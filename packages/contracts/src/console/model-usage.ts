import { z } from 'zod'
import { optionalCursor } from '../common/wire.ts'
import { modelUsageSchema } from '../entities/model-usage.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { localDay } from './local-minute.ts'

const text = z
  .string()
  .optional()
  .transform((value) => value || undefined)

/** Days are those of UTC; the last thirty where none are named. */
const query = z.object({
  start: localDay,
  end: localDay,
  app: optionalCursor,
  key: optionalCursor,
  person: optionalCursor,
  provider: text,
  model: text,
})

const usage = { surface: 'console', method: 'GET', tag: 'Usage', auth: editing, query } as const

export const consoleModelUsageRoutes = {
  getModelUsage: defineRoute({
    ...usage,
    path: '/workspaces/current/usage',
    summary: 'Get what models used and cost in a stretch of days, by day, model, app, person and key, beside the stretch before',
    responses: { 200: modelUsageSchema },
  }),
  exportModelUsage: defineRoute({
    ...usage,
    path: '/workspaces/current/usage/export',
    summary: 'Download what models used and cost by day, app, key, person, model and purpose, as CSV',
    responses: { 200: null },
    produces: 'text',
  }),
}
