import { createMemoryCache } from '@trellis/cache'
import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { createAccountService } from '../features/accounts/account.service.ts'
import { createChallenges } from '../features/mailed-codes/challenges.ts'
import { createCodeMail } from '../features/mailed-codes/code-mail.ts'

const minutes = (count: number) => ({ lifetimeMs: count * 60_000, lockoutMs: 86_400_000 })

/** What the workspaces of a test console stand on, where no mail is sent. */
export function createTeamParts(db: Db, clock: Clock) {
  const { cache, rateLimiter } = createMemoryCache({ clock })
  const mail = { isConfigured: false, post: async () => undefined }
  const codes = {
    'sign-in': minutes(5),
    register: minutes(5),
    'reset-password': minutes(5),
    'change-email': minutes(5),
    'delete-account': minutes(5),
    'transfer-ownership': minutes(5),
  }
  const challenges = createChallenges({ db, clock, cache, rateLimiter, codes, secretKey: 'a secret for tests, of a decent length' })
  return {
    allowsCreation: true,
    invitationLifetimeMs: 3_600_000,
    consoleWebUrl: 'https://console.test',
    mail,
    codes: { challenges, sendCode: createCodeMail({ mail, challenges }) },
    accounts: createAccountService({ db, clock }),
  }
}
