import { z } from 'zod'
import { orNull, success } from '../common/wire.ts'
import { accountName, emailAddress, languageTag, newPassword } from '../entities/account.ts'
import { systemFeaturesSchema } from '../entities/system-features.ts'
import { defineRoute } from '../routes/define-route.ts'
import { frameworkErrors } from '../routes/framework-error.ts'

const open = { type: 'public' } as const

export const consoleSetupRoutes = {
  getSetupStatus: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/setup',
    summary: 'Tell whether the first administrator exists',
    tag: 'Setup',
    auth: open,
    /** `setup_at` is ISO 8601. */
    responses: { 200: z.object({ step: z.enum(['not_started', 'finished']), setup_at: orNull(z.string()) }) },
    ...frameworkErrors,
  }),
  setup: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/setup',
    summary: 'Create the first administrator and the workspace',
    tag: 'Setup',
    auth: open,
    addressBudget: 'setup',
    body: z.object({
      email: emailAddress,
      name: accountName,
      password: newPassword,
      language: languageTag.nullish(),
    }),
    responses: { 201: success },
    errors: ['already_setup', 'not_init_validated'],
    ...frameworkErrors,
  }),
  getInitStatus: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/init',
    summary: 'Tell whether the installation password is still to be given',
    tag: 'Setup',
    auth: open,
    responses: { 200: z.object({ status: z.enum(['not_started', 'finished']) }) },
    ...frameworkErrors,
  }),
  validateInitPassword: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/init',
    summary: 'Give the installation password; sets the cookie that setup needs',
    tag: 'Setup',
    auth: open,
    addressBudget: 'setup',
    body: z.object({ password: z.string().max(30, 'The installation password takes at most 30 characters.') }),
    responses: { 201: success },
    errors: ['already_setup', 'init_validate_failed'],
    ...frameworkErrors,
  }),
  ping: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/ping',
    summary: 'Answer pong',
    tag: 'Setup',
    auth: open,
    responses: { 200: z.object({ result: z.literal('pong') }) },
    ...frameworkErrors,
  }),
  getVersion: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/version',
    summary: 'Tell which version runs',
    tag: 'Setup',
    auth: open,
    query: z.object({ current_version: z.string() }),
    responses: {
      200: z.object({
        version: z.string(),
        release_date: z.string().default(''),
        release_notes: z.string().default(''),
        can_auto_update: z.boolean().default(false),
        features: z.object({ can_replace_logo: z.boolean(), model_load_balancing_enabled: z.boolean() }),
      }),
    },
    ...frameworkErrors,
  }),
  getSystemFeatures: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/system-features',
    summary: 'Tell what this installation offers',
    tag: 'Setup',
    auth: open,
    responses: { 200: systemFeaturesSchema },
  }),
}
