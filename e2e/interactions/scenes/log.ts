import type { Page } from 'playwright-core'
import { button, field } from '../../journey/pages/controls.ts'
import { until } from '../../journey/wait.ts'
import { rareWords } from '../filling/sample-texts.ts'
import { measureClick, measureFrames, measureKey, turnWheel } from '../measure.ts'
import type { Sight } from '../recorder.ts'
import type { Keep, Scene } from '../scene.ts'

const ROWS = '#content tbody tr'
/** The one on view: what has left is taken apart out of sight. */
const PANEL = ':not([data-leaving]) > aside'
/** Of the page that was asked for, not of the one before. */
const SETTLED_ROWS = '#content [aria-busy=false] tbody tr'
const LIST: Sight = { selector: '[role=listbox]' }
const PAGE_SIZE = 25
const TURNS_PER_PAGE = 20
/** So many turns fill the screen. */
const AT_ONCE = 5

export const log: Scene = {
  place: 'Log',
  word: 'log',
  async play({ console: page, installation, scale }, keep) {
    await page.goto(`${installation.url}/app/${installation.appId}/overview`)
    const link = page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'Logs' })
    keep('opening', await measureClick(page, link, { selector: ROWS, least: PAGE_SIZE }))
    await narrow(page, keep)
    await search(page, scale.conversations, keep)
    const next = button(page, 'Next page')
    for (let time = 0; time < 3; time += 1) {
      const row = page.locator(ROWS).first()
      const before = (await row.textContent()) ?? ''
      keep('the next page', await measureClick(page, next, { selector: SETTLED_ROWS, isOther: before }))
    }
    for (const position of [3, 5]) {
      const row = page.locator(ROWS).nth(position)
      keep('opening a conversation', await measureClick(page, row, { selector: `${PANEL} article`, least: 3 }))
      keep('closing it', await measureKey(page, 'Escape', { selector: PANEL, isGone: true }))
    }
    await readLong(page, scale.turns, keep)
  },
}

async function narrow(page: Page, keep: Keep): Promise<void> {
  const option = (name: string) => page.getByRole('option', { name, exact: true })
  const total = await page.locator('#content h2 + *').textContent()
  const wholeLog: Sight = { selector: '#content h2 + *', text: total ?? '' }

  keep('opening the list of a filter', await measureClick(page, page.getByLabel('Status', { exact: true }), LIST))
  keep('what failed', await measureClick(page, option('Something failed'), { selector: ROWS, text: '1 failed' }))
  await page.getByLabel('Status', { exact: true }).click()
  keep('whatever its status', await measureClick(page, option('Any status'), wholeLog))

  await page.getByLabel('Time range', { exact: true }).click()
  keep('the last day', await measureClick(page, option('Last 24 hours'), { selector: '#content h2 + *', text: '30' }))
  await page.getByLabel('Time range', { exact: true }).click()
  keep('of all time', await measureClick(page, option('All time'), wholeLog))
}

async function search(page: Page, conversations: number, keep: Keep): Promise<void> {
  const words = field(page, 'Search what was said')
  const total = await page.locator('#content h2 + *').textContent()
  await words.click()
  const [word] = rareWords
  for (const letter of word.slice(0, -1)) keep('a letter in the search', await measureKey(page, letter))
  const found = (count: number): Sight => ({ selector: '#content h2 + *', text: `${count} conversations` })
  await page.waitForSelector(`#content h2 + :has-text("${found(conversations / 50).text}")`)
  keep('the letter that narrows it again', await measureKey(page, word.slice(-1), found(conversations / 100)))
  await words.selectText()
  keep('emptying the search', await measureKey(page, 'Backspace', { selector: '#content h2 + *', text: total ?? '' }))
}

/** The newest conversation, page by page, to its beginning; then what is done with it whole. */
async function readLong(page: Page, turns: number, keep: Keep): Promise<void> {
  // The address names the page of the list that was open.
  await page.goto(page.url().split('?')[0] ?? '')
  const panel = page.locator(PANEL)
  const articles = `${PANEL} article`
  const first = page.locator(ROWS).first()
  keep('opening one of many turns', await measureClick(page, first, { selector: articles, least: AT_ONCE }))
  const earlier = button(panel, 'Earlier turns')
  for (let shown = TURNS_PER_PAGE; shown < turns; shown += TURNS_PER_PAGE) {
    await until('what was brought is drawn', async () => (await page.locator(articles).count()) >= shown && earlier.isEnabled())
    keep('the turns before', await measureClick(page, earlier, { selector: articles, least: shown + 1 }))
  }
  await until('all turns are drawn', async () => (await page.locator(articles).count()) >= turns)
  const turn = panel.getByRole('article').nth(Math.floor(turns / 2))
  await turn.scrollIntoViewIfNeeded()
  keep(
    'opening what stands behind a turn, of all',
    await measureClick(page, button(turn, 'Prompt and timing'), { selector: `${PANEL} [aria-expanded=true]` }),
  )
  const rated: Sight = { selector: `${PANEL} [aria-pressed=true][aria-label="Bad answer"]` }
  keep('rating a turn, of all', await measureClick(page, button(turn, 'Bad answer'), rated))
  await until('the rating stands', async () => (await page.locator(rated.selector).count()) > 0)
  await button(turn, 'Bad answer').click()
  await until('the rating is gone', async () => (await page.locator(rated.selector).count()) === 0)
  keep('scrolling through all turns (longest frame)', await measureFrames(page, () => turnWheel(page, { steps: 60, deltaY: 400 })))
  await field(page, 'Search what was said').click()
  for (const letter of 'beside') keep('a letter in the search, beside all turns', await measureKey(page, letter))
  await field(page, 'Search what was said').fill('')
  await panel.focus()
  keep('closing all turns', await measureKey(page, 'Escape', { selector: PANEL, isGone: true }))
}
