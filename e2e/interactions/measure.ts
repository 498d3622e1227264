import { setTimeout as delay } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import type { Sample } from '../../bench/src/interactions/figures.ts'
import type { Sight } from './recorder.ts'

/** What was done before has been drawn, and nothing is asked of the server any more. */
const REST_MS = 350

/** One interaction of a person, seen from inside the page. */
export async function measure(page: Page, act: () => Promise<void>, sight?: Sight): Promise<Sample> {
  await delay(REST_MS)
  await page.evaluate((wanted) => window.interactionRecorder.begin(wanted), sight)
  await act()
  return page.evaluate(() => window.interactionRecorder.end())
}

/** A press of the mouse. The pointer is there before: what it points at has been drawn when the time begins. */
export async function measureClick(page: Page, target: Locator, sight?: Sight): Promise<Sample> {
  await pointAt(page, target)
  return measure(page, () => press(page), sight)
}

export const measureKey = (page: Page, key: string, sight?: Sight): Promise<Sample> => measure(page, () => page.keyboard.press(key), sight)

/** From the navigation to the frame that shows what was asked for. */
export async function measureVisit(page: Page, url: string, sight: Sight): Promise<Sample> {
  await page.goto(url, { waitUntil: 'commit' })
  await page.evaluate((wanted) => window.interactionRecorder.begin(wanted, 0), sight)
  return page.evaluate(() => window.interactionRecorder.end())
}

/** The longest frame while something goes on. */
export async function measureFrames(page: Page, act: () => Promise<void>): Promise<Sample> {
  await delay(REST_MS)
  await page.evaluate(() => window.interactionRecorder.beginFrames())
  await act()
  const { longestMs } = await page.evaluate(() => window.interactionRecorder.endFrames())
  return { paintMs: longestMs, resultMs: undefined, longFrameMs: longestMs }
}

async function pointAt(page: Page, target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (!box) throw new Error(`not on the page: ${target}`)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
}

async function press(page: Page): Promise<void> {
  await page.mouse.down()
  await page.mouse.up()
}

export interface Wheel {
  readonly steps: number
  readonly deltaY: number
}

/** Turns the wheel over whatever the pointer is on, about sixty times a second. */
export async function turnWheel(page: Page, { steps, deltaY }: Wheel): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, deltaY)
    await delay(16)
  }
}
