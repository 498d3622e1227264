import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Journey } from './journey.ts'

const PATIENCE_MS = 20_000

/** A stranger's browser: no session, no storage of the administrator's. */
export async function openAsVisitor({ browser, watch }: Journey, who: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-US', colorScheme: 'light', ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  watch.follow(context, who)
  return context.newPage()
}
