import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, copyBy, field } from '../pages/controls.ts'
import { HAIKU, haikuIn } from '../pages/haiku.ts'
import { appears, until, vanishes } from '../wait.ts'

export const makeATextGenerator: Chapter = {
  title: 'Make a text generator',
  async tell(journey) {
    const { page, step, server, looks } = journey
    server.provider.behave(provider.model, { text: HAIKU, rate: 40 })

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
      await appears(preview.getByText('“subject” is required.'))
      await until('the field has the focus', () => field(preview, 'subject').evaluate((control) => control === document.activeElement))
      await field(preview, 'subject').fill('rain')
      await button(preview, 'Generate').click()
      await appears(haikuIn(preview))
      await appears(preview.getByText(/\d tokens/))
      await page.getByRole('switch', { name: /^More like this/ }).click()
      await page.getByRole('switch', { name: /^Attachments/ }).click()
      await button(preview, 'More like this').click()
      await appears(haikuIn(preview).nth(1))
      await looks.at(page, 'generator')
    })
    await step('it is published, and its page’s settings are saved', async () => {
      await button(page, 'Publish').click()
      await appears(page.getByRole('status').getByText('Published', { exact: true }))
      await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Public page' }).click()
      await field(page, 'Disclaimer').fill('Poems may be wrong.')
      await button(page, 'Save').click()
      await appears(page.getByText('Saved. The page is up to date.'))
      await looks.at(page, 'public-page-settings')
      journey.addresses.text = await copyBy(page, button(page.getByRole('main'), 'Copy').first())
    })
  },
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
  await field(dialog, 'What should be different?').fill('Keep the numbers')
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
  server.provider.behave(provider.model, { text: HAIKU, rate: 40 })
}
