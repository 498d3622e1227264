import { readFile } from 'node:fs/promises'
import type { Chapter } from '../journey.ts'
import { button, choose, field } from '../pages/controls.ts'
import { appears, check, until, vanishes } from '../wait.ts'

export const readLogs: Chapter = {
  title: 'Read the logs',
  async tell({ page, step, looks }) {
    const rows = page.getByRole('row').filter({ hasNotText: 'Last activity' })

    await step('the log lists conversations with tokens, cost and latency', async () => {
      await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Logs' }).click()
      await until('conversations of the page and of the API are listed', async () => {
        const texts = await rows.allInnerTexts()
        return texts.some((text) => text.includes('Page')) && texts.some((text) => text.includes('API'))
      })
      const figures = (await rows.filter({ hasText: 'Page' }).last().getByRole('cell').allInnerTexts()).join(' | ')
      check(/\| [\d,]+ \| \$[\d.]+ \| [\d.]+\s?m?s \|/.test(figures), `tokens, cost or latency is missing: ${figures}`)
      await looks.at(page, 'logs')
    })
    await step('a row opens the conversation', async () => {
      const row = rows.filter({ hasText: 'Page' }).last()
      await row.click()
      const panel = page.getByRole('complementary', { name: 'Conversation' })
      await appears(panel.getByText('What are the parts of a Difference Engine?'))
      await panel.getByRole('button', { name: 'Prompt and timing' }).first().click()
      await appears(panel.getByText(/Call the visitor Grace/).first())
      await appears(panel.getByText('Liked'))
      await appears(panel.getByText('It counted to the end.'))
      await appears(panel.getByText('Stopped', { exact: true }))
      await looks.at(page, 'logs-conversation')
      await button(panel, 'Close').click()
      await vanishes(panel)
      await until('the keyboard is back at the row', () => row.evaluate((element) => element === document.activeElement))
    })
    const areBack = () => until('the conversations are back', async () => (await rows.count()) > 1)
    // What is looked for next would be found at once in the list of before.
    const forgetSearch = async () => {
      await until('the keyboard is back at the row', () => rows.first().evaluate((element) => element === document.activeElement))
      await field(page, 'Search what was said').fill('')
      await areBack()
    }
    await step('the log is searched', async () => {
      await field(page, 'Search what was said').fill('nobody said this')
      await appears(page.getByText('Nothing matches'))
      await looks.at(page, 'logs-nothing')
      await button(page, 'Show everything').click()
      await areBack()
    })
    await step('it tells what moderation stopped, and what it replaced', async () => {
      await field(page, 'Search what was said').fill('I bring rhubarb')
      await until('one conversation is left', async () => (await rows.count()) === 1)
      await rows.click()
      const panel = page.getByRole('complementary', { name: 'Conversation' })
      await appears(panel.getByText('Stopped by moderation'))
      await appears(panel.getByText('Replaced by moderation'))
      await looks.at(page, 'logs-moderated')
      await button(panel, 'Close').click()
      await forgetSearch()
    })
    await step('and how it changed a question', async () => {
      await field(page, 'Search what was said').fill('My card is')
      await until('one conversation is left', async () => (await rows.count()) === 1)
      await rows.click()
      const changed = page.getByRole('complementary', { name: 'Conversation' }).getByRole('region', { name: 'Changed by moderation' })
      await appears(changed.getByText('My card is 4111.'))
      await appears(changed.getByText('My card is ***.'))
      await looks.at(page, 'logs-changed')
      await button(page.getByRole('complementary', { name: 'Conversation' }), 'Close').click()
      await forgetSearch()
    })
    await step('it is narrowed by rating, status and time, and given out as it is shown', async () => {
      await choose(page, page.getByLabel('Status', { exact: true }), 'Stopped')
      await choose(page, page.getByLabel('Time range'), 'Last 24 hours')
      await choose(page, page.getByLabel('Feedback', { exact: true }), 'Liked')
      await until('one conversation is left', async () => (await rows.count()) === 1)
      await looks.at(page, 'logs-narrowed')
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export CSV').click()])
      const text = await readFile(await download.path(), 'utf8')
      check(text.includes('What are the parts of a Difference Engine?'), `the file lacks the question: ${text}`)
      check(!text.includes('I bring rhubarb'), `the file has what was not shown: ${text}`)
    })
    await step('the app’s figures are drawn', async () => {
      await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Monitoring' }).click()
      await appears(page.getByRole('figure', { name: /^Messages: [1-9]/ }))
      await looks.at(page, 'monitoring')
      await choose(page, page.getByLabel('Time range'), 'Last 24 hours')
      await appears(page.getByRole('figure', { name: /^Messages: [1-9]/ }))
      await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Logs' }).click()
    })
  },
}
