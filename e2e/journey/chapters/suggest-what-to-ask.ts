import { type Chapter, provider } from '../journey.ts'
import { button, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { appears, check } from '../wait.ts'

const WISH = 'Suggest one question on mills.'
const SUGGESTED = 'How fast does a mill turn?'

export const suggestWhatToAsk: Chapter = {
  title: 'Suggest what to ask',
  async tell({ page, step, looks, server }) {
    server.provider.behave(provider.customModel, { text: JSON.stringify([SUGGESTED]), rate: 0 })
    await step('questions are suggested by a model of their own, in words of the app’s', async () => {
      const section = page.getByRole('region', { name: 'During the chat' })
      const offer = section.getByRole('switch', { name: /^Follow-up questions/ })
      if (!(await offer.isChecked())) await offer.click()
      await section.getByRole('switch', { name: /^Citations/ }).click()
      await section.getByRole('combobox', { name: 'Suggested by' }).click()
      await page.getByRole('option', { name: new RegExp(`^${provider.customModel}`) }).click()
      await field(section, 'What to suggest').fill(WISH)
      await appears(page.getByRole('status').getByText('Draft saved'))
      const preview = page.getByRole('region', { name: 'Preview' })
      const talk = createTalk(preview)
      await talk.ask('What is a mill?')
      await talk.finishes()
      await appears(button(preview, SUGGESTED))
      check(server.provider.wasSent(provider.customModel, WISH), 'the model was not asked in the words of the app')
      await looks.at(page, 'orchestrate-suggestions', { isInPreview: true })
    })
  },
}
