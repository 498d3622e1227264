import { z } from 'zod'
import { accountName, accountSchema, languageTag, newPassword, timezoneName } from '../entities/account.ts'
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
