import type { Page } from 'playwright-core'

/** Of the console and of published pages: what another tab of the device chose is followed at once. */
const KEYS = ['trellis.language', 'trellis.published-language']

/** Shows the page in the other language as if that had been chosen in another tab, calls, and switches back. */
export async function inChinese(page: Page, look: () => Promise<void>): Promise<void> {
  const before = await page.evaluate((keys) => keys.map((key) => [key, localStorage.getItem(key)] as const), KEYS)
  await choose(page, 'zh-Hans')
  try {
    await look()
  } finally {
    await choose(page, 'en-US')
    await page.evaluate((values) => {
      for (const [key, value] of values) {
        if (value === null) localStorage.removeItem(key)
        else localStorage.setItem(key, value)
      }
    }, before)
  }
}

async function choose(page: Page, language: string): Promise<void> {
  await page.evaluate(
    ({ keys, newValue }) => {
      for (const key of keys) window.dispatchEvent(new StorageEvent('storage', { key, newValue }))
    },
    { keys: KEYS, newValue: language },
  )
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language)
}
