import { type Chapter, type Journey, owner } from '../journey.ts'
import { button, chooseInMenu, field } from '../pages/controls.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, vanishes } from '../wait.ts'

/** The address that the service knows the owner by: accounts are linked by hand, so it may be any. */
const elsewhere = { sub: 'ada', email: 'lovelace@house.example', email_verified: true }
const newcomer = { sub: 'mary', email: 'mary@example.com', email_verified: true, name: 'Mary Somerville' }

export const signInByAService: Chapter = {
  title: 'Sign in by another service',
  async tell(journey) {
    const { page, step, looks, server, oidc } = journey
    oidc.register(`${server.url}/console/api/oauth/authorize/oidc`)
    await step('an account of the service is linked to one’s own', async () => {
      oidc.be(elsewhere)
      await page.goto(`${server.url}/settings/account`)
      await button(page, 'Link House').click()
      await appears(page.getByText(elsewhere.email))
      await appears(page.getByText('House is linked and can sign you in'))
      await looks.at(page, 'account-linked')
    })
    await step('and signs in without a password, back to where one was going', async () => {
      await chooseInMenu(page, button(page, 'Account'), 'Sign out')
      await appears(page.getByRole('heading', { name: 'Sign in' }))
      await page.goto(`${server.url}/settings/members`)
      await page.getByRole('link', { name: 'Continue with House' }).click()
      await appears(page.getByRole('table').getByText(owner.email))
    })
    await step('Google and GitHub are offered too, and GitHub signs in', () => signInByGithub(journey))
    await step('whoever has no account here is told so', async () => {
      const stranger = await openAsVisitor(journey, 'stranger with an account of the service')
      oidc.be({ ...newcomer, sub: 'nobody', email: 'nobody@example.com' })
      await stranger.goto(`${server.url}/signin`)
      await stranger.getByRole('link', { name: 'Continue with House' }).click()
      await appears(stranger.getByText(/^There is no account with your e-mail address/))
      await looks.at(stranger, 'sign-in-unknown')
      await stranger.context().close()
    })
    await step('an invitation is accepted by it, without a password', () => acceptByService(journey))
    await step('the link is taken away again', async () => {
      await page.goto(`${server.url}/settings/account`)
      await button(page, 'Unlink House').click()
      await appears(button(page, 'Link House'))
    })
  },
}

async function signInByGithub(journey: Journey): Promise<void> {
  const { page, server, github } = journey
  github.be({ id: 1815, login: 'ada', name: null, emails: [{ email: 'ada@github.example', primary: true, verified: true }] })
  await page.goto(`${server.url}/settings/account`)
  await button(page, 'Link GitHub').click()
  await appears(page.getByText('ada@github.example'))
  const elsewhere = await openAsVisitor(journey, 'owner elsewhere')
  await elsewhere.goto(`${server.url}/signin`)
  const google = await elsewhere.getByRole('link', { name: 'Continue with Google' }).getAttribute('href')
  check(google?.startsWith('/console/api/oauth/login/google?') === true, `Google's button leads to ${google}`)
  const asked = elsewhere.waitForRequest((request) => new URL(request.url()).pathname === '/login/oauth/authorize')
  await elsewhere.getByRole('link', { name: 'Continue with GitHub' }).click()
  checkVisit(new URL((await asked).url()), server.url)
  await appears(elsewhere.getByRole('link', { name: 'Settings' }))
  await elsewhere.context().close()
}

/** What GitHub is asked, and told to come back with. */
function checkVisit({ searchParams: told }: URL, serverUrl: string): void {
  check(told.get('redirect_uri') === `${serverUrl}/console/api/oauth/authorize/github`, `GitHub sends back to ${told.get('redirect_uri')}`)
  check((told.get('state') ?? '').length >= 32, `the state is ${told.get('state')}`)
  check(told.get('code_challenge_method') === 'S256' && told.get('code_challenge') !== null, `the visit has no PKCE: ${told}`)
}

async function acceptByService(journey: Journey): Promise<void> {
  const { page, server, looks, oidc } = journey
  await page.goto(`${server.url}/settings/members`)
  await button(page, 'Invite people').click()
  const dialog = page.getByRole('dialog')
  await field(dialog, 'E-mail addresses').fill(newcomer.email)
  await button(dialog, 'Send invitation').click()
  await appears(dialog.getByRole('heading', { name: 'Invitation link' }))
  const link = (await dialog.locator('code').textContent()) ?? ''
  await button(dialog, 'Done').click()
  oidc.be(newcomer)
  const guest = await openAsVisitor(journey, 'guest of the service')
  await guest.goto(link)
  await appears(field(guest, 'Your name'))
  await looks.at(guest, 'invitation-by-service')
  await guest.getByRole('link', { name: 'Continue with House' }).click()
  await appears(guest.getByRole('heading', { name: 'Studio', level: 1 }))
  await guest.context().close()
  await page.reload()
  await appears(page.getByRole('table').getByText(newcomer.name))
  await vanishes(page.getByText('Invited', { exact: true }))
}
