import { consoleAccountRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { AccountService } from './account.service.ts'
import { presentAccount } from './present-account.ts'
import type { SessionCookies } from './session-cookies.ts'
import type { SessionTokenService } from './session-tokens.ts'

export interface AccountRouteDependencies {
  readonly accounts: AccountService
  readonly tokens: SessionTokenService
  readonly cookies: SessionCookies
}

export function mountAccountRoutes(mount: Mount, { accounts, tokens, cookies }: AccountRouteDependencies): void {
  mount(routes.getProfile).to(async ({ actor }) => presentAccount(await accounts.get(actor.accountId)))
  mount(routes.updateAccountName).to(async ({ actor, body }) => presentAccount(await accounts.update(actor.accountId, { name: body.name })))
  mount(routes.updateInterfaceLanguage).to(async ({ actor, body }) => presentAccount(await accounts.update(actor.accountId, body)))
  mount(routes.updateInterfaceTheme).to(async ({ actor, body }) => presentAccount(await accounts.update(actor.accountId, body)))
  mount(routes.updateTimezone).to(async ({ actor, body }) => presentAccount(await accounts.update(actor.accountId, body)))
  mount(routes.updateAccountPassword).to(async ({ actor, body, reply }) => {
    const account = await accounts.changePassword(actor.accountId, {
      current: body.password ?? '',
      next: body.new_password,
      repeated: body.repeat_new_password,
    })
    // All sessions ended with the old password; this one goes on.
    cookies.set(reply, await tokens.issue(actor.accountId))
    return presentAccount(account)
  })
}
