import type { Locator, Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, field } from '../pages/controls.ts'
import { appears, check, until, vanishes } from '../wait.ts'

/** A provider's card on the settings page. */
const cardOf = (page: Page, name: string): Locator =>
  page
    .locator('div')
    .filter({ has: page.getByRole('heading', { name, exact: true, level: 3 }) })
    .filter({ has: page.getByRole('button') })
    .last()

export const addAModel: Chapter = {
  title: 'Add a model',
  async tell(journey) {
    const { page, looks, step } = journey
    await step('settings list the providers', async () => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await appears(page.getByRole('heading', { name: 'Model providers', level: 1 }))
      await appears(page.getByRole('heading', { name: 'OpenAI', exact: true }))
      await looks.at(page, 'settings-models')
    })
    await step('a wrong key is refused in the provider’s own words', () => refuseWrongKey(journey))
    await step('the right key is taken, and never shown again', () => takeRightKey(journey))
    await step('a second key shares the load, and goes again', () => shareLoad(journey))
    await step('a model is switched off, and on again', () => switchModel(journey))
    await step('a model of an OpenAI-compatible server is added', () => addCustomModel(journey))
    await step('the added model is edited; its key stays, and is tried again', () => editCustomModel(journey))
    await step('the added model gets a second key, which shares its load, is used and goes again', () => balanceCustomModel(journey))
    await step('the default model is changed', async () => {
      const defaults = page.getByRole('region', { name: 'Default models' })
      await pickModel(page, defaults.getByLabel('Chat', { exact: true }), provider.model)
      await appears(page.getByText('Default model saved'))
      await page.reload()
      await appears(defaults.getByLabel('Chat', { exact: true }).getByText(provider.model, { exact: false }))
      await looks.at(page, 'settings-models-ready')
    })
    await step('the other settings pages open', async () => {
      for (const name of ['Members', 'Account', 'Appearance']) {
        await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).click()
        await appears(page.getByRole('heading', { name, level: 1 }))
        await looks.at(page, `settings-${name.toLowerCase()}`)
      }
    })
    await step('two models answer one prompt side by side', () => compareModels(journey))
    await step('the app moves to the new model', async () => {
      await page.getByRole('link', { name: 'Studio' }).click()
      await page.getByRole('link', { name: /Friendly assistant/ }).click()
      await pickModel(page, page.getByRole('combobox', { name: 'Model' }), provider.model)
      await until('publishing is offered', () => button(page, 'Publish').isEnabled())
      await button(page, 'Publish').click()
      await appears(page.getByRole('status').getByText('Published', { exact: true }))
    })
  },
}

async function pickModel(page: Page, control: Locator, model: string): Promise<void> {
  await control.click()
  await page.getByPlaceholder('Search models').fill(model)
  await page.getByRole('option').filter({ hasText: model }).first().click()
}

async function refuseWrongKey({ page, server, watch, looks }: Journey): Promise<void> {
  await button(cardOf(page, 'OpenAI'), 'Add key').click()
  const dialog = page.getByRole('dialog', { name: 'Connect OpenAI' })
  await field(dialog, 'API key').fill('sk-wrong')
  await field(dialog, 'Address').fill(server.provider.url)
  await watch.expecting({ statuses: [400], path: '/credentials' }, async () => {
    await button(dialog, 'Check and save').click()
    await appears(dialog.getByText(/Incorrect API key provided/))
  })
  await looks.at(page, 'provider-refused')
}

async function takeRightKey({ page, looks }: Journey): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Connect OpenAI' })
  await field(dialog, 'API key').fill(provider.key)
  await field(dialog, 'API key').press('Enter')
  await vanishes(dialog)
  await appears(page.getByText('OpenAI is ready'))
  await button(cardOf(page, 'OpenAI'), 'More actions').click()
  await page.getByRole('menuitem', { name: 'Replace key' }).click()
  const again = page.getByRole('dialog', { name: 'Key for OpenAI' })
  await appears(field(again, 'API key'))
  check((await field(again, 'API key').inputValue()) === '', 'the stored key stands in the form')
  check(!(await page.content()).includes(provider.key), 'the stored key stands in the page')
  await looks.at(page, 'provider-key-stored')
  await page.keyboard.press('Escape')
  await vanishes(again)
}

async function compareModels({ page, looks }: Journey): Promise<void> {
  await page.getByRole('link', { name: 'Playground' }).click()
  await pickModel(page, page.getByRole('combobox', { name: 'Model 2' }), provider.customModel)
  await field(page, 'Prompt').fill('Say something.')
  await button(page, 'Run').click()
  for (const name of ['Model 1', 'Model 2']) await appears(page.getByRole('region', { name }).getByText('Whole answer'))
  await looks.at(page, 'playground')
}

