import type { Locator, Page } from 'playwright-core'
import { type ReverseProxy, startReverseProxy } from '../../../tools/reverse-proxy/index.ts'
import { startServer } from '../../server.ts'
import { serveForeignPage } from '../foreign-page.ts'
import { type Chapter, type Journey, owner } from '../journey.ts'
import { button, chooseInMenu, copyBy, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check } from '../wait.ts'

const BASE = '/team/trellis'
const guest = { name: 'Mary Somerville', email: 'mary@example.com', password: 'mechanism of the heavens 1' }
const laterPassword = 'mechanism of the heavens 2'

/** A server of its own, with a path of its host, and without mail: what letters bring elsewhere, people pass on here. */
export const standBehindAProxy: Chapter = {
  title: 'Stand behind a reverse proxy, and send no mail',
  async tell(journey) {
    const server = await startServer({ env: { NEXT_PUBLIC_BASE_PATH: BASE, RESPECT_XFORWARD_HEADERS_ENABLED: 'true' } })
    const proxies = await Promise.all([false, true].map((keepsBase) => startReverseProxy({ target: server.url, base: BASE, keepsBase })))
    const [stripping, keeping] = proxies
    try {
      if (!stripping || !keeping) return
      await makeAnApp(journey, stripping)
      await signInWithoutMail(journey, keeping)
    } catch (error) {
      console.log(`  What the server behind the proxies said last:\n${server.output()}`)
      throw error
    } finally {
      for (const proxy of proxies) await proxy.close()
      await server.stop()
    }
  },
}

async function makeAnApp(journey: Journey, proxy: ReverseProxy): Promise<void> {
  const { step } = journey
  const page = await openAt(journey, 'administrator behind a proxy', proxy)
  await step('below a path that the proxy takes off, the first administrator sets it up', async () => {
    await page.goto(proxy.url)
    await field(page, 'Your name').fill(owner.name)
    await field(page, 'E-mail').fill(owner.email)
    await field(page, 'Password').fill(owner.password)
    await button(page, 'Create administrator').click()
    await appears(page.getByRole('heading', { name: 'What will you build?' }))
    check(page.url().startsWith(`${proxy.url}/`), `the Studio is at ${page.url()}`)
  })
  await step('an app is made, and its page answers word by word', async () => {
    await page.getByRole('button', { name: /Friendly assistant/ }).click()
    await appears(page.getByText('Published', { exact: true }))
    await usePage(journey, page, proxy)
  })
  await step('its bubble answers on a page of another origin', () => useBubble(journey, page, proxy))
  await page.context().close()
}

/** Whoever makes apps there: what they copy, they can read. */
async function openAt(journey: Journey, who: string, { url }: ReverseProxy): Promise<Page> {
  const page = await openAsVisitor(journey, who)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin })
  return page
}

async function usePage(journey: Journey, maker: Page, proxy: ReverseProxy): Promise<void> {
  await chooseInMenu(maker, button(maker, 'Publishing and the public page'), 'Copy link to the page')
  await appears(maker.getByText('Link copied'))
  const address = await maker.evaluate(() => navigator.clipboard.readText())
  check(address.startsWith(`${proxy.url}/chat/`), `the page is at ${address}`)
  const visitor = await openAsVisitor(journey, 'visitor behind a proxy')
  await visitor.goto(address)
  await isToldWordByWord(visitor)
  await visitor.context().close()
}

/** More stands there while still more comes: nobody on the way has waited for the end. */
async function isToldWordByWord(scope: Page | Locator): Promise<void> {
  const talk = createTalk(scope)
  await talk.ask('What can you do?')
  const early = await talk.streams(20)
  await talk.streams(early.length + 1)
}

