import type { FrameLocator, Locator } from 'playwright-core'
import { type ForeignPage, serveForeignPage } from '../foreign-page.ts'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { phone } from '../look.ts'
import { button, copyBy, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until, vanishes } from '../wait.ts'

const WINDOW = '#dify-chatbot-bubble-window'

export const embedPage: Chapter = {
  title: 'Embed the page elsewhere',
  async tell(journey) {
    const { server } = journey
    server.provider.behave(provider.model, { text: 'It is open until **six**.', rate: 0 })
    const code = await copyCode(journey)
    const shop = await serveForeignPage({ allowedOrigin: server.url, markup: code.bubble.replace('token:', 'draggable: true, token:') })
    try {
      await useBubble(journey, shop)
      await useBubbleOnPhone(journey, shop)
    } finally {
      await shop.close()
    }
    await useFrame(journey, code.frame)
    await findInputsInLog(journey)
  },
}

/** What the console gives to copy, with values passed in. */
async function copyCode({ page, step, looks }: Journey): Promise<{ readonly frame: string; readonly bubble: string }> {
  let [frame, bubble] = ['', '']
  await step('the code to embed the page is copied, with what the other page passes in', async () => {
    await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Public page' }).click()
    await button(page, 'Embed').click()
    const dialog = page.getByRole('dialog', { name: 'Embed this app' })
    const boxOf = (label: string): Locator => dialog.getByRole('checkbox', { name: new RegExp(`^${label} `) })
    const pass = async (label: string, value: string): Promise<void> => {
      const box = boxOf(label)
      if (!(await box.isChecked())) await box.click()
      await dialog.getByLabel(`Value of ${label}`).fill(value)
    }
    await pass('First name', 'Grace <b>Hopper')
    await pass('Visitor', 'customer-7')
    frame = await copyBy(page, button(dialog, 'Copy'))
    await dialog.getByRole('tab', { name: 'Behind a bubble' }).click()
    await boxOf('Visitor').click()
    await pass('First name', 'Edsger')
    await pass('Tour', 'Long')
    await pass('Visitor’s name', 'A customer')
    await looks.at(page, 'embed')
    bubble = await copyBy(page, button(dialog, 'Copy'))
    await page.keyboard.press('Escape')
    await vanishes(dialog)
  })
  return { frame, bubble }
}

async function useBubble(journey: Journey, shop: ForeignPage): Promise<void> {
  const { step } = journey
  const visitor = await openAsVisitor(journey, 'shop visitor')
  // Most browsers keep nothing for what is embedded elsewhere; one without a window does.
  await visitor.addInitScript(() => {
    if (window === window.top) return
    const refuse = (): never => {
      throw new DOMException('The request was denied.', 'SecurityError')
    }
    Object.defineProperties(window, { localStorage: { get: refuse }, sessionStorage: { get: refuse } })
  })
  const frame = visitor.frameLocator(WINDOW)
  await step('a bubble stands on a foreign page, and leaves its keyboard alone', async () => {
    await visitor.goto(shop.url)
    await visitor.getByLabel('Search the shop').focus()
    await appears(button(visitor, 'Open chat'))
    await until('the page behind the bubble is there', async () => (await frame.getByText('Welcome, Edsger!').count()) > 0)
    check(await hasFocus(visitor.getByLabel('Search the shop')), 'the bubble took the keyboard')
  })
  await step('it opens by the keyboard, and what the page passed in is not asked again', async () => {
    await button(visitor, 'Open chat').press('Enter')
    await appears(frame.getByText('Welcome, Edsger!'))
    await until('the message’s field has the keyboard', () => hasFocus(field(body(frame), 'Message')))
    await vanishes(field(body(frame), 'First name'))
    await appears(frame.getByText('Your browser keeps nothing for this page'))
  })
  await step('a visitor asks and is answered, without storage', async () => {
    const talk = createTalk(body(frame))
    await talk.ask('When do you close?')
    check((await talk.finishes()).includes('It is open until six.'), 'another answer stands there')
    await appears(frame.getByText('A customer', { exact: true }))
  })
  await step('Escape closes it, and the keyboard is back at the bubble', async () => {
    await field(body(frame), 'Message').press('Escape')
    await vanishes(visitor.locator(WINDOW))
    check(await hasFocus(visitor.locator('#dify-chatbot-bubble-button')), 'the keyboard is elsewhere')
    check((await visitor.evaluate(() => history.length)) === 2, 'the frame left steps in the history of the page')
  })
  await step('the bubble is dragged away without opening', async () => {
    const bubble = button(visitor, 'Open chat')
    await bubble.hover()
    await visitor.mouse.down()
    await visitor.mouse.move(120, 90, { steps: 3 })
    await visitor.mouse.up()
    check(((await bubble.boundingBox())?.x ?? 1000) < 150, 'the bubble stayed where it was')
    await bubble.click()
    await appears(button(visitor, 'Close chat'))
  })
  await visitor.context().close()
}

async function useBubbleOnPhone(journey: Journey, shop: ForeignPage): Promise<void> {
  const visitor = await openAsVisitor(journey, 'shop visitor on a phone', {
    viewport: phone,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
  })
  await journey.step('on a phone the window fills the screen and has a way back', async () => {
    await visitor.goto(shop.url)
    const frame = visitor.frameLocator(WINDOW)
    await until('the page behind the bubble is there', async () => (await frame.getByText('Welcome, Edsger!').count()) > 0)
    // In the language of the app’s page, whatever the visitor’s browser asks for.
    await button(visitor, 'Open chat').tap()
    await appears(frame.getByText('Welcome, Edsger!'))
    const box = await visitor.locator(WINDOW).boundingBox()
    check(box?.width === phone.width && box.y + box.height === phone.height, `the window is elsewhere: ${JSON.stringify(box)}`)
    await button(visitor, 'Close chat').tap()
    await vanishes(visitor.locator(WINDOW))
  })
  await visitor.context().close()
}

async function useFrame(journey: Journey, markup: string): Promise<void> {
  const { server, step } = journey
  const shop = await serveForeignPage({ allowedOrigin: server.url, markup })
  const visitor = await openAsVisitor(journey, 'visitor of a frame')
  try {
    await step('a frame on a foreign page takes plain values from its address, as text', async () => {
      await visitor.goto(shop.url)
      await appears(visitor.frameLocator('iframe').getByText('Welcome, Grace <b>Hopper!'))
      check(await visitor.evaluate(() => document.activeElement === document.body), 'the frame took the keyboard')
    })
  } finally {
    await visitor.context().close()
    await shop.close()
  }
}

async function findInputsInLog({ page, step }: Journey): Promise<void> {
  await step('the app got what the foreign page passed in', async () => {
    const before = page.url()
    await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Logs' }).click()
    // The list is as old as the last look at it.
    await page.reload()
    await page.getByRole('row').filter({ hasText: 'When do you close?' }).first().click()
    const panel = page.getByRole('complementary', { name: 'Conversation' })
    await button(panel, 'Prompt and timing').first().click()
    await appears(panel.getByText(/Call the visitor Edsger/).first())
    await page.goto(before)
  })
}

const body = (frame: FrameLocator): Locator => frame.locator('body')

/** Of the page or frame that it stands in. */
const hasFocus = (locator: Locator): Promise<boolean> => locator.evaluate((element) => element === element.ownerDocument.activeElement)
