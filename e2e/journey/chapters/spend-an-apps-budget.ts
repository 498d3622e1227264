import type { Locator, Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, choose, copyBy, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until, vanishes } from '../wait.ts'

const APP = 'Friendly assistant'
const ANSWER = 'It closes at six.'
/** As of an answer that was thought over for long: at the model's price, more than a dollar. */
const MANY_TOKENS = 250_000

export const spendAnAppsBudget: Chapter = {
  title: 'Spend the budget of an app, and of a key',
  async tell(journey) {
    const { page, step, looks, server } = journey
    server.provider.behave(provider.model, { text: ANSWER, rate: 0, counted: MANY_TOKENS })
    await step('an app’s budget lets an answer pass that spends it, then the public page says so', async () => {
      await setBudget(page, async (dialog) => {
        await choose(page, field(dialog, 'For'), 'An app')
        await choose(page, field(dialog, 'App'), APP)
        // It speaks, and nobody knows what its voice costs.
        await dialog.getByRole('switch', { name: /^Refuse models without a known price/ }).click()
      })
      await spendOnPage(journey)
    })
    await step('it stands above the app’s figures, and in the usage', async () => {
      await openAppPage(journey, 'Monitoring')
      const budgets = page.getByRole('region', { name: 'Budgets of this app' })
      await appears(budgets.getByText(/^\$1\.\d+ of \$1\.?0* used/))
      await looks.at(page, 'monitoring-budget')
      await budgets.getByRole('link', { name: 'Change budgets' }).click()
      await isSpent(budgetOf(page, APP))
      await deleteBudget(page, APP)
    })
    let key = ''
    await step('a key gets a budget of its own', async () => {
      key = await makeKey(journey)
      await page.goto(`${server.url}/settings/usage`)
      await setBudget(page, async (dialog) => {
        await choose(page, field(dialog, 'For'), 'An API key')
        await choose(page, field(dialog, 'App'), APP)
        await field(dialog, 'API key').click()
        await page
          .getByRole('option')
          .filter({ hasText: key.slice(-4) })
          .click()
      })
    })
    await step('it lets a call of the API pass that spends it, then the API says why not', () => spendByApi(journey, key))
    await step('the usage tells what the key cost, and what was refused', async () => {
      await until('what the key cost is booked', () => tellsCostOfKey(page))
      await isSpent(budgetOf(page, `Key .+ of ${APP}`))
      await looks.at(page, 'usage-of-a-key')
      await deleteBudget(page, `Key .+ of ${APP}`)
    })
    server.provider.behave(provider.model, { text: ANSWER, rate: 0 })
  },
}

/** A dollar a month; `target` says of what. */
async function setBudget(page: Page, target: (dialog: Locator) => Promise<void>): Promise<void> {
  await button(page, 'Set a budget').click()
  const dialog = page.getByRole('dialog', { name: 'Set a budget' })
  await target(dialog)
  await field(dialog, 'Amount (US dollars)').fill('1')
  await button(dialog, 'Save budget').click()
  await vanishes(dialog)
}

const budgetOf = (page: Page, name: string): Locator => page.getByRole('article', { name: new RegExp(`^${name}$`) })

async function isSpent(budget: Locator): Promise<void> {
  await appears(budget.getByText('Spent', { exact: true }))
  await appears(budget.getByText(/^\d+ calls? refused$/))
}

async function deleteBudget(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Delete the budget of ${name}$`) }).click()
  await button(page.getByRole('alertdialog'), 'Delete budget').click()
  await vanishes(budgetOf(page, name))
}

async function openAppPage({ page, server }: Journey, name: string): Promise<void> {
  await page.goto(`${server.url}/apps`)
  await page.getByRole('link', { name: new RegExp(APP) }).click()
  await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name, exact: true }).click()
}

async function spendOnPage(journey: Journey): Promise<void> {
  const visitor = await openAsVisitor(journey, 'visitor who spends')
  const talk = createTalk(visitor)
  await visitor.goto(journey.addresses.chat ?? '')
  await talk.ask('When does the museum close?')
  check((await talk.finishes()).includes(ANSWER), 'another answer stands there')
  await talk.ask('And when does it open?')
  await appears(talk.turns.last().getByText('This app has used up its budget for now.'))
  check((await button(talk.turns.last(), 'Try again').count()) === 0, 'a spent budget can be tried again')
  await journey.looks.at(visitor, 'page-budget-refusal')
  await visitor.context().close()
}

/** Calls are booked a moment after they were made. */
async function tellsCostOfKey(page: Page): Promise<boolean> {
  await page.reload()
  await appears(page.getByRole('region', { name: 'By model' }))
  return (
    (await page
      .getByRole('region', { name: 'By API key' })
      .getByText(/^\$1\.\d+$/)
      .count()) === 1
  )
}

async function makeKey(journey: Journey): Promise<string> {
  const { page } = journey
  await openAppPage(journey, 'API')
  await button(page, 'Create key').click()
  const dialog = page.getByRole('dialog', { name: 'Your new key' })
  const key = await copyBy(page, button(dialog, 'Copy'))
  await button(dialog, 'I have copied it').click()
  await vanishes(dialog)
  return key
}

async function spendByApi({ server }: Journey, key: string): Promise<void> {
  const ask = () =>
    fetch(`${server.url}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: { name: 'Ada', tour: 'Short' }, query: 'When does the museum close?', user: 'a program' }),
    })
  const first = await ask()
  check(first.ok && (await first.text()).includes(ANSWER), `the first call answered ${first.status}`)
  const second = await ask()
  const { code, message } = await second.json()
  check(second.status === 400 && code === 'provider_quota_exceeded', `the second call answered ${second.status} ${code}: ${message}`)
  check(/^The monthly budget of this API key does not cover this call: \$1\.\d+ of \$1\.00 are used\./.test(message), message)
}
