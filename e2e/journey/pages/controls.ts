import type { Locator, Page } from 'playwright-core'
import { until } from '../wait.ts'

type Scope = Page | Locator

const exactly = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\*?$`)

/** A form's control by its label, whose asterisk marks a needed one. */
export const field = (scope: Scope, label: string): Locator => scope.getByLabel(exactly(label))

export const button = (scope: Scope, name: string): Locator => scope.getByRole('button', { name, exact: true })

/** Chooses in a list that opens below its control. */
export async function choose(page: Page, control: Locator, option: string): Promise<void> {
  await control.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

export async function chooseInMenu(page: Page, control: Locator, item: string): Promise<void> {
  await control.click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

/** Presses a copy button and gives what a person would paste. */
export async function copyBy(page: Page, control: Locator): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await control.click()
  return until(
    'something was copied',
    () => page.evaluate(() => navigator.clipboard.readText()),
    (text) => text !== '',
  )
}

/** Toasts leave by themselves; whoever needs what is below waits for it. */
export const toast = (page: Page, text: string): Locator => page.getByText(text, { exact: true }).first()
