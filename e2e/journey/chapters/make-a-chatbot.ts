import type { Locator, Page } from 'playwright-core'
import type { Chapter, Journey } from '../journey.ts'
import { button, choose, field } from '../pages/controls.ts'
import { createTalk, type Talk } from '../pages/talk.ts'
import { appears, check, until, vanishes } from '../wait.ts'

export const instructions = 'You are the guide of a small museum of calculating machines.'

const previewOf = (page: Page): Locator => page.getByRole('region', { name: 'Preview' })

const isInView = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= window.innerHeight
  })

const savedDraft = (page: Page) => page.getByRole('status').getByText('Draft saved')

export const makeAChatbot: Chapter = {
  title: 'Make a chatbot',
  async tell(journey) {
    const { page, looks, step } = journey
    const preview = previewOf(page)
    const talk = createTalk(preview)

    await step('a starter makes a working app in one click', async () => {
      await page.getByRole('button', { name: /Friendly assistant/ }).click()
      await page.waitForURL('**/configuration')
      await appears(page.getByRole('heading', { name: 'Friendly assistant', level: 1 }))
      await appears(page.getByText('Published', { exact: true }))
      await looks.at(page, 'orchestrate-starter')
    })

    await step('the preview streams an answer of the demo model', async () => {
      await preview.getByRole('button', { name: 'What can you help me with?' }).click()
      const early = await talk.streams(40)
      await looks.at(page, 'orchestrate-streaming', { isInPreview: true })
      const whole = await talk.finishes()
      check(whole.length > early.length, 'the answer did not grow')
      await appears(preview.getByText(/\d tokens/))
      await looks.at(page, 'orchestrate-answered', { isInPreview: true })
    })

    await step('an answer is stopped, and stays marked as stopped', () => stopAnAnswer(journey, talk))
    await step('a variable in the prompt becomes a field of the form', async () => {
      const prompt = page.getByRole('textbox', { name: 'Prompt' })
      await prompt.fill(instructions)
      await prompt.press('Control+End')
      await prompt.pressSequentially(' Call the visitor {{name}}.')
      await looks.at(page, 'orchestrate-unknown-variable')
      await button(page.getByRole('status'), 'name').click()
      await button(page, 'Edit name').click()
      const dialog = page.getByRole('dialog', { name: 'Edit variable' })
      await field(dialog, 'Label in the form').fill('First name')
      await field(dialog, 'Default').fill('Charles')
      await looks.at(page, 'variable-dialog')
      await button(dialog, 'Save').click()
      await appears(field(preview, 'First name'))
    })

    await step('a message without a needed input goes to its field, and is kept', () => leaveAnInputOut(journey, talk))
    await step('a choice is added by the menu', async () => {
      await button(page.getByRole('region', { name: 'Variables' }), 'Add').click()
      await page.getByRole('menuitem', { name: 'Choice' }).click()
      const dialog = page.getByRole('dialog', { name: 'New variable' })
      await field(dialog, 'Name in the prompt').fill('tour')
      await field(dialog, 'Label in the form').fill('Tour')
      await field(dialog, 'Option 1').fill('Short')
      await field(dialog, 'Option 2').fill('Long')
      await choose(page, field(dialog, 'Default'), 'Short')
      await button(dialog, 'Add').click()
      await vanishes(dialog)
      await appears(field(preview, 'Tour'))
    })

    await step('the opening takes a variable from the keyboard', () => writeAnOpening(journey, preview))

    await step('a parameter of the model is set', async () => {
      await page.getByRole('button', { name: /^Parameters/ }).click()
      const parameters = page.getByRole('dialog')
      await parameters.getByRole('switch').first().click()
      await looks.at(page, 'parameters')
      await page.keyboard.press('Escape')
      await appears(page.getByRole('button', { name: /^Parameters\s*1$/ }))
    })

    await step('the draft saves itself and is there after a reload', async () => {
      await appears(savedDraft(page))
      await appears(page.getByText('Unpublished changes'))
      await page.reload()
      await until('the prompt is the one written before', async () =>
        (await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).startsWith(instructions),
      )
      await appears(preview.getByText('Welcome, Charles! Ask me about any machine.'))
      await looks.at(page, 'orchestrate-draft')
    })

    await step('publishing is deliberate', async () => {
      await button(page, 'Publish').click()
      await appears(page.getByRole('status').getByText('Published', { exact: true }))
    })
  },
}

async function stopAnAnswer({ page, looks }: Journey, talk: Talk): Promise<void> {
  const preview = previewOf(page)
  await talk.ask('Tell me more about that.')
  await talk.streams(20)
  await button(preview, 'Stop answering').click()
  await talk.finishes()
  await appears(preview.getByText(/\d tokens/).last())
  await appears(talk.turns.last().getByText('Stopped', { exact: true }))
  await looks.at(page, 'orchestrate-stopped', { isInPreview: true })
}

async function leaveAnInputOut({ page, looks }: Journey, talk: Talk): Promise<void> {
  const preview = previewOf(page)
  const name = field(preview, 'First name')
  await name.fill('')
  await talk.composer.fill('Who am I?')
  await talk.composer.press('Enter')
  await appears(preview.getByText('“First name” is required.'))
  await until('the field has the focus', () => name.evaluate((control) => control === document.activeElement))
  check(await isInView(name), 'the field is not in view')
  check((await talk.composer.inputValue()) === 'Who am I?', 'the message is gone')
  await looks.at(page, 'orchestrate-missing', { isInPreview: true })
  await name.fill('Charles')
  await talk.composer.fill('')
}

async function writeAnOpening({ page }: Journey, preview: Locator): Promise<void> {
  const opening = page.getByRole('textbox', { name: 'Opening' })
  await opening.fill('Welcome, ')
  await opening.press('End')
  await opening.pressSequentially('{{')
  await appears(page.getByRole('option', { name: 'name' }))
  await page.keyboard.press('Enter')
  await until('the variable stands in the text', async () => (await opening.inputValue()) === 'Welcome, {{name}}')
  await opening.fill('Welcome, ')
  await opening.press('End')
  await opening.pressSequentially('{{na')
  await appears(page.getByRole('option', { name: 'name' }))
  await opening.pressSequentially('me}}')
  await until('a name typed in full stays as it is typed', async () => (await opening.inputValue()) === 'Welcome, {{name}}')
  await opening.press('End')
  await opening.pressSequentially('! Ask me about any machine.')
  await appears(preview.getByText('Welcome, Charles! Ask me about any machine.'))
}