async function shareLoad({ page, server, looks }: Journey): Promise<void> {
  await button(cardOf(page, 'OpenAI'), 'More actions').click()
  await page.getByRole('menuitem', { name: 'Add another key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect OpenAI' })
  await field(dialog, 'Name of the key').fill('Second account')
  await field(dialog, 'API key').fill(provider.key)
  await field(dialog, 'Address').fill(server.provider.url)
  await button(dialog, 'Check and save').click()
  await vanishes(dialog)
  const keys = page.getByRole('region', { name: 'Keys' })
  const share = keys.getByRole('switch', { name: 'Share the load' })
  await share.click()
  await until('the second key shares the load', () => share.isChecked())
  await looks.at(page, 'provider-keys')
  await button(keys, 'Actions for Second account').click()
  await page.getByRole('menuitem', { name: 'Remove key' }).click()
  await button(page.getByRole('alertdialog', { name: 'Remove the key Second account of OpenAI?' }), 'Remove key').click()
  await vanishes(keys)
}

async function switchModel({ page, looks }: Journey): Promise<void> {
  const toggle = page.getByRole('button', { name: 'Offered models', exact: true }).first()
  await toggle.click()
  const offer = page.getByRole('switch', { name: /^Offer / }).first()
  await offer.click()
  await until('the model is switched off', async () => !(await offer.isChecked()) && (await offer.isEnabled()))
  await looks.at(page, 'provider-models')
  await offer.click()
  await until('the model is offered again', async () => (await offer.isChecked()) && (await offer.isEnabled()))
  await toggle.click()
}

async function addCustomModel({ page, server, looks }: Journey): Promise<void> {
  const card = cardOf(page, 'OpenAI-compatible server')
  await button(card, 'Add model').click()
  const dialog = page.getByRole('dialog', { name: 'Add a model to OpenAI-compatible server' })
  await field(dialog, 'Model name').fill(provider.customModel)
  await field(dialog, 'API key').fill(provider.key)
  await field(dialog, 'Address').fill(server.provider.url)
  await looks.at(page, 'provider-custom-model')
  await button(dialog, 'Check and add').click()
  await vanishes(dialog)
  await appears(page.getByText(provider.customModel, { exact: true }))
}

async function editCustomModel({ page, watch, looks }: Journey): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `Edit ${provider.customModel}` })
  const open = async (): Promise<void> => {
    await button(page, `Edit ${provider.customModel}`).click()
    await appears(field(dialog, 'Context size (tokens)'))
  }
  await open()
  check(await field(dialog, 'Model name').isDisabled(), 'the name of an added model can be changed')
  check((await field(dialog, 'API key').inputValue()) === '', 'the stored key stands in the form')
  await looks.at(page, 'provider-edit-model')
  await field(dialog, 'API key').fill('sk-wrong')
  await watch.expecting({ statuses: [400], path: '/models/credentials' }, async () => {
    await button(dialog, 'Check and save').click()
    await appears(dialog.getByText(/Incorrect API key provided/))
  })
  await field(dialog, 'API key').fill('')
  await field(dialog, 'Context size (tokens)').fill('16000')
  await button(dialog, 'Check and save').click()
  await vanishes(dialog)
  await appears(page.getByText(`${provider.customModel} is saved`))
  await open()
  check((await field(dialog, 'Context size (tokens)').inputValue()) === '16000', 'the changed value was not kept')
  await page.keyboard.press('Escape')
  await vanishes(dialog)
}

async function balanceCustomModel({ page, looks }: Journey): Promise<void> {
  const name = provider.customModel
  await button(page, `Add a key for ${name}`).click()
  const dialog = page.getByRole('dialog', { name: `Add a key for ${name}` })
  await field(dialog, 'Name of the key').fill('Second account')
  check((await field(dialog, 'Context size (tokens)').inputValue()) === '16000', 'the second key does not begin like the first')
  check((await field(dialog, 'API key').inputValue()) === '', 'the stored key stands in the form')
  await field(dialog, 'API key').fill(provider.key)
  await looks.at(page, 'provider-model-second-key')
  await button(dialog, 'Check and add').click()
  await vanishes(dialog)
  const keys = page.getByRole('region', { name: `Keys of ${name}` })
  const share = keys.getByRole('switch', { name: 'Share the load' })
  await share.click()
  await until('the second key shares the load of the model', () => share.isChecked())
  await looks.at(page, 'provider-model-keys')
  await button(keys, 'Actions for Second account').click()
  await page.getByRole('menuitem', { name: 'Use this key' }).click()
  await until('the second key is in use', () =>
    keys.getByRole('listitem').filter({ hasText: 'Second account' }).getByText('In use').isVisible(),
  )
  await button(keys, 'Actions for Second account').click()
  await page.getByRole('menuitem', { name: 'Remove key' }).click()
  await button(page.getByRole('alertdialog', { name: `Remove the key Second account of ${name}?` }), 'Remove key').click()
  await vanishes(keys)
  await appears(button(page, `Edit ${name}`))
}
