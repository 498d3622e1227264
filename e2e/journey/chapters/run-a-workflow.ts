import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import type { Chapter, Journey } from '../journey.ts'
import { button, choose, chooseInMenu, copyBy, field } from '../pages/controls.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check } from '../wait.ts'
import { greetingApp } from './greeting-app.ts'

export const runAWorkflow: Chapter = {
  title: 'Run a workflow',
  async tell(journey) {
    const { page, step, looks } = journey
    await step('an app file is pasted, and its app is there', async () => {
      await page.getByRole('link', { name: 'Studio' }).click()
      await button(page, 'Import').click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('tab', { name: 'Paste' }).click()
      await field(dialog, 'App file (YAML)').fill(greetingApp)
      await button(dialog, 'Import').click()
      await appears(page.getByRole('heading', { name: 'Greeter', level: 1 }))
    })
    await step('its draft runs in the console', async () => {
      await field(page, 'Name').fill('Ada')
      await button(page, 'Run').click()
      await appears(page.getByText('Hello Ada!'))
      await looks.at(page, 'workflow-tried')
    })
    await step('the run is looked at, node by node', async () => {
      await page.getByRole('link', { name: 'Runs' }).click()
      await page.getByRole('row').nth(1).click()
      await page.getByRole('button', { name: /^Greet/ }).click()
      await appears(page.getByText('Hello Ada!').first())
      await looks.at(page, 'workflow-trace')
    })
    await step('a run that failed goes on from the step that failed, with something else to read', async () => {
      await page.getByRole('link', { name: 'Try out' }).click()
      await field(page, 'Name').fill('nobody')
      await button(page, 'Run').click()
      await page.getByRole('link', { name: 'See its run' }).click()
      await button(page, 'Run again from the failed step').click()
      const form = page.getByRole('form', { name: 'Run again' })
      await field(form, 'Start / name').fill('Alan')
      await button(form, 'Run again').click()
      await appears(page.getByText('Hello Alan!'))
      await looks.at(page, 'workflow-retry')
    })
    await step('it is published, and its page has an address', async () => {
      await button(page, 'Publish').click()
      await appears(page.getByText('The workflow is published'))
      await page.getByRole('link', { name: 'Public page' }).click()
      journey.addresses.workflow = await copyBy(page, button(page.getByRole('main'), 'Copy').first())
    })
    await step('a version is tried by its id, and shows how programs call it', async () => {
      await page.getByRole('link', { name: 'Versions' }).click()
      await chooseInMenu(page, page.getByRole('button', { name: /^Actions for version/ }), 'Call this version')
      const dialog = page.getByRole('dialog')
      await appears(dialog.getByText('response_mode'))
      await looks.at(page, 'workflow-version-call')
      await button(dialog, 'Close').last().click()
      await page.getByRole('link', { name: /^Try the version/ }).click()
      await field(page, 'Name').fill('Ida')
      await button(page, 'Run').click()
      await appears(page.getByText('Hello Ida!'))
      await looks.at(page, 'workflow-version-tried')
    })
    const visitor = await openAsVisitor(journey, 'guest')
    await useWorkflowPage(journey, visitor)
    await visitor.context().close()
  },
}

async function useWorkflowPage({ step, looks, addresses }: Journey, visitor: Page): Promise<void> {
  await step('a visitor runs it', async () => {
    await visitor.goto(addresses.workflow ?? '')
    await field(visitor, 'Name').fill('Grace')
    await button(visitor, 'Run').click()
    await appears(visitor.getByText('Hello Grace!'))
  })
  await step('a run waits for a form, and goes on with its answer', async () => {
    await choose(visitor, field(visitor, 'Have it checked'), 'yes')
    await button(visitor, 'Run').click()
    const form = visitor.getByRole('region', { name: 'Check the greeting' })
    await appears(form.getByText('Hello Grace!'))
    await looks.at(visitor, 'workflow-form')
    await field(form, 'remark').fill('Well said')
    await button(form, 'Send it').click()
    await appears(visitor.getByText('Well said'))
  })
  await step('three rows of a file are run at once', async () => {
    await visitor.getByRole('tab', { name: 'Batch' }).click()
    const choice = visitor.locator('input[type=file]')
    const csv = (text: string) => ({ name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await choice.setInputFiles(csv('Name\nAugusta Ada King of Lovelace\n'))
    await appears(visitor.getByText('At most 20 characters.'))
    await choice.setInputFiles(csv('Name,Have it checked\nAda,no\nGrace,\nCharles,no\n'))
    await button(visitor, 'Run 3 rows').click()
    await appears(visitor.getByText('All 3 rows done'))
    await looks.at(visitor, 'workflow-batch')
    const [download] = await Promise.all([visitor.waitForEvent('download'), button(visitor, 'Download results').click()])
    const text = await readFile(await download.path(), 'utf8')
    check(text.includes('Charles,no,Hello Charles!'), `the results are: ${text}`)
  })
}
