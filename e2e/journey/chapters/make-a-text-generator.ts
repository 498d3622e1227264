import type { Locator, Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, copyBy, field } from '../pages/controls.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, until, vanishes } from '../wait.ts'

const TEXT = 'Rain on the mill wheel,\nevery drop a carried one.'

/** The text itself, not its announcement to screen readers. */
const written = (scope: Page | Locator): Locator => scope.getByRole('paragraph').filter({ hasText: 'a carried one' })

export const makeATextGenerator: Chapter = {
  title: 'Make a text generator',
  async tell(journey) {
    const { page, step, server, looks } = journey
    server.provider.behave(provider.model, { text: TEXT, rate: 40 })

    await step('a text generator is created from nothing', async () => {
      await page.getByRole('link', { name: 'Studio' }).click()
      await appears(page.getByRole('region', { name: 'Begin with' }))
      await looks.at(page, 'studio')
      await button(page.getByRole('region', { name: 'Begin with' }), 'A blank text generator').click()
      const dialog = page.getByRole('dialog', { name: 'New app' })
      await field(dialog, 'Name').fill('Haiku of the day')
      await field(dialog, 'Description').fill('Writes a short poem on a subject')
      await looks.at(page, 'create-app')
      await button(dialog, 'Create app').click()
      await appears(page.getByRole('heading', { name: 'Haiku of the day', level: 1 }))
    })
    await step('a model writes its prompt, and improves it', () => haveItWritten(journey))
    await step('its preview writes with the default model', async () => {
      const preview = page.getByRole('region', { name: 'Preview' })
      await appears(page.getByRole('combobox', { name: 'Model' }).getByText(provider.model))
      await page.getByRole('textbox', { name: 'Prompt' }).fill('Write a haiku on {{subject}}.')
      await button(page.getByRole('status'), 'subject').click()
      await button(page, 'Remove query').click()
      await button(preview, 'Generate').click()
      await appears(preview.getByText('“subject” is needed.'))
      await until('the field has the focus', () => field(preview, 'subject').evaluate((control) => control === document.activeElement))
      await field(preview, 'subject').fill('rain')
      await button(preview, 'Generate').click()
      await appears(written(preview))
      await appears(preview.getByText(/\d tokens/))
      await page.getByRole('switch', { name: /^More like this/ }).click()
      await button(preview, 'More like this').click()
      await appears(written(preview).nth(1))
      await looks.at(page, 'generator')
    })
    await step('it is published, and its page’s settings are saved', async () => {
      await button(page, 'Publish').click()
      await appears(page.getByRole('status').getByText('Published', { exact: true }))
      await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Public page' }).click()
      await field(page, 'Disclaimer').fill('Poems may be wrong.')
      await button(page, 'Save').click()
      await appears(page.getByText('Saved; the page shows it at once'))
      await looks.at(page, 'public-page-settings')
      journey.addresses.text = await copyBy(page, button(page.getByRole('main'), 'Copy').first())
    })
    await step('its page writes texts and keeps them', async () => {
      const visitor = await openAsVisitor(journey, 'reader')
      await visitor.goto(journey.addresses.text ?? '')
      await appears(field(visitor, 'subject'))
      await looks.at(visitor, 'text-page-fresh')
      await field(visitor, 'subject').fill('rain')
      await button(visitor, 'Generate').click()
      await appears(written(visitor))
      await button(visitor, 'Save').click()
      await button(visitor, 'More like this').click()
      await appears(written(visitor).nth(1))
      await until('both texts are whole', async () => (await button(visitor, 'More like this').count()) === 2)
      await looks.at(visitor, 'text-page-written')
      await visitor.reload()
      await visitor
        .getByText(/^Saved/)
        .first()
        .click()
      await appears(written(visitor))
      await looks.at(visitor, 'text-page-saved')
      await visitor.context().close()
    })
    await step('the Studio lists both, found by ⌘K too', async () => {
      await page.getByRole('link', { name: 'Studio' }).click()
      await appears(page.getByText('2 apps'))
      await looks.at(page, 'studio-two')
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await appears(palette.getByText('Model providers'))
      await appears(palette.locator('input:focus'))
      await page.keyboard.type('Haiku')
      await vanishes(palette.getByText('Model providers'))
      await appears(palette.getByText('Haiku of the day'))
      await looks.at(page, 'palette')
      await page.keyboard.press('Enter')
      await appears(page.getByRole('heading', { name: 'Haiku of the day', level: 1 }))
    })
    await step('it is made a workflow, which writes the same', () => becomeAWorkflow(journey))
  },
}

async function becomeAWorkflow({ page, looks }: Journey): Promise<void> {
  await page.getByRole('link', { name: 'Studio' }).click()
  const card = page.getByRole('article').filter({ hasText: 'Haiku of the day' })
  await button(card, 'More actions').click()
  await appears(page.getByRole('menuitem', { name: 'Make a workflow of it' }))
  await looks.at(page, 'studio-menu')
  await page.getByRole('menuitem', { name: 'Make a workflow of it' }).click()
  await page.getByRole('link', { name: 'Haiku of the day (workflow)' }).click()
  await appears(page.getByRole('heading', { name: 'Haiku of the day (workflow)', level: 1 }))
  await field(page, 'subject').fill('rain')
  await button(page, 'Run').click()
  await appears(written(page).first())
  await looks.at(page, 'workflow-converted')
}

async function haveItWritten({ page, server, looks }: Journey): Promise<void> {
  const tagged = (tag: string, text: string): string => `<${tag}>\n${text}\n</${tag}>`
  const says = (text: string) => server.provider.behave(provider.model, { text, rate: 0 })
  const first = 'Sum up {{text}} in {{count}} sentences.'
  const better = `${first} Keep the numbers.`
  says(`Of course.\n${tagged('written_prompt', first)}`)
  await button(page, 'Write it for me').click()
  const dialog = page.getByRole('dialog', { name: 'Write it for me' })
  await button(dialog, 'Summary').click()
  await looks.at(page, 'prompt-writer')
  await button(dialog, 'Write').click()
  const proposal = dialog.getByRole('region', { name: 'Proposal' })
  await appears(proposal.getByText(first))
  says(tagged('written_result', better) + tagged('what_changed', 'Numbers are kept now.'))
  await field(dialog, 'What shall be different?').fill('Keep the numbers')
  await button(dialog, 'Improve it').click()
  await appears(proposal.getByText(better))
  await looks.at(page, 'prompt-proposal')
  await button(dialog, 'Take it').click()
  await vanishes(dialog)
  const prompt = page.getByRole('textbox', { name: 'Prompt' })
  await until('the prompt is the proposal', async () => (await prompt.inputValue()) === better)
  await appears(button(page.getByRole('status'), 'count'))
  await button(page, 'Undo').click()
  await until('the prompt is the one before', async () => (await prompt.inputValue()) !== better)
  server.provider.behave(provider.model, { text: TEXT, rate: 40 })
}
