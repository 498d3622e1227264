import type { ComposeOptions } from './compose.ts'
import { cookieOptions } from './cookie-options.ts'
import type { Accounts } from './features/accounts/index.ts'
import type { Mail } from './features/mail/index.ts'
import { createMailedCodes, type MailedCodes } from './features/mailed-codes/index.ts'
import { createSignIn, type SignIn } from './features/sign-in/index.ts'

/** Ways to sign in beside the password. */
export interface SignInWays {
  readonly mailedCodes: MailedCodes
  readonly signIn: SignIn
}

export function composeSignIn(
  { config, platform, secretKey }: ComposeOptions,
  { accounts, mail }: { readonly accounts: Accounts; readonly mail: Mail },
): SignInWays {
  const { auth } = config
  const { clock, logger, egress } = platform
  const { db } = platform.database
  const { cache, rateLimiter } = platform.cache
  const shared = { db, clock, cache, secretKey, accounts }
  return {
    mailedCodes: createMailedCodes({
      ...shared,
      rateLimiter,
      codes: auth.codes,
      mail,
      allowsCodeLogin: auth.allowsCodeLogin,
      allowsPasswordLogin: auth.allowsPasswordLogin,
      allowsRegistration: auth.allowsRegistration,
      allowsWorkspaceCreation: auth.allowsWorkspaceCreation,
    }),
    signIn: createSignIn({
      ...shared,
      logger,
      egress,
      cookies: cookieOptions(config),
      providers: auth.signInProviders,
      allowsPasswordLogin: auth.allowsPasswordLogin,
      allowsCodeLogin: mail.isConfigured && auth.allowsCodeLogin,
      urls: config.urls,
    }),
  }
}
