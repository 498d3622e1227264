import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Of an element's place and its markup, enough to find it. */
const SHOWN_CHARACTERS = 200

/** Throws what of the page as it stands bars people: everything that axe calls serious or critical. */
export async function judgeAccessibility(page: Page): Promise<void> {
  // A notice that begins to fade while axe looks has no contrast for a moment: what bars people is still there at the second look.
  const barriers = (await findBarriers(page)).length === 0 ? [] : await findBarriers(page)
  if (barriers.length > 0) throw new Error(`people are barred:\n${barriers.join('\n')}`)
}

async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(restOfMotion)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const { violations } = await page.evaluate((tags) => {
    // The script above put it there.
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } }
    // Experimental, and wrong: it takes the letters of a picture for words.
    const rules = { 'label-content-name-mismatch': { enabled: false } }
    return axe.run({ runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] })
  }, STANDARD)
  const barriers = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return barriers.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${help}\n  ${html.slice(0, SHOWN_CHARACTERS)}\n  ${failureSummary?.replaceAll('\n', ' ')}`,
    ),
  )
}

/** What fades in has no contrast yet: waits until everything that ends has ended. Runs in the page. */
async function restOfMotion(): Promise<void> {
  const ending = document.getAnimations().filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
  await Promise.allSettled(ending.map((animation) => animation.finished))
}
