import { AppError, consoleAccountRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { AccountService } from './account.service.ts'
import type { AccountRow } from './accounts.repository.ts'
import { type AccountPictures, assertAvatar } from './avatar.ts'
import { deviceOf } from './device.ts'
import { presentAccount, presentSession } from './present-account.ts'
import type { SessionCookies } from './session-cookies.ts'
import type { SessionTokenService } from './session-tokens.ts'

export interface AccountRouteDependencies {
  readonly accounts: AccountService
  readonly tokens: SessionTokenService
  readonly cookies: SessionCookies
  readonly pictures: AccountPictures
}

export function mountAccountRoutes(mount: Mount, { accounts, tokens, cookies, pictures }: AccountRouteDependencies): void {
  const present = (row: AccountRow) => presentAccount(row, pictures)
  mount(routes.getProfile).to(async ({ actor }) => present(await accounts.get(actor.accountId)))
  mount(routes.updateAccountName).to(async ({ actor, body }) => present(await accounts.update(actor.accountId, { name: body.name })))
  mount(routes.updateAvatar).to(async ({ actor, body: { avatar } }) => {
    if (avatar !== '') await assertAvatar(pictures, actor, avatar)
    return present(await accounts.update(actor.accountId, { avatar: avatar || null }))
  })
  mount(routes.getAvatarUrl).to(async ({ actor, query: { avatar } }) => {
    if (!(await pictures.isOwnPicture(actor, avatar))) throw new AppError('not_found', { message: 'You have uploaded no such picture.' })
    return { avatar_url: pictures.pictureUrl(avatar) }
  })
  mount(routes.updateInterfaceLanguage).to(async ({ actor, body }) => present(await accounts.update(actor.accountId, body)))
  mount(routes.updateInterfaceTheme).to(async ({ actor, body }) => present(await accounts.update(actor.accountId, body)))
  mount(routes.updateTimezone).to(async ({ actor, body }) => present(await accounts.update(actor.accountId, body)))
  mount(routes.updateAccountPassword).to(async ({ actor, body, request, reply }) => {
    const account = await accounts.changePassword(actor.accountId, {
      current: body.password ?? '',
      next: body.new_password,
      repeated: body.repeat_new_password,
    })
    // All sessions ended with the old password; this one goes on.
    cookies.set(reply, await tokens.issue(actor.accountId, deviceOf(request)))
    return present(account)
  })
  mount(routes.listSessions).to(async ({ actor }) => ({
    data: (await accounts.listSessions(actor.accountId)).map((row) => presentSession(row, actor.sessionId)),
  }))
  mount(routes.endSession).to(async ({ actor, params }) => {
    await accounts.endSession(actor.accountId, params.session_id)
    return { result: 'success' }
  })
  mount(routes.endOtherSessions).to(async ({ actor }) => ({
    result: 'success',
    ended: await accounts.endOtherSessions(actor.accountId, actor.sessionId),
  }))
}
