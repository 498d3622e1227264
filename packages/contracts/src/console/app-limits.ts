import { z } from 'zod'
import { appLimitsInput, appLimitsSchema } from '../entities/app-limits.ts'
import { defineRoute } from '../routes/define-route.ts'
import { appReading, editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

const route = {
  surface: 'console',
  path: '/apps/:app_id/limits',
  tag: 'Apps',
  params: appParams,
  responses: { 200: appLimitsSchema },
  errors: ['app_not_found'],
} as const

export const consoleAppLimitRoutes = {
  getAppLimits: defineRoute({
    ...route,
    method: 'GET',
    summary: 'Tell how many requests an app answers at a time, a minute, an hour and a day',
    auth: appReading,
  }),
  updateAppLimits: defineRoute({
    ...route,
    method: 'PATCH',
    summary: 'Change the limits of an app; what is absent stays',
    auth: editing,
    body: z.object(appLimitsInput),
  }),
}
