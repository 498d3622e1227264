import { countWords, type Expected, judge } from './judge.ts'
import { readLog } from './log.ts'
import { createFaults, type Faults, textOf, type Visit, type VisitOptions, visit } from './visit.ts'
import type { Kind, ScriptedAnswer, World } from './world.ts'

/** One thing that befalls a page in the middle of an answer. */
export interface Scene {
  readonly title: string
  /** Says what went wrong; nothing where nothing did. */
  readonly play: (stage: Stage) => Promise<void>
}

/** What a scene works with; what it finds wrong is collected. */
export interface Stage {
  readonly world: World
  open(kind: Kind, options?: VisitOptions): Promise<Visit>
  /** Waits for the end of the answer on each of the pages, and holds them against the log and the provider. */
  expect(asked: Asked, visits: readonly Visit[], expected: Expected & { readonly patienceMs?: number }): Promise<void>
  complain(complaint: string): void
}

export interface Asked {
  readonly tag: string
  readonly answer: ScriptedAnswer
}

/** Plays a scene to its end, with pages of its own. What went wrong. */
export async function playScene(world: World, { play }: Scene): Promise<readonly string[]> {
  const complaints: string[] = []
  const faults: Faults = createFaults()
  const visits: Visit[] = []
  const stage: Stage = {
    world,
    complain: (complaint) => void complaints.push(complaint),
    async open(kind, options) {
      const opened = await visit(world, kind, faults, options)
      visits.push(opened)
      return opened
    },
    async expect({ tag, answer: { words } }, shown, { patienceMs, ...expected }) {
      const pages = await Promise.all(shown.map((each) => each.ends(tag, patienceMs)))
      const kind = shown[0]?.kind ?? 'chat'
      const stored = (await readLog(world, kind)).filter(({ asked }) => asked.includes(`#${tag}#`))
      const told = { tag, words, pages, stored, asks: world.countAsks(tag) }
      for (const complaint of judge(told, expected)) complaints.push(`${tag}: ${complaint}`)
    },
  }
  try {
    await play(stage)
  } catch (error) {
    complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
    for (const { page } of visits) complaints.push(`The page said: ${(await allOf(page)).replaceAll(/\s+/g, ' ').slice(0, 600)}`)
  }
  const folder = process.env.RECOVERY_SCREENSHOTS
  if (folder !== undefined && complaints.length > 0) {
    for (const [index, { page }] of visits.entries())
      await page.screenshot({ path: `${folder}/failed-${Date.now()}-${index}.png`, timeout: 5000 }).catch(() => undefined)
  }
  for (const context of new Set(visits.map(({ page }) => page.context()))) await context.close()
  return [...complaints, ...faults.found]
}

const allOf = (page: Visit['page']): Promise<string> =>
  page
    .locator('body')
    .textContent()
    .then((text) => text ?? '')
    .catch(() => '(nothing)')

/** How many words of an answer a page shows now; what stands there besides is left out. */
export async function wordsOn(visit: Visit, tag: string): Promise<number> {
  return countWords(tag, await textOf(visit.answer(tag)))
}
