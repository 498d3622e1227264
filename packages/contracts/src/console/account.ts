import { z } from 'zod'
import { success, uuid } from '../common/wire.ts'
import { accountName, accountSchema, accountSessionSchema, languageTag, newPassword, timezoneName } from '../entities/account.ts'
import { defineRoute } from '../routes/define-route.ts'
import { signedIn } from '../routes/roles.ts'

export const interfaceTheme = z.enum(['light', 'dark', 'system'])

export const consoleAccountRoutes = {
  getProfile: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/account/profile',
    summary: 'Get the signed-in account',
    tag: 'Account',
    auth: signedIn,
    responses: { 200: accountSchema },
  }),
  updateAccountName: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/account/name',
    summary: 'Change one’s name',
    tag: 'Account',
    auth: signedIn,
    // Dify asks for three: many Chinese names have two.
    body: z.object({ name: accountName }),
    responses: { 200: accountSchema },
  }),
  updateAccountPassword: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/account/password',
    summary: 'Change one’s password',
    tag: 'Account',
    auth: signedIn,
    addressBudget: 'sign-in',
    body: z.object({ password: z.string().nullish(), new_password: newPassword, repeat_new_password: z.string() }),
    responses: { 200: accountSchema },
    errors: ['current_password_incorrect', 'repeat_password_not_match'],
  }),
  updateInterfaceLanguage: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/account/interface-language',
    summary: 'Choose the language of the console',
    tag: 'Account',
    auth: signedIn,
    body: z.object({ interface_language: languageTag }),
    responses: { 200: accountSchema },
  }),
  updateInterfaceTheme: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/account/interface-theme',
    summary: 'Choose light or dark',
    tag: 'Account',
    auth: signedIn,
    body: z.object({ interface_theme: interfaceTheme }),
    responses: { 200: accountSchema },
  }),
  listSessions: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/account/sessions',
    summary: 'List where one is signed in',
    tag: 'Account',
    auth: signedIn,
    responses: { 200: z.object({ data: z.array(accountSessionSchema) }) },
  }),
  endSession: defineRoute({
    surface: 'console',
    method: 'DELETE',
    path: '/account/sessions/:session_id',
    summary: 'Sign out in one place, at once',
    tag: 'Account',
    auth: signedIn,
    params: z.object({ session_id: uuid }),
    responses: { 200: success },
    errors: ['not_found'],
  }),
  endOtherSessions: defineRoute({
    surface: 'console',
    method: 'DELETE',
    path: '/account/sessions',
    summary: 'Sign out everywhere else',
    tag: 'Account',
    auth: signedIn,
    responses: { 200: success.extend({ ended: z.number().int() }) },
  }),
  updateTimezone: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/account/timezone',
    summary: 'Choose one’s time zone',
    tag: 'Account',
    auth: signedIn,
    body: z.object({ timezone: timezoneName }),
    responses: { 200: accountSchema },
  }),
}
