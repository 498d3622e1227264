import type { Page } from 'playwright-core'
import { button } from '../../journey/pages/controls.ts'
import { createTalk } from '../../journey/pages/talk.ts'
import { until } from '../../journey/wait.ts'
import { measureClick, measureFrames, measureKey, measureVisit, turnWheel } from '../measure.ts'
import type { Sight } from '../recorder.ts'
import type { Keep, Scene } from '../scene.ts'

/** Those on view: what has left is taken apart out of sight. */
const TURNS = 'main :not([data-leaving]) > * > * > * > article'
/** So many turns fill the screen. */
const AT_ONCE = 10
const SENTENCE = 'how about'

export const chat: Scene = {
  place: 'Chat page',
  word: 'chat',
  async play({ visitor: page, installation, scale, longConversationId }, keep) {
    const address = `${installation.pageUrl}?conversation=${longConversationId}`
    const opened: Sight = { selector: TURNS, least: AT_ONCE }
    keep('first view of a conversation', await measureVisit(page, address, opened))
    await readAll(page, scale.turns, keep)
    await use(page, keep)
    for (let time = 0; time < 3; time += 1) await ask(page, keep)
    await switchBetween(page, scale.turns, keep)
  },
}

async function untilDrawn(page: Page, turns: number): Promise<void> {
  const isDrawn = ({ selector, least }: { selector: string; least: number }) => document.querySelectorAll(selector).length >= least
  await page.waitForFunction(isDrawn, { selector: TURNS, least: turns }, { polling: 100 })
}

async function readAll(page: Page, turns: number, keep: Keep): Promise<void> {
  const older = button(page, 'Show earlier messages')
  const shown = page.locator(TURNS)
  for (;;) {
    // Older turns are drawn portion by portion; meanwhile nobody can ask for more.
    await until('what was brought is drawn', async () => (await shown.count()) >= turns || ((await older.count()) > 0 && older.isEnabled()))
    if ((await shown.count()) >= turns) return
    const least = (await shown.count()) + 1
    keep('the turns before', await measureClick(page, older, { selector: TURNS, least }))
  }
}

async function use(page: Page, keep: Keep): Promise<void> {
  const { composer, turns } = createTalk(page)
  await composer.click()
  for (const letter of SENTENCE) keep('a letter, below all turns', await measureKey(page, letter))
  await composer.fill('')
  const turn = turns.nth(Math.floor((await turns.count()) / 2))
  await turn.scrollIntoViewIfNeeded()
  const rated: Sight = { selector: `${TURNS} [aria-pressed=true]` }
  keep('rating a turn, of all', await measureClick(page, button(turn, 'Good answer'), rated))
  await button(turn, 'Good answer').click()
  await until('the rating is gone', async () => (await page.locator(rated.selector).count()) === 0)
  keep('scrolling through all turns (longest frame)', await measureFrames(page, () => turnWheel(page, { steps: 60, deltaY: 400 })))
}

async function ask(page: Page, keep: Keep): Promise<void> {
  const { composer, turns } = createTalk(page)
  const end = button(page, 'To the newest message')
  if (await end.isVisible()) await end.click()
  const before = await turns.count()
  await composer.fill('What are the plans, and what do they cost?')
  keep('sending, below all turns', await measureKey(page, 'Enter', { selector: TURNS, least: before + 1 }))
  const streaming = async (): Promise<void> => {
    for (const letter of SENTENCE) keep('a letter while an answer comes', await measureKey(page, letter))
    // Looking for a button by its name would look at each turn, in the very page that is measured.
    await page.waitForFunction((selector) => document.querySelector(selector) === null, `${TURNS} [aria-busy=true]`, { polling: 100 })
  }
  keep('an answer comes (longest frame)', await measureFrames(page, streaming))
  await composer.fill('')
}

async function switchBetween(page: Page, turns: number, keep: Keep): Promise<void> {
  const names = page.getByRole('navigation', { name: 'Conversations' }).locator('li > button:first-child')
  keep('another conversation', await measureClick(page, names.nth(4), { selector: TURNS, most: 3 }))
  keep('back to all turns', await measureClick(page, names.first(), { selector: TURNS, least: AT_ONCE }))
  keep('the other turns are drawn (longest frame)', await measureFrames(page, () => untilDrawn(page, turns)))
}
