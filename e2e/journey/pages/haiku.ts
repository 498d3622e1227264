import type { Locator, Page } from 'playwright-core'

/** What the text generator of the journey writes. */
export const HAIKU = 'Rain on the mill wheel,\nevery drop a carried one.'

/** The text itself, not its announcement to screen readers. */
export const haikuIn = (scope: Page | Locator): Locator => scope.getByRole('paragraph').filter({ hasText: 'a carried one' })
