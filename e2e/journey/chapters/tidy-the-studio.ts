import type { Page } from 'playwright-core'
import type { Chapter, Journey } from '../journey.ts'
import { button, chooseInMenu, field } from '../pages/controls.ts'
import { haikuIn } from '../pages/haiku.ts'
import { appears, until, vanishes } from '../wait.ts'

const cardOf = (page: Page, app: string) => page.getByRole('article').filter({ has: page.getByRole('link', { name: app, exact: true }) })

export const tidyTheStudio: Chapter = {
  title: 'Tidy the Studio',
  async tell(journey) {
    const { page, step, looks } = journey
    await step('it lists both apps, found by ⌘K too', async () => {
      await page.getByRole('link', { name: 'Studio' }).click()
      await appears(page.getByText('2 apps'))
      await looks.at(page, 'studio-two')
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await appears(palette.getByText('Model providers'))
      await appears(palette.locator('input:focus'))
      await page.keyboard.type('Haiku')
      await vanishes(palette.getByText('Model providers'))
      await appears(palette.getByText('Haiku of the day'))
      await looks.at(page, 'palette')
      await page.keyboard.press('Enter')
      await appears(page.getByRole('heading', { name: 'Haiku of the day', level: 1 }))
      await vanishes(palette)
    })
    await step('a question mark shows every key, and two letters lead back', async () => {
      await page.keyboard.press('?')
      const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
      await appears(keys.getByText('Search or jump'))
      await looks.at(page, 'shortcuts')
      await page.keyboard.press('Escape')
      await vanishes(keys)
      await page.keyboard.type('gs')
      await appears(page.getByText('2 apps'))
    })
    await step('a copy gets a name, a picture and a tag', () => changeACopy(journey))
    await step('apps are found by tag and by name, in another order, and deleted', () => findTheCopy(journey))
    await step('a text generator is made a workflow, which writes the same', () => becomeAWorkflow(journey))
  },
}

async function changeACopy({ page, looks }: Journey): Promise<void> {
  await chooseInMenu(page, button(cardOf(page, 'Haiku of the day'), 'More actions'), 'Duplicate')
  await appears(page.getByText('3 apps'))
  await chooseInMenu(page, button(cardOf(page, 'Haiku of the day (copy)'), 'More actions'), 'Edit details')
  const details = page.getByRole('dialog', { name: 'App details' })
  await field(details, 'Name').fill('Haiku in winter')
  await button(details, 'Choose an icon').click()
  await looks.at(page, 'choose-icon')
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 200 } })
  await page.locator('input[type=file]').setInputFiles({ name: 'winter.png', mimeType: 'image/png', buffer: picture })
  await appears(details.locator('img'))
  await button(details, 'Save').click()
  await vanishes(details)
  const copy = cardOf(page, 'Haiku in winter')
  await until('the card shows the picture', () => copy.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth === 200))
  await chooseInMenu(page, button(copy, 'More actions'), 'Tags')
  const tags = page.getByRole('dialog', { name: 'Tags of “Haiku in winter”' })
  await tags.getByLabel('New tag').fill('Poems')
  await button(tags, 'Add').click()
  await until('the app has the tag', () => tags.getByRole('checkbox', { name: 'Poems' }).isChecked())
  await looks.at(page, 'tags')
  await button(tags, 'Close').last().click()
  await appears(copy.getByText('Poems', { exact: true }))
}

async function findTheCopy({ page, looks }: Journey): Promise<void> {
  const cards = page.getByRole('article')
  const shows = (...names: string[]) =>
    until(
      `the Studio shows ${names.join(', ')}`,
      () => cards.getByRole('link').allInnerTexts(),
      (texts) => texts.join('|') === names.join('|'),
    )
  await button(page, 'Tags').click()
  await page.getByRole('menuitemcheckbox', { name: /^Poems/ }).click()
  await page.keyboard.press('Escape')
  await shows('Haiku in winter')
  await button(page, 'Poems').click()
  await page.getByRole('menuitemcheckbox', { name: /^Poems/ }).click()
  await page.keyboard.press('Escape')
  await button(page, 'Order: Last edited').click()
  await page.getByRole('menuitemradio', { name: 'First created' }).click()
  await shows('Friendly assistant', 'Haiku of the day', 'Haiku in winter')
  await looks.at(page, 'studio-tagged')
  await page.getByLabel('Search apps').fill('winter')
  await shows('Haiku in winter')
  await chooseInMenu(page, button(cardOf(page, 'Haiku in winter'), 'More actions'), 'Delete')
  await button(page.getByRole('alertdialog'), 'Delete app').click()
  await button(page, 'Show all apps').click()
  await appears(page.getByText('2 apps'))
}

async function becomeAWorkflow({ page, looks }: Journey): Promise<void> {
  await button(cardOf(page, 'Haiku of the day'), 'More actions').click()
  await appears(page.getByRole('menuitem', { name: 'Convert to workflow' }))
  await looks.at(page, 'studio-menu')
  await page.getByRole('menuitem', { name: 'Convert to workflow' }).click()
  await page.getByRole('link', { name: 'Haiku of the day (workflow)' }).click()
  await appears(page.getByRole('heading', { name: 'Haiku of the day (workflow)', level: 1 }))
  await field(page, 'subject').fill('rain')
  await button(page, 'Run').click()
  await appears(haikuIn(page).first())
  await looks.at(page, 'workflow-converted')
}
