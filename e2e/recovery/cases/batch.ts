import { button } from '../../journey/pages/controls.ts'
import { appears, vanishes } from '../../journey/wait.ts'
import { isAsked, isStored } from '../asked.ts'
import { judge } from '../judge.ts'
import { readLog } from '../log.ts'
import type { Asked, Scene, Stage } from '../scene.ts'
import { textOf, type Visit } from '../visit.ts'

/** More rows than run at a time: the last ones are not begun when the net is lost. */
const rows: readonly Asked[] = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'].map((name, position) => ({
  tag: `row${name}`,
  answer: { words: 20, rate: 20, ...(position === 0 ? {} : { heldAfter: 5 }) },
}))
/** The first one has ended, and these have taken the places. */
const running = rows.slice(1, 6)

async function runRows({ world }: Stage, { page }: Visit): Promise<void> {
  for (const { tag, answer } of rows) world.script(tag, answer)
  await page.getByRole('tab', { name: 'Batch' }).click()
  const buffer = Buffer.from(['topic', ...rows.map(({ tag }) => `#${tag}#`)].join('\n'))
  const file = { name: 'rows.csv', mimeType: 'text/csv', buffer }
  await page.getByRole('region', { name: 'Drop a CSV file here' }).locator('input[type=file]').setInputFiles(file)
  await button(page, `Run ${rows.length} rows`).click()
  await appears(page.getByText(`1 of ${rows.length} rows done`))
  for (const { tag } of running) await isAsked(world, tag)
}

/** Holds each row of the table against the log and the provider. */
async function expectRows({ world, complain }: Stage, { page }: Visit): Promise<void> {
  await appears(page.getByText(`All ${rows.length} rows done`))
  const log = await readLog(world, 'text')
  for (const { tag, answer } of rows) {
    const shown = await textOf(
      page
        .getByRole('row')
        .filter({ hasText: `#${tag}#` })
        .getByRole('paragraph'),
    )
    const stored = log.filter(({ asked }) => asked.includes(`#${tag}#`))
    const told = { tag, words: answer.words, pages: [shown], stored, asks: world.countAsks(tag) }
    for (const complaint of judge(told, { outcome: 'whole' })) complain(`${tag}: ${complaint}`)
  }
}

export const batches: readonly Scene[] = [
  {
    title: 'text: the net is lost in the middle of a batch, and some of its rows end behind it',
    async play(stage) {
      const { world, open } = stage
      const visit = await open('text')
      await runRows(stage, visit)
      await visit.lose()
      await appears(visit.banner)
      for (const asked of running.slice(0, 2)) {
        world.release(asked.tag)
        await isStored(world, 'text', asked)
      }
      await visit.regain()
      await vanishes(visit.banner)
      for (const { tag } of rows) world.release(tag)
      await expectRows(stage, visit)
    },
  },
]
