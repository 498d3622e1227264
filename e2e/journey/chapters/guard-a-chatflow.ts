import { type Chapter, provider } from '../journey.ts'
import { button, chooseInMenu, copyBy, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, vanishes } from '../wait.ts'

const NOT_HEARD = 'Let us talk about poems.'

export const guardAChatflow: Chapter = {
  title: 'Guard a chatflow',
  async tell(journey) {
    const { page, step, looks, server } = journey
    server.provider.behave(provider.model, { text: 'Gladly.', rate: 0 })
    await step('a chatbot is made a chatflow, which hears what it heard', async () => {
      await page.getByRole('link', { name: 'Studio' }).click()
      const chatbot = page.getByRole('article').filter({ hasText: 'Friendly assistant' })
      await chooseInMenu(page, button(chatbot, 'More actions'), 'Convert to chatflow')
      await page.getByRole('link', { name: 'Friendly assistant (chatflow)' }).click()
      const talk = createTalk(page.getByRole('main'))
      await talk.ask('Have you tried rhubarb?')
      await appears(talk.turns.last().getByText('Let us talk about machines.', { exact: true }))
    })
    await step('its keywords are changed in a dialog of its trial', async () => {
      await button(page, 'Content moderation').click()
      const dialog = page.getByRole('dialog', { name: 'Content moderation' })
      await field(dialog, 'Keywords').fill('gooseberry')
      await field(dialog, 'Answer to a message that is caught').fill(NOT_HEARD)
      await looks.at(page, 'chatflow-moderation')
      await button(dialog, 'Save').click()
      await vanishes(dialog)
    })
    await step('its page does not hear them, once it is published', async () => {
      await button(page, 'Publish').click()
      await appears(page.getByText('The workflow is published'))
      await page.getByRole('link', { name: 'Public page' }).click()
      const address = await copyBy(page, button(page.getByRole('main'), 'Copy').first())
      const visitor = await openAsVisitor(journey, 'visitor of a chatflow')
      await visitor.goto(address)
      const talk = createTalk(visitor)
      await talk.ask('I bring a Gooseberry.')
      await appears(talk.turns.last().getByText(NOT_HEARD, { exact: true }))
      await talk.ask('I bring rhubarb.')
      await appears(talk.turns.last().getByText('Gladly.', { exact: true }))
      await looks.at(visitor, 'chatflow-guarded')
      await visitor.context().close()
    })
  },
}
