import { z } from 'zod'
import { orNull, success, timestamp } from '../common/wire.ts'
import { languageTag, timezoneName } from '../entities/account.ts'
import { signInProviderId } from '../entities/system-features.ts'
import { defineRoute } from '../routes/define-route.ts'
import { signedIn } from '../routes/roles.ts'

const params = z.object({ service: signInProviderId })
const short = z.string().max(255, 'This is too long.')
const long = z.string().max(4096, 'This is too long.')
/** Sealed, it stands in a cookie with all else that is known of the visit, and browsers drop one of more than 4096 bytes. */
const LONGEST_REDIRECT = 2_000

const open = { surface: 'console', method: 'GET', tag: 'Sign-in by other services', auth: { type: 'public' } } as const
const ofAccount = { surface: 'console', tag: 'Sign-in by other services', auth: signedIn } as const

/** Browsers go to the first two themselves; whatever goes wrong there is told by the page where one signs in, as its `failed`. */
export const consoleOauthRoutes = {
  startSignIn: defineRoute({
    ...open,
    path: '/oauth/login/:service',
    summary: 'Send the browser to a service whose accounts sign in',
    addressBudget: 'sign-in',
    params,
    query: z.object({
      /** Of the invitation to accept with it. */
      invite_token: short.optional(),
      /** Path within the console to go on to; one that is too long for the cookie of the visit is forgotten. */
      redirect: z.string().max(LONGEST_REDIRECT).optional().catch(undefined),
      language: languageTag.optional().catch(undefined),
      timezone: timezoneName.optional().catch(undefined),
    }),
    responses: { 302: null },
    errors: ['not_found'],
  }),
  finishSignIn: defineRoute({
    ...open,
    path: '/oauth/authorize/:service',
    summary: 'Take the browser back from the service: sets the session cookies and goes on to the console',
    addressBudget: 'sign-in',
    params,
    query: z.object({ code: long.optional(), state: short.optional(), error: short.optional() }),
    responses: { 302: null },
    errors: ['not_found'],
  }),
  listIdentities: defineRoute({
    ...ofAccount,
    method: 'GET',
    path: '/account/integrates',
    summary: 'Accounts of other services that sign in to this one',
    responses: {
      200: z.object({
        data: z.array(
          z.object({
            provider: signInProviderId,
            name: z.string(),
            is_bound: z.boolean(),
            /** As the service knew it at the last sign-in. */
            email: orNull(z.string()),
            created_at: orNull(timestamp),
            /** Always empty: to link one is a call of its own, which other sites cannot make. */
            link: z.string().default(''),
          }),
        ),
      }),
    },
  }),
  linkIdentity: defineRoute({
    ...ofAccount,
    method: 'POST',
    path: '/account/integrates/:service',
    summary: 'Begin to link an account of another service: answers where the browser is to go',
    addressBudget: 'sign-in',
    params,
    responses: { 200: z.object({ url: z.string() }) },
    errors: ['not_found', 'identity_service_failed'],
  }),
  unlinkIdentity: defineRoute({
    ...ofAccount,
    method: 'DELETE',
    path: '/account/integrates/:service',
    summary: 'Unlink an account of another service, unless nothing else would sign in',
    params,
    responses: { 200: success },
    errors: ['last_way_to_sign_in'],
  }),
}
