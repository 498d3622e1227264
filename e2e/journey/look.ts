import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, ViewportSize } from 'playwright-core'
import { judgeAccessibility } from './accessibility.ts'
import type { Locales } from './locales.ts'
import { inChinese } from './other-language.ts'

const desktop = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
]
export const phone = { width: 390, height: 844 }
/** Published pages are made for them; the console stays usable. */
const small = [{ width: 900, height: 700 }, phone]

export interface Looks {
  /**
   * Judges what is on the page now, on every size of screen; with a folder for screenshots, keeps it in each of them, in both themes and
   * both languages. Throws what is wrong with it.
   */
  at(page: Page, name: string, options?: LookOptions): Promise<void>
}

export interface LookOptions {
  /** The page is in a phone's browser: other sizes would lie. */
  readonly isPhone?: boolean
  readonly language?: 'en-US' | 'zh-Hans'
  /** What is to be seen is in the preview of an editor: small screens show one side at a time. */
  readonly isInPreview?: boolean
}

export function createLooks(locales: Locales, folder: string | undefined): Looks {
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  let count = 0
  return {
    async at(page, name, { isPhone = false, language = 'en-US', isInPreview = false } = {}) {
      await judgeTexts(page, locales, language)
      await judgeAccessibility(page)
      const before = page.viewportSize() ?? phone
      const sizes = isPhone ? [phone] : beginningWith(before, [...desktop, ...small])
      const position = String(++count).padStart(2, '0')
      for (const size of sizes) {
        if (!isPhone) await resize(page, size)
        const showSettings = isInPreview ? await showPreview(page) : undefined
        await judgeWidth(page)
        if (folder !== undefined) await keep(page, join(folder, `${position}-${name}-${size.width}`), judgeAccessibility)
        await showSettings?.()
      }
      if (folder !== undefined && language === 'en-US')
        await inChinese(page, async () => {
          await keepEnglish(page, locales, folder, name)
          for (const size of sizes) {
            if (!isPhone) await resize(page, size)
            const showSettings = isInPreview ? await showPreview(page) : undefined
            await judgeWidth(page)
            await keep(page, join(folder, `${position}-${name}-chinese-${size.width}`))
            await showSettings?.()
          }
        })
      if (!isPhone) await resize(page, before)
    },
  }
}

/** Turns to the preview where it has no place beside the settings; answers with the way back. */
async function showPreview(page: Page): Promise<(() => Promise<void>) | undefined> {
  const sides = page
    .getByRole('tablist')
    .filter({ has: page.getByRole('tab', { name: /^(Preview|预览)$/ }) })
    .getByRole('tab')
  if (!(await sides.first().isVisible())) return undefined
  await sides.last().click()
  return () => sides.first().click()
}

const isSame = (one: ViewportSize, other: ViewportSize | null): boolean => one.width === other?.width && one.height === other.height

/** Each new size has the browser lay out everything anew: the one that is there comes first. */
const beginningWith = (present: ViewportSize, sizes: readonly ViewportSize[]): readonly ViewportSize[] => [
  ...sizes.filter((size) => isSame(size, present)),
  ...sizes.filter((size) => !isSame(size, present)),
]

async function resize(page: Page, size: ViewportSize): Promise<void> {
  if (!isSame(size, page.viewportSize())) await page.setViewportSize(size)
}

async function keep(page: Page, path: string, judgeDark?: (page: Page) => Promise<void>): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction((theme) => document.documentElement.dataset['theme'] === theme, colorScheme)
    await page.screenshot({ path: `${path}-${colorScheme}.png`, animations: 'disabled' })
    if (colorScheme === 'dark') await judgeDark?.(page)
  }
}

async function judgeTexts(page: Page, locales: Locales, language: 'en-US' | 'zh-Hans'): Promise<void> {
  const lines = await page.evaluate(readVisibleLines)
  const keys = locales.findKeys(lines.flatMap((line) => line.split(/[\s,;!?()“”"'…]+/).map((word) => word.replace(/\.$/, ''))))
  if (keys.length > 0) throw new Error(`texts without a translation: ${keys.join(', ')}`)
  const english = language === 'en-US' ? [] : locales.findEnglish(lines)
  if (english.length > 0) throw new Error(`English among Chinese: ${english.join(' | ')}`)
}

/** Texts of a page that were shown before it was switched may stay English until they leave: what is left of it is listed, and to be read. */
async function keepEnglish(page: Page, locales: Locales, folder: string, name: string): Promise<void> {
  const english = locales.findEnglish(await page.evaluate(readVisibleLines))
  if (english.length > 0) appendFileSync(join(folder, 'english-in-chinese.txt'), `${name}: ${english.join(' | ')}\n`)
}

/** Everything that is read or read out: text, labels, placeholders and the title. Runs in the page. */
function readVisibleLines(): string[] {
  const lines = [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // Code is data: its words are not ours.
    if (!node.parentElement?.closest('script, style, code, pre, textarea')) lines.push(node.textContent ?? '')
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
    for (const name of ['aria-label', 'placeholder', 'title']) lines.push(element.getAttribute(name) ?? '')
  }
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}

/** What floats is put in its new place a moment after the screen has changed its size: that moment is not judged. */
const SETTLES_WITHIN_MS = 2_000

async function judgeWidth(page: Page): Promise<void> {
  const fits = await page
    .waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, undefined, { timeout: SETTLES_WITHIN_MS })
    .then(
      () => true,
      () => false,
    )
  if (fits) return
  const { needed, given } = await page.evaluate(() => ({ needed: document.documentElement.scrollWidth, given: window.innerWidth }))
  throw new Error(`the page is ${needed} pixels wide on a screen of ${given}: it scrolls sideways`)
}
