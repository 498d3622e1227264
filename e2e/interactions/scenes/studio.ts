import type { Page } from 'playwright-core'
import { button, field } from '../../journey/pages/controls.ts'
import { appears, check } from '../../journey/wait.ts'
import { animals, tags } from '../filling/sample-texts.ts'
import { measureClick, measureFrames, measureKey, measureVisit, turnWheel } from '../measure.ts'
import type { Sight } from '../recorder.ts'
import type { Keep, Scene } from '../scene.ts'

const CARDS = '#content article'
const MENU = '[role=menu]'
const firstCard = (text: string): Sight => ({ selector: CARDS, text })
const noMenu: Sight = { selector: MENU, isGone: true }
/** The newest app, which stands first where nothing narrows the list. */
const NEWEST = 'Help desk'
/** The number in its name. */
const oldestOf = (apps: number): string => String(apps - 2).padStart(3, '0')
/** Of the wheel, until the list must have come to its end. */
const MOST_TURNS = 300

export const studio: Scene = {
  place: 'Studio',
  word: 'studio',
  async play({ console: page, installation, scale }, keep) {
    keep('first view', await measureVisit(page, `${installation.url}/apps`, { selector: CARDS, least: 20 }))
    await scrollToAll(page, oldestOf(scale.apps), keep)
    await openMenus(page, keep)
    await narrow(page, scale.apps, keep)
    await search(page, keep)
  },
}

async function scrollToAll(page: Page, oldest: string, keep: Keep): Promise<void> {
  const last = page.locator(CARDS).getByText(oldest)
  await page.mouse.move(700, 600)
  const scroll = async (): Promise<void> => {
    for (let time = 0; time < MOST_TURNS && !(await last.isVisible()); time += 1) await turnWheel(page, { steps: 10, deltaY: 600 })
    check(await last.isVisible(), 'the list never came to its end')
  }
  keep('scrolling to the last app, as they come (longest frame)', await measureFrames(page, scroll))
  keep('scrolling back (longest frame)', await measureFrames(page, () => turnWheel(page, { steps: 60, deltaY: -1500 })))
  await page.locator('#content').evaluate((element) => element.scrollTo(0, 0))
}

async function openMenus(page: Page, keep: Keep): Promise<void> {
  for (const position of [1, 4]) {
    const more = page.locator(CARDS).nth(position).getByRole('button', { name: 'More actions' })
    keep('opening the menu of an app', await measureClick(page, more, { selector: MENU }))
    keep('closing it', await measureKey(page, 'Escape', noMenu))
  }
  const star = page.locator(CARDS).nth(2).getByRole('button', { name: /star/i })
  const starred: Sight = { selector: `${CARDS} [aria-pressed=true]` }
  keep('starring an app', await measureClick(page, star, starred))
  await star.click()
}

async function narrow(page: Page, apps: number, keep: Keep): Promise<void> {
  const all: Sight = { selector: CARDS, text: NEWEST, least: 20 }
  const kind = (name: string) => page.getByRole('tab', { name, exact: true })
  keep('switching to a kind of app', await measureClick(page, kind('Text'), firstCard('004')))
  keep('switching back to all', await measureClick(page, kind('All'), all))

  for (let time = 0; time < 3; time += 1) {
    const order = button(page, 'Order: Last edited')
    keep('opening the order', await measureClick(page, order, { selector: MENU }))
    const oldest = page.getByRole('menuitemradio', { name: 'First created' })
    keep('sorting', await measureClick(page, oldest, firstCard(oldestOf(apps))))
    await page.getByRole('button', { name: /^Order/ }).click()
    keep('sorting back', await measureClick(page, page.getByRole('menuitemradio', { name: 'Last edited' }), all))
  }

  const tagMenu = page.getByRole('button', { name: 'Tags', exact: true })
  keep('opening the tags', await measureClick(page, tagMenu, { selector: MENU }))
  const tag = page.getByRole('menuitemcheckbox', { name: new RegExp(`^${tags[1]}`) })
  keep('choosing a tag', await measureClick(page, tag, firstCard('001')))
  keep('letting go of it', await measureClick(page, tag, all))
  await page.keyboard.press('Escape')
}

async function search(page: Page, keep: Keep): Promise<void> {
  const words = field(page, 'Search apps')
  await words.click()
  for (const letter of animals[2].toLowerCase()) keep('a letter in the search', await measureKey(page, letter))
  await words.fill('07')
  await appears(page.locator(CARDS).first().getByText('007'))
  keep('the letter that narrows it again', await measureKey(page, '3', firstCard('073')))
  await words.selectText()
  keep('emptying the search', await measureKey(page, 'Backspace', { selector: CARDS, text: NEWEST, least: 20 }))
}
