import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, choose, copyBy, field } from '../pages/controls.ts'
import { HAIKU, haikuIn } from '../pages/haiku.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until, vanishes } from '../wait.ts'

export const useTextPage: Chapter = {
  title: 'Use the page of a text generator',
  async tell(journey) {
    const { step, looks } = journey
    const visitor = await openAsVisitor(journey, 'reader')
    await step('it writes a text of what is filled in and attached', () => writeOfAPicture(journey, visitor))
    await step('texts are kept, there after a reload, let go and brought back', async () => {
      await button(visitor, 'Save').click()
      await button(visitor, 'More like this').click()
      await appears(haikuIn(visitor).nth(1))
      await until('both texts are whole', async () => (await button(visitor, 'More like this').count()) === 2)
      await looks.at(visitor, 'text-page-written')
      await visitor.reload()
      await visitor
        .getByText(/^Saved/)
        .first()
        .click()
      await appears(haikuIn(visitor))
      await looks.at(visitor, 'text-page-saved')
      await button(visitor, 'Remove from saved').click()
      await appears(visitor.getByText('Nothing saved yet'))
      await button(visitor, 'Undo').click()
      await appears(haikuIn(visitor))
    })
    await step('it writes a text for each row of a file, cancelled and begun again', () => runBatch(journey, visitor))
    await visitor.context().close()
    const newcomer = await openAsVisitor(journey, 'newcomer')
    await step('it moves to another address, and only that one leads to it', () => moveIt(journey, newcomer))
    await step('switched off nobody finds it; switched on it speaks Chinese', async () => {
      await switchOffAndOn(journey, newcomer)
      await looks.at(newcomer, 'text-page-chinese', { language: 'zh-Hans' })
    })
    await newcomer.context().close()
  },
}

async function writeOfAPicture({ page, server, looks, addresses }: Journey, visitor: Page): Promise<void> {
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } })
  await visitor.goto(addresses.text ?? '')
  await appears(field(visitor, 'subject'))
  await looks.at(visitor, 'text-page-fresh')
  await field(visitor, 'subject').fill('rain')
  await visitor.locator('input[type=file]').setInputFiles({ name: 'pond.png', mimeType: 'image/png', buffer: picture })
  await appears(button(visitor, 'Remove pond.png'))
  await button(visitor, 'Generate').click()
  await appears(haikuIn(visitor))
  const sent = `"data:image/png;base64,${picture.toString('base64')}"`
  check(server.provider.wasSent(provider.model, 'rain', sent), 'the picture did not reach the model')
}

async function runBatch({ server, looks }: Journey, visitor: Page): Promise<void> {
  await visitor.getByRole('tab', { name: 'Batch' }).click()
  await appears(visitor.getByRole('term').filter({ hasText: 'subject' }))
  const drop = visitor.getByRole('region', { name: 'Drop a CSV file here' })
  const buffer = Buffer.from('subject\nrain\nsnow\nfog\nhail\ndew\nfrost\nwind\n')
  await drop.locator('input[type=file]').setInputFiles({ name: 'weather.csv', mimeType: 'text/csv', buffer })
  server.provider.behave(provider.model, { text: 'drop '.repeat(500), rate: 20 })
  await button(visitor, 'Run 7 rows').click()
  await appears(visitor.getByText('0 of 7 rows done'))
  await appears(visitor.getByText('Running', { exact: true }).first())
  await looks.at(visitor, 'text-batch-running')
  await button(visitor, 'Cancel').click()
  await appears(visitor.getByText('7 without a result'))
  server.provider.behave(provider.model, { text: HAIKU, rate: 0 })
  await button(visitor, 'Run 7 rows again').click()
  await vanishes(visitor.getByText(/without a result/u))
  await appears(visitor.getByText('All 7 rows done'))
  await looks.at(visitor, 'text-batch')
  const [download] = await Promise.all([visitor.waitForEvent('download'), button(visitor, 'Download results').click()])
  const text = await readFile(await download.path(), 'utf8')
  check(download.suggestedFilename() === 'weather-results.csv', `the file is called ${download.suggestedFilename()}`)
  check(text.match(/every drop a carried one/gu)?.length === 7, `the results are: ${text}`)
  server.provider.behave(provider.model, { text: HAIKU, rate: 40 })
}

async function moveIt({ page, looks, watch, addresses }: Journey, newcomer: Page): Promise<void> {
  await button(page, 'New address').click()
  const question = page.getByRole('alertdialog')
  await looks.at(page, 'public-page-move')
  await button(question, 'Make new address').click()
  await vanishes(question)
  await appears(page.getByText('The page has a new address'))
  await watch.expecting({ statuses: [404], path: '/passport' }, async () => {
    await newcomer.goto(addresses.text ?? '')
    await appears(newcomer.getByRole('heading', { name: 'There is no app at this address' }))
  })
  addresses.text = await copyBy(page, button(page.getByRole('main'), 'Copy').first())
}

async function switchOffAndOn({ page, watch, addresses }: Journey, newcomer: Page): Promise<void> {
  await choose(page, field(page, 'Language of the page'), '简体中文')
  await button(page, 'Save').click()
  await appears(page.getByText('Saved. The page is up to date.').last())
  // Shown at once, whatever the server takes.
  const flip = () =>
    Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/site-enable')),
      page.getByRole('switch', { name: /^Public page/ }).click(),
    ])
  await flip()
  await watch.expecting({ statuses: [404], path: '/passport' }, async () => {
    await newcomer.goto(addresses.text ?? '')
    await appears(newcomer.getByRole('heading', { name: 'There is no app at this address' }))
  })
  await flip()
  await newcomer.reload()
  await appears(button(newcomer, '生成'))
}
