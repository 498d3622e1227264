import type { Page } from 'playwright-core'
import { type Chapter, owner } from '../journey.ts'
import { button, chooseInMenu, field } from '../pages/controls.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check } from '../wait.ts'

export const keepPageToMembers: Chapter = {
  title: 'Keep a page to members',
  async tell(journey) {
    const { page, step, looks, watch, addresses, server } = journey
    const before = page.url()
    await step('a page is set to members, in a colour of its own', async () => {
      await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Public page' }).click()
      await field(page, 'Color').fill('violet')
      await appears(page.getByText('Enter a color as #2f6f4f or #264, or nothing.'))
      await field(page, 'Color').fill('#7c3aed')
      await page.getByRole('switch', { name: 'Use this color behind questions' }).click()
      await letIn(page, 'Signed-in members')
      await looks.at(page, 'public-page-settings')
    })
    await step('a stranger is asked to sign in, comes back to the page, and leaves it closed by signing out', async () => {
      const visitor = await openAsVisitor(journey, 'member')
      await watch.expecting({ statuses: [401], path: '/passport' }, async () => {
        await visitor.goto(addresses.chat ?? '')
        await appears(visitor.getByRole('heading', { name: 'This page is for members' }))
      })
      await looks.at(visitor, 'page-for-members')
      await visitor.getByRole('link', { name: 'Sign in', exact: true }).click()
      await field(visitor, 'E-mail').fill(owner.email)
      await field(visitor, 'Password').fill(owner.password)
      await button(visitor, 'Sign in').click()
      await appears(field(visitor, 'First name'))
      const accent = await visitor.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'))
      check(accent.includes('#7c3aed'), `the page has another colour: ${accent}`)
      await looks.at(visitor, 'page-in-a-colour')
      await visitor.goto(`${server.url}/apps`)
      await chooseInMenu(visitor, button(visitor, 'Account'), 'Sign out')
      await appears(button(visitor, 'Sign in'))
      // What it keeps of the member opens nothing any more.
      await watch.expecting({ statuses: [401], path: ['/api/site', '/api/passport'] }, async () => {
        await visitor.goto(addresses.chat ?? '')
        await appears(visitor.getByRole('heading', { name: 'This page is for members' }))
      })
      await visitor.context().close()
    })
    await step('and it is opened to anyone again', async () => {
      await letIn(page, 'Anyone with the address')
      await page.goto(before)
    })
  },
}

async function letIn(page: Page, whom: string): Promise<void> {
  await field(page, 'Who may open it').click()
  await page.getByRole('option').filter({ hasText: whom }).click()
  await button(page, 'Save').click()
  await appears(page.getByText('Saved. The page is up to date.').last())
}
