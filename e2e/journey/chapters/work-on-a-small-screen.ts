import type { Chapter } from '../journey.ts'
import { phone } from '../look.ts'
import { button } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { appears, until, vanishes } from '../wait.ts'

const desktop = { width: 1440, height: 900 }

export const workOnSmallScreen: Chapter = {
  title: 'Work on a small screen',
  async tell({ page, step }) {
    const preview = page.getByRole('region', { name: 'Preview' })
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    const appPage = (name: string) => page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name })

    await step('the editor shows settings or preview, with a switch', async () => {
      await page.getByRole('link', { name: 'Studio', exact: true }).click()
      await page.getByRole('link', { name: 'Friendly assistant', exact: true }).click()
      await appears(prompt)
      await appears(preview)
      await page.setViewportSize(phone)
      await vanishes(preview)
      await page.getByRole('tab', { name: 'Preview' }).click()
      await appears(preview)
      await vanishes(prompt)
      const talk = createTalk(preview)
      await talk.ask('Good day!')
      await talk.finishes()
      await page.getByRole('tab', { name: 'Settings' }).click()
      await appears(prompt)
    })
    await step('a conversation of the log stands in front of the list', async () => {
      await appPage('Logs').click()
      const rows = page.getByRole('row').filter({ hasNotText: 'Last activity' })
      await appears(rows.first())
      await rows.first().click()
      const panel = page.getByRole('complementary', { name: 'Conversation' })
      await appears(panel)
      await vanishes(rows.first())
      await button(panel, 'Close').click()
      await appears(rows.first())
    })
    await step('every place can be reached', async () => {
      for (const name of ['API', 'Public page', 'Orchestrate']) {
        await appPage(name).click()
        await until(`${name} is the page on view`, async () => (await appPage(name).getAttribute('aria-current')) === 'page')
      }
      await page.getByRole('link', { name: 'Settings' }).click()
      for (const name of ['Members', 'Account', 'Appearance', 'Model providers']) {
        await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).click()
        await appears(page.getByRole('heading', { name, level: 1 }))
      }
      await page.setViewportSize(desktop)
    })
  },
}
