import type { Locator } from 'playwright-core'
import { type ExtensionCall, type ExtensionReply, type FakeExtension, startFakeExtension } from '../../../tools/fake-extension/index.ts'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, choose, chooseInMenu, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, vanishes } from '../wait.ts'

const KEY = 'a-key-of-an-extension'

function answerAsked({ point, params }: ExtensionCall): ExtensionReply {
  if (point === 'app.external_data_tool.query') return { body: { result: 'raining in Ulm' } }
  if (point === 'app.moderation.output') return { body: { flagged: false } }
  const query = String(params['query'])
  const masked = query.replaceAll(/\d+/g, '***')
  return { body: { flagged: masked !== query, action: 'overridden', inputs: params['inputs'], query: masked } }
}

export const askAnExtension: Chapter = {
  title: 'Ask a server of one’s own',
  async tell(journey) {
    const { page, step, server } = journey
    const extension = await startFakeExtension(answerAsked, { apiKey: KEY })
    try {
      await step('a server is added once it has answered a ping', () => addExtension(journey, extension))
      await step('it masks what a visitor says before a model hears it', () => maskQuestion(journey))
      await step('an app fills a variable of its prompt by it', () => fetchWeather(journey, extension))
      await step('whoever deletes it is told which app asks it', () => deleteExtension(journey))
      await step('the app is again what was published', async () => {
        await page.goto(`${server.url}/apps`)
        await page.getByRole('link', { name: 'Friendly assistant', exact: true }).click()
        await appears(page.getByText('extension is gone'))
        await chooseInMenu(page, button(page, 'Publishing and the public page'), 'Back to the published version')
        await appears(page.getByText('Variables whose value comes from an API extension.'))
      })
    } finally {
      await extension.close()
    }
  },
}

async function openExtensions({ page, server }: Journey): Promise<void> {
  await page.goto(`${server.url}/settings/extensions`)
  await appears(page.getByRole('heading', { name: 'API extensions', level: 1 }))
}

async function addExtension(journey: Journey, { url }: FakeExtension): Promise<void> {
  const { page, looks, watch } = journey
  await openExtensions(journey)
  await appears(page.getByText('No extensions yet'))
  await looks.at(page, 'extensions-none')
  await button(page, 'Add extension').click()
  const dialog = page.getByRole('dialog', { name: 'Add an API extension' })
  await button(dialog, 'Save').click()
  await appears(dialog.getByText('Give it a name.'))
  await field(dialog, 'Name').fill('Weather of the day')
  await field(dialog, 'Address').fill(url)
  await field(dialog, 'API key').fill('another-key')
  await watch.expecting({ statuses: [400], path: '/api-based-extension' }, async () => {
    await button(dialog, 'Save').click()
    await appears(dialog.getByText(/It answered 401 instead of 200/))
  })
  await looks.at(page, 'extension-dialog')
  await field(dialog, 'API key').fill(KEY)
  await button(dialog, 'Save').click()
  await vanishes(dialog)
  await appears(page.getByRole('article', { name: 'Weather of the day' }).getByText(url))
  await looks.at(page, 'extensions')
}

/** For the published app: the log tells of visitors only. What judges it is then as it was. */
async function maskQuestion(journey: Journey): Promise<void> {
  const { page, server, addresses } = journey
  await page.goto(`${server.url}/apps`)
  await page.getByRole('link', { name: /Friendly assistant/ }).click()
  await judgeBy(journey, async (dialog) => {
    await dialog.getByRole('tab', { name: 'An API extension' }).click()
    await field(dialog, 'API extension').click()
    // Its name has the address of the server, too.
    await page.getByRole('option', { name: /^Weather of the day/ }).click()
  })
  server.provider.behave(provider.model, { text: 'Keep it to yourself.', rate: 0 })
  const visitor = await openAsVisitor(journey, 'masked visitor')
  await visitor.goto(addresses.chat ?? '')
  const there = createTalk(visitor)
  await there.ask('My card is 4111.')
  await appears(there.turns.last().getByText('Keep it to yourself.', { exact: true }))
  await visitor.context().close()
  await judgeBy(journey, (dialog) => dialog.getByRole('tab', { name: 'Keywords' }).click())
}

async function judgeBy({ page }: Journey, change: (dialog: Locator) => Promise<void>): Promise<void> {
  await button(page.getByRole('region', { name: 'Content moderation' }), 'Settings').click()
  const dialog = page.getByRole('dialog', { name: 'Content moderation' })
  await change(dialog)
  await button(dialog, 'Save').click()
  await vanishes(dialog)
  await button(page, 'Publish').click()
  await appears(page.getByRole('status').getByText('Published', { exact: true }))
}

async function fetchWeather({ page, server, looks }: Journey, extension: FakeExtension): Promise<void> {
  await page.goto(`${server.url}/apps`)
  await page.getByRole('link', { name: 'Friendly assistant', exact: true }).click()
  const prompt = page.getByRole('textbox', { name: 'Prompt' })
  await prompt.press('Control+End')
  await prompt.pressSequentially(' It is {{weather}}.')
  const section = page.getByRole('region', { name: 'External data' })
  await button(section, 'Add').click()
  const dialog = page.getByRole('dialog', { name: 'Add external data' })
  await field(dialog, 'Name in the prompt').fill('weather')
  await choose(page, field(dialog, 'API extension'), 'Weather of the day')
  await looks.at(page, 'external-data-dialog')
  await button(dialog, 'Add').click()
  await vanishes(dialog)
  await appears(section.getByText('Weather of the day'))
  await looks.at(page, 'orchestrate-external-data')
  server.provider.behave(provider.model, { text: 'Take an umbrella.', rate: 0 })
  const talk = createTalk(page.getByRole('region', { name: 'Preview' }))
  await talk.ask('What shall I wear?')
  await appears(talk.turns.last().getByText('Take an umbrella.', { exact: true }))
  // What is not saved is not found by whoever deletes the extension.
  await appears(page.getByRole('status').getByText('Draft saved'))
  const asked = extension.calls.at(-1)
  check(asked?.point === 'app.external_data_tool.query', `the extension was asked ${asked?.point}`)
  check(asked?.params['tool_variable'] === 'weather', 'the extension was asked for another variable')
}

async function deleteExtension(journey: Journey): Promise<void> {
  const { page, looks } = journey
  await openExtensions(journey)
  await button(page, 'Delete Weather of the day').click()
  const dialog = page.getByRole('alertdialog')
  await appears(dialog.getByText('Friendly assistant'))
  await looks.at(page, 'extension-delete')
  await button(dialog, 'Delete extension').click()
  await appears(page.getByText('No extensions yet'))
}
