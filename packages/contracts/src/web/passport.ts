import { z } from 'zod'
import { success } from '../common/wire.ts'
import { systemFeaturesSchema } from '../entities/system-features.ts'
import { defineRoute } from '../routes/define-route.ts'

const open = { surface: 'web', tag: 'Passport', auth: { type: 'public' } } as const

export const webPassportRoutes = {
  getPassport: defineRoute({
    ...open,
    method: 'GET',
    path: '/passport',
    summary: 'Get a passport for the app whose code stands in X-App-Code',
    addressBudget: 'passport',
    query: z.object({
      /** The session to go on with. */
      user_id: z.string().optional(),
    }),
    responses: { 200: z.object({ access_token: z.string() }) },
    errors: ['unauthorized', 'not_found', 'web_sso_auth_required', 'web_app_access_denied'],
  }),
  getWebLoginStatus: defineRoute({
    ...open,
    method: 'GET',
    path: '/login/status',
    summary: 'Tell whether the visitor is signed in, and has a passport for the app',
    query: z.object({ app_code: z.string().optional(), user_id: z.string().optional() }),
    responses: { 200: z.object({ logged_in: z.boolean(), app_logged_in: z.boolean() }) },
  }),
  webLogout: defineRoute({
    ...open,
    method: 'POST',
    path: '/logout',
    summary: 'Forget the passport cookies',
    responses: { 200: success },
  }),
  getAccessMode: defineRoute({
    ...open,
    method: 'GET',
    path: '/webapp/access-mode',
    summary: 'Tell who may open an app',
    query: z.object({ appId: z.string().optional(), appCode: z.string().optional() }),
    responses: { 200: z.object({ accessMode: z.enum(['public', 'private', 'private_all', 'sso_verified']) }) },
    errors: ['not_found'],
  }),
  getWebPermission: defineRoute({
    ...open,
    method: 'GET',
    path: '/webapp/permission',
    summary: 'Tell whether the visitor may open an app',
    query: z.object({ appId: z.string() }),
    responses: { 200: z.object({ result: z.boolean() }) },
    errors: ['not_found'],
  }),
  getWebSystemFeatures: defineRoute({
    ...open,
    method: 'GET',
    path: '/system-features',
    summary: 'Tell what this installation offers',
    responses: { 200: systemFeaturesSchema },
  }),
}
