import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import type { Chapter } from '../journey.ts'
import { button, chooseInMenu } from '../pages/controls.ts'
import { appears, check, vanishes } from '../wait.ts'

const file = new URL('../../../apps/server/src/features/app-files/__fixtures__/every-completion-setting.yml', import.meta.url)
/** Of the file: what the editor has no form for. */
const unseen = ['dataset_query_variable: piece', 'variable: catalogue', 'section_of_later:', 'retrieval_model: single']

export const bringAnAppAlong: Chapter = {
  title: 'Bring an app along',
  async tell({ page, step, looks }) {
    await step('a file of a text generator is imported, and what keeps it from its callers is told', async () => {
      await page.getByRole('link', { name: 'Studio' }).click()
      await button(page, 'Import').click()
      const dialog = page.getByRole('dialog')
      const chosen = { name: 'labels.yml', mimeType: 'text/yaml', buffer: await readFile(file) }
      await dialog.locator('input[type=file]').setInputFiles(chosen)
      await appears(dialog.getByText('labels.yml'))
      await looks.at(page, 'import-file')
      await button(dialog, 'Import').click()
      await appears(page.getByRole('dialog', { name: 'App imported' }))
      await appears(page.getByText('This app uses knowledge, which apps of this kind cannot use yet.'))
      await looks.at(page, 'imported-with-a-warning')
      await button(page, 'Open the app').click()
      await appears(page.getByRole('heading', { name: 'Labels', level: 1 }))
    })
    await step('changed and exported, it has all that it came with', async () => {
      const saved = page.waitForResponse((response) => response.url().endsWith('/draft-config') && response.request().method() === 'PUT')
      await page.getByRole('textbox', { name: 'Prompt' }).fill('Write two labels of {{piece}}.')
      await saved
      await page.getByRole('link', { name: 'Studio' }).click()
      const text = await exportApp(page, 'Labels')
      for (const part of ['Write two labels of {{piece}}.', ...unseen]) check(text.includes(part), `the export lacks “${part}”:\n${text}`)
    })
    await step('it is deleted', async () => {
      await chooseInMenu(page, menuOf(page, 'Labels'), 'Delete')
      await button(page.getByRole('alertdialog'), 'Delete app').click()
      await vanishes(page.getByRole('link', { name: 'Labels', exact: true }))
    })
  },
}

const menuOf = (page: Page, app: string) => button(page.getByRole('article').filter({ hasText: app }), 'More actions')

async function exportApp(page: Page, app: string): Promise<string> {
  const download = page.waitForEvent('download')
  await chooseInMenu(page, menuOf(page, app), 'Export')
  return readFile(await (await download).path(), 'utf8')
}
