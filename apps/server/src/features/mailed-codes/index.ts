import type { Mount } from '../../http/mount.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Postbox } from '../mail/index.ts'
import { type ChallengeDependencies, type Challenges, createChallenges } from './challenges.ts'
import { mountChangeEmailRoutes } from './change-email.routes.ts'
import { createCodeMail, type SendCode } from './code-mail.ts'
import { mountCodeSignInRoutes } from './code-sign-in.routes.ts'
import { mountForgottenPasswordRoutes } from './forgotten-password.routes.ts'
import { mountRegistrationRoutes } from './registration.routes.ts'

export interface MailedCodesDependencies extends ChallengeDependencies {
  readonly mail: Postbox
  readonly accounts: Accounts
  readonly allowsCodeLogin: boolean
  readonly allowsPasswordLogin: boolean
  readonly allowsRegistration: boolean
  readonly allowsWorkspaceCreation: boolean
}

/** What a code by mail proves: that somebody reads an account's mail, and may sign in, make an account, set a password, take another address, give a workspace away. */
export interface MailedCodes {
  readonly challenges: Challenges
  readonly sendCode: SendCode
  mountRoutes(mount: Mount): void
  /** Drops what has expired. */
  cleanUp(): Promise<void>
}

export function createMailedCodes(dependencies: MailedCodesDependencies): MailedCodes {
  const challenges = createChallenges(dependencies)
  const sendCode = createCodeMail({ mail: dependencies.mail, challenges })
  const parts = { ...dependencies, challenges, sendCode }
  return {
    challenges,
    sendCode,
    mountRoutes(mount) {
      mountForgottenPasswordRoutes(mount, { ...parts, accounts: dependencies.accounts.account })
      mountCodeSignInRoutes(mount, parts)
      mountRegistrationRoutes(mount, parts)
      mountChangeEmailRoutes(mount, parts)
    },
    cleanUp: challenges.cleanUp,
  }
}

export type { Challenges } from './challenges.ts'
export type { SendCode } from './code-mail.ts'