async function useBubble(journey: Journey, maker: Page, proxy: ReverseProxy): Promise<void> {
  await maker.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Public page' }).click()
  await button(maker, 'Embed').click()
  const dialog = maker.getByRole('dialog', { name: 'Embed this app' })
  await dialog.getByRole('tab', { name: 'Behind a bubble' }).click()
  const markup = await copyBy(maker, button(dialog, 'Copy'))
  check(markup.includes(`"${proxy.url}/embed.min.js"`), `the code is: ${markup}`)
  const shop = await serveForeignPage({ allowedOrigin: new URL(proxy.url).origin, markup })
  const visitor = await openAsVisitor(journey, 'shop visitor behind a proxy')
  try {
    await visitor.goto(shop.url)
    await button(visitor, 'Open chat').click()
    await isToldWordByWord(visitor.frameLocator('#dify-chatbot-bubble-window').locator('body'))
  } finally {
    await visitor.context().close()
    await shop.close()
  }
}

async function signInWithoutMail(journey: Journey, proxy: ReverseProxy): Promise<void> {
  const { step, looks } = journey
  const page = await openAt(journey, 'administrator behind another proxy', proxy)
  await step('where the proxy leaves the path, whoever forgot their password learns who helps without mail', async () => {
    await page.goto(proxy.url)
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await appears(page.getByText('This installation sends no e-mail. Somebody has to help you:'))
    await appears(page.getByText(/^An administrator of your workspace can make you a link/))
    await looks.at(page, 'reset-without-mail')
    await page.getByRole('link', { name: 'Back to sign-in' }).click()
  })
  await step('one signs in there, and the app’s bubble answers as well', async () => {
    await signIn(page, owner)
    await page.getByRole('link', { name: /Friendly assistant/ }).click()
    await useBubble(journey, page, proxy)
  })
  const guestPage = await openAt(journey, 'guest without mail', proxy)
  await step('whoever invites gets the link to pass on, and it is accepted', async () => {
    await acceptByLink(guestPage, await makeInvitation(page, proxy))
  })
  await step('whoever forgot their password gets a link from the administrator', () => passNewPassword(journey, page, guestPage))
  for (const each of [page, guestPage]) await each.context().close()
}

async function signIn(page: Page, { email, password }: { readonly email: string; readonly password: string }): Promise<void> {
  await field(page, 'E-mail').fill(email)
  await field(page, 'Password').fill(password)
  await button(page, 'Sign in').click()
  await appears(page.getByRole('heading', { name: 'Studio', level: 1 }))
}

async function makeInvitation(page: Page, proxy: ReverseProxy): Promise<string> {
  await page.goto(`${proxy.url}/settings/members`)
  await button(page, 'Invite people').click()
  const dialog = page.getByRole('dialog')
  await appears(dialog.getByText('This installation sends no e-mail. You get a link for each person, to send in your own way.'))
  await field(dialog, 'E-mail addresses').fill(guest.email)
  await button(dialog, 'Make link').click()
  const link = await copyBy(page, button(dialog, 'Copy link'))
  check(link.startsWith(`${proxy.url}/activate?`), `the link is ${link}`)
  await button(dialog, 'Done').click()
  return link
}

async function acceptByLink(guestPage: Page, link: string): Promise<void> {
  await guestPage.goto(link)
  await field(guestPage, 'Your name').fill(guest.name)
  await field(guestPage, 'Password').fill(guest.password)
  await button(guestPage, 'Create account and join').click()
  await appears(guestPage.getByRole('link', { name: /Friendly assistant/ }))
}

async function passNewPassword({ looks }: Journey, page: Page, guestPage: Page): Promise<void> {
  await page.reload()
  await chooseInMenu(page, button(page, `Actions for ${guest.name}`), 'Link for a new password')
  const dialog = page.getByRole('dialog', { name: `A new password for ${guest.name}` })
  await looks.at(page, 'members-password-link')
  const link = await copyBy(page, button(dialog, 'Copy link'))
  await button(dialog, 'Done').click()
  await guestPage.goto(link)
  await field(guestPage, 'New password').fill(laterPassword)
  await button(guestPage, 'Set password').click()
  await guestPage.getByRole('link', { name: 'Sign in' }).click()
  await signIn(guestPage, { ...guest, password: laterPassword })
}
