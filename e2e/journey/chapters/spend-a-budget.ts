import type { Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, field } from '../pages/controls.ts'
import { appears, until, vanishes } from '../wait.ts'

export const spendABudget: Chapter = {
  title: 'Spend a budget',
  async tell(journey) {
    const { page, step, looks } = journey
    await step('the page of usage tells what models cost', async () => {
      await openUsage(journey)
      await appears(page.getByRole('region', { name: 'By model' }).getByRole('button', { name: provider.model }))
      await looks.at(page, 'usage')
    })
    await step('its figures are narrowed to one model, in the address', async () => {
      await page.getByRole('button', { name: provider.model, exact: true }).click()
      const filter = button(page, `Show again without this filter: ${provider.model}`)
      await appears(filter)
      await page.reload()
      await appears(filter)
      await filter.click()
      await vanishes(filter)
    })
    await step('a budget is set that is spent already', () => setBudget(journey))
    await step('it refuses the next call, and says so', async () => {
      await askModel(page, journey)
      await appears(page.getByText(/budget of this workspace does not cover this call/).first())
      await looks.at(page, 'budget-refusal')
    })
    await step('raised, it lets calls pass', () => raiseBudget(journey))
    await step('what an added model costs is entered, and the budget takes it', () => enterPrice(journey))
    await step('a budget is deleted', async () => {
      await openUsage(journey)
      await button(page, 'Delete the budget of Whole workspace').click()
      await button(page.getByRole('alertdialog'), 'Delete budget').click()
      await appears(page.getByText('No budget is set: nothing limits what models cost.'))
    })
  },
}

async function openUsage({ page, server }: Journey): Promise<void> {
  await page.goto(`${server.url}/settings/usage`)
  await appears(page.getByRole('heading', { name: 'Usage and budgets', level: 1 }))
}

async function setBudget({ page, looks }: Journey): Promise<void> {
  await button(page, 'Set a budget').click()
  const dialog = page.getByRole('dialog', { name: 'Set a budget' })
  await button(dialog, 'Save budget').click()
  await appears(dialog.getByText(/A number above 0/))
  await field(dialog, 'Amount (US dollars)').fill('0.000001')
  await appears(dialog.getByText(new RegExp(`${provider.customModel}.* no known price`)))
  await looks.at(page, 'budget-dialog')
  await button(dialog, 'Save budget').click()
  await vanishes(dialog)
  await appears(page.getByText('A budget is spent.'))
  await appears(page.getByText('Spent', { exact: true }))
  await looks.at(page, 'budget-spent')
}

async function askModel(page: Page, { server }: Journey): Promise<void> {
  await page.goto(`${server.url}/playground`)
  await field(page, 'Prompt').fill('Say something.')
  await button(page, 'Run').click()
}

async function raiseBudget(journey: Journey): Promise<void> {
  const { page } = journey
  await openUsage(journey)
  await button(page, 'Change the budget of Whole workspace').click()
  const dialog = page.getByRole('dialog', { name: 'Change the budget' })
  await until(
    'its amount stands in the form',
    () => field(dialog, 'Amount (US dollars)').inputValue(),
    (text) => Number(text) > 0,
  )
  await field(dialog, 'Amount (US dollars)').fill('25')
  await button(dialog, 'Save budget').click()
  await vanishes(dialog)
  await vanishes(page.getByText('A budget is spent.'))
  await askModel(page, journey)
  await appears(page.getByRole('region', { name: 'Model 1' }).getByText('Whole answer'))
}

async function enterPrice(journey: Journey): Promise<void> {
  const { page, looks, server } = journey
  const name = provider.customModel
  await page.goto(`${server.url}/settings/models`)
  await button(page, `Edit ${name}`).click()
  const form = page.getByRole('dialog', { name: `Edit ${name}` })
  await field(form, 'Price of a million input tokens (USD)').fill('0')
  await field(form, 'Price of a million output tokens (USD)').fill('0')
  await looks.at(page, 'provider-prices')
  await button(form, 'Check and save').click()
  await vanishes(form)
  await openUsage(journey)
  await button(page, 'Change the budget of Whole workspace').click()
  const dialog = page.getByRole('dialog', { name: 'Change the budget' })
  // Those of the catalog without one are still named: the notice is there.
  const notice = dialog.getByText(/ no known price/)
  await appears(notice)
  await until('the model has a price', async () => !(await notice.textContent())?.includes(name))
  await page.keyboard.press('Escape')
  await vanishes(dialog)
}
