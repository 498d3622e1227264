import type { Locator, Page } from 'playwright-core'
import { button, field } from '../journey/pages/controls.ts'
import { appears, until } from '../journey/wait.ts'
import type { Gate } from './gate.ts'
import { countWords } from './judge.ts'
import type { Kind, World } from './world.ts'

/** A published page in a tab of a visitor's. */
export interface Visit {
  readonly page: Page
  readonly kind: Kind
  readonly gate: Gate
  /** Sends a question with this tag, or a form. */
  ask(tag: string): Promise<void>
  /** The place of the answer. */
  answer(tag: string): Locator
  /** Waits until so many of its words stand there. */
  tells(tag: string, words: number): Promise<void>
  /** Waits for its end, whichever. Gives what stands there. */
  ends(tag: string, patienceMs?: number): Promise<string>
  /** The line that says that the server is out of reach. */
  readonly banner: Locator
  readonly stop: Locator
  /** Takes the whole browser off the net, or brings it back. */
  lose(): Promise<void>
  regain(): Promise<void>
}

export interface VisitOptions {
  readonly isPhone?: boolean
  /** Beside this visit: another tab of the same browser. */
  readonly beside?: Visit
  readonly gate?: Gate
}

/** Scenes go on as soon as they can; only what will not come any more, on however busy a machine, is given up. */
const PATIENCE_MS = 180_000

export async function visit(
  world: World,
  kind: Kind,
  faults: Faults,
  { isPhone = false, beside, gate }: VisitOptions = {},
): Promise<Visit> {
  const way = beside?.gate ?? gate ?? (await world.openGate())
  const context = beside?.page.context() ?? (await newContext(world, isPhone))
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  faults.follow(page)
  const isChat = kind === 'chat' || kind === 'chatflow'
  // What a page loads is the same for all: one after the other, none of them waits long.
  await world.inTurn(async () => {
    await page.goto(beside?.page.url() ?? `${way.url}${world.apps[kind].path}`, { waitUntil: 'commit' })
    await appears(field(page, isChat ? 'Message' : 'topic'))
    // Without it nothing can be asked: a connection that dies before would keep a question at home, which is another scene.
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('trellis.passport.')))
  })
  // Nor is code on its way that answers are drawn with: a browser waits for it for ever where nobody says that it is lost, and has six ways to a
  // server. Beside another visit an answer may be on its way.
  if (!beside) await page.waitForLoadState('networkidle')
  return toVisit(page, kind, way)
}

const newContext = ({ browser }: World, isPhone: boolean) =>
  browser.newContext({
    viewport: isPhone ? { width: 390, height: 844 } : { width: 1280, height: 720 },
    hasTouch: isPhone,
    isMobile: isPhone,
    locale: 'en-US',
    colorScheme: 'light',
  })

function toVisit(page: Page, kind: Kind, gate: Gate): Visit {
  const isChat = kind === 'chat' || kind === 'chatflow'
  const answer = (tag: string): Locator => {
    if (kind === 'workflow') return page.getByRole('region', { name: 'Result' })
    const turns = page.getByRole('article')
    return (isChat ? turns.filter({ hasText: `#${tag}#` }) : turns.first()).locator('[aria-busy]')
  }
  const text = (tag: string): Promise<string> => textOf(answer(tag))
  const isOver = async (tag: string): Promise<boolean> =>
    kind === 'workflow' ? button(page, 'Run').isVisible() : (await answer(tag).getAttribute('aria-busy')) === 'false'
  /** Both at the same moment: what is drawn anew in between has no words. */
  const look = async (tag: string): Promise<{ readonly isEnd: boolean; readonly told: string }> => {
    if (kind === 'workflow') return { told: await text(tag), isEnd: await isOver(tag) }
    // biome-ignore lint/performance/useDomNodeTextContent: as it is read: `textContent` has what nobody sees, and no breaks.
    return answer(tag).evaluate((element: HTMLElement) => ({ isEnd: element.ariaBusy === 'false', told: element.innerText }))
  }
  return {
    page,
    kind,
    gate,
    answer,
    banner: page.getByText('The connection was lost. Reconnecting…'),
    stop: button(page, isChat ? 'Stop answering' : 'Stop'),
    async ask(tag) {
      if (isChat) {
        await field(page, 'Message').fill(`Tell me #${tag}#`)
        await button(page, 'Send').click()
        return appears(answer(tag))
      }
      await field(page, 'topic').fill(`#${tag}#`)
      await button(page, kind === 'text' ? 'Generate' : 'Run').click()
    },
    async tells(tag, words) {
      await until(
        `${words} words of ${tag}`,
        async () => countWords(tag, await text(tag)),
        (count) => count >= words,
        PATIENCE_MS,
      )
    },
    async ends(tag, patienceMs = PATIENCE_MS) {
      await until(
        `the end of ${tag}`,
        () => isOver(tag),
        (is) => is,
        patienceMs,
      )
      const { isEnd, told } = await look(tag)
      // Right after a reload an answer may be told once more from its beginning: what was read then is no end.
      return isEnd ? told : this.ends(tag, patienceMs)
    },
    async lose() {
      await page.context().setOffline(true)
      gate.cut()
    },
    async regain() {
      gate.open()
      await page.context().setOffline(false)
    },
  }
}

/** As it is read: what stands below or beside a word is no part of it. */
export const textOf = async (answer: Locator): Promise<string> => (await answer.allInnerTexts()).join('\n')

/** What must not happen on any page. Lost requests are what all this is about. */
export interface Faults {
  follow(page: Page): void
  readonly found: readonly string[]
}

export function createFaults(): Faults {
  const found: string[] = []
  return {
    found,
    follow(page) {
      page.on('console', (message) => {
        if (!['error', 'warning'].includes(message.type()) || message.text().startsWith('Failed to load resource')) return
        found.push(`console ${message.type()}: ${message.text().slice(0, 500)}`)
      })
      page.on('pageerror', (error) => found.push(`page error: ${error.stack ?? error.message}`))
      page.on('response', (response) => {
        // A server that is about to end takes nothing more.
        if (response.status() < 400 || response.status() === 503) return
        found.push(`answer ${response.status()}: ${response.request().method()} ${response.url()}`)
      })
    },
  }
}

/** Keeps pictures of a page in both themes where somebody wants to see them. */
export async function keepSight({ page }: Visit, name: string): Promise<void> {
  const folder = process.env.RECOVERY_SCREENSHOTS
  if (folder === undefined) return
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction((theme) => document.documentElement.dataset['theme'] === theme, colorScheme)
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, animations: 'disabled' })
  }
}
