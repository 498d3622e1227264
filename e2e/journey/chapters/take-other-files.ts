import type { Page } from 'playwright-core'
import type { Chapter, Journey } from '../journey.ts'
import { button, copyBy, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until, vanishes } from '../wait.ts'

const drawing = (name: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from('0\nSECTION\n') })

/** Goes on with the chatflow of the chapter before. */
export const takeOtherFiles: Chapter = {
  title: 'Take files of other types',
  async tell(journey) {
    const { page, step } = journey
    await step('a chatflow names the endings of the files that it takes, one at least', () => nameEndings(journey))
    await step('its page takes those alone, and says so of others', async () => {
      await button(page, 'Publish').click()
      await appears(page.getByText('The workflow is published'))
      await page.getByRole('link', { name: 'Public page' }).click()
      const address = await copyBy(page, button(page.getByRole('main'), 'Copy').first())
      const visitor = await openAsVisitor(journey, 'draughtsman')
      await visitor.goto(address)
      await attach(journey, visitor)
      await visitor.context().close()
    })
  },
}

async function nameEndings({ page, looks }: Journey): Promise<void> {
  await page.getByRole('link', { name: 'Try out' }).click()
  await button(page, 'Files').click()
  const dialog = page.getByRole('dialog', { name: 'Files' })
  const attachments = dialog.getByRole('switch', { name: /^Attachments/ })
  if (!(await attachments.isChecked())) await attachments.click()
  await dialog.getByRole('checkbox', { name: 'Other file types' }).click()
  await button(dialog, 'Save').click()
  await appears(dialog.getByText('Add at least one extension', { exact: false }))
  const endings = field(dialog, 'Extensions of other types')
  await endings.fill('tar.gz')
  await endings.press('Enter')
  await appears(dialog.getByText('“tar.gz” is not a file extension.', { exact: false }))
  await looks.at(page, 'chatflow-files-faults')
  await endings.fill('.DXF, stl')
  await endings.press('Enter')
  await appears(button(dialog, 'Remove .dxf'))
  await appears(button(dialog, 'Remove .stl'))
  await looks.at(page, 'chatflow-files')
  await button(dialog, 'Save').click()
  await vanishes(dialog)
}

async function attach({ looks }: Journey, visitor: Page): Promise<void> {
  const input = visitor.locator('input[type=file]')
  await appears(button(visitor, 'Attach files'))
  check(((await input.getAttribute('accept')) ?? '').endsWith('.dxf,.stl'), 'the page offers other files than the chatflow takes')
  await input.setInputFiles(drawing('wheel.exe'))
  await appears(visitor.getByText(/This file type is not accepted here. Accepted: .*\.dxf.*\.stl/))
  await looks.at(visitor, 'page-file-refused')
  await button(visitor, 'Remove wheel.exe').click()
  await input.setInputFiles(drawing('wheel.dxf'))
  await appears(button(visitor, 'Remove wheel.dxf'))
  const talk = createTalk(visitor)
  await talk.ask('What do you make of this drawing?')
  await appears(talk.turns.last().getByText('wheel.dxf'))
  await until('the question is answered', talk.answer, (text) => text !== '')
}
