import type { Locator } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, field } from '../pages/controls.ts'
import { createTalk, type Talk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, vanishes } from '../wait.ts'

const NOT_HEARD = 'Let us talk about machines.'
const NOT_SAID = 'I keep that to myself.'

const saidLast = ({ turns }: Talk, answer: string): Locator => turns.last().getByText(answer, { exact: true })

export const guardAnApp: Chapter = {
  title: 'Guard an app',
  async tell(journey) {
    const { page, step, looks, server } = journey
    const section = page.getByRole('region', { name: 'Content moderation' })
    const dialog = page.getByRole('dialog', { name: 'Content moderation' })
    const toggle = section.getByRole('switch')

    await step('settings that would not work say why, and are left by cancelling', async () => {
      await toggle.click()
      await button(dialog, 'Save').click()
      await appears(dialog.getByText('Write at least one keyword.'))
      await appears(dialog.getByText('Write the answer to give instead.'))
      await looks.at(page, 'moderation-faults')
      await button(dialog, 'Cancel').click()
      await vanishes(dialog)
      check(!(await toggle.isChecked()), 'moderation is on though its settings were cancelled')
    })
    await step('keywords are written, and what is answered instead', async () => {
      await toggle.click()
      await setUp(journey, dialog)
      await appears(section.getByText('By 2 keywords · what people send and what the app answers'))
      await looks.at(page, 'orchestrate-moderation')
    })
    const talk = createTalk(page.getByRole('region', { name: 'Preview' }))
    await step('the preview hears no keyword', async () => {
      await talk.ask('Have you tried RHUBARB?')
      await appears(saidLast(talk, NOT_HEARD))
    })
    await step('and says none', async () => {
      server.provider.behave(provider.model, { text: 'A forbidden fruit, they say.', rate: 0 })
      await talk.ask('What did Eve eat?')
      await appears(saidLast(talk, NOT_SAID))
    })
    await step('so does the public page, once it is published', async () => {
      await button(page, 'Publish').click()
      await appears(page.getByRole('status').getByText('Published', { exact: true }))
      const visitor = await openAsVisitor(journey, 'guarded visitor')
      await visitor.goto(journey.addresses.chat ?? '')
      const there = createTalk(visitor)
      await there.ask('I bring rhubarb.')
      await appears(saidLast(there, NOT_HEARD))
      await there.ask('What did Eve eat?')
      await appears(saidLast(there, NOT_SAID))
      await visitor.reload()
      await appears(saidLast(there, NOT_SAID))
      await looks.at(visitor, 'page-guarded')
      await visitor.context().close()
    })
  },
}

async function setUp({ page, looks }: Journey, dialog: Locator): Promise<void> {
  await dialog.getByRole('tab', { name: 'A model' }).click()
  await appears(dialog.getByText(/the workspace’s default moderation model/))
  await dialog.getByRole('tab', { name: 'An API extension' }).click()
  await appears(dialog.getByText(/This workspace has no API extension yet/))
  await dialog.getByRole('tab', { name: 'Keywords' }).click()
  await field(dialog, 'Keywords').fill(' Rhubarb\n\nforbidden fruit ')
  await appears(dialog.getByText('2 of 100 lines · 23 of 10,000 characters'))
  await field(dialog, 'Answer to a message that is caught').fill(NOT_HEARD)
  await dialog.getByRole('switch', { name: /^What the app answers/ }).click()
  const instead = field(dialog, 'Answer in place of one that is caught')
  await instead.fill('x'.repeat(101))
  await appears(dialog.getByText('Use 100 characters at most.'))
  await instead.fill(NOT_SAID)
  await looks.at(page, 'moderation')
  await button(dialog, 'Save').click()
  await vanishes(dialog)
}
