import { appears, vanishes } from '../../journey/wait.ts'
import { isAsked } from '../asked.ts'
import type { Expected } from '../judge.ts'
import type { Asked, Scene, Stage } from '../scene.ts'
import type { Visit } from '../visit.ts'
import { type Kind, kinds, type ScriptedAnswer } from '../world.ts'

const INTERRUPTED = 'The server stopped while this answer was being written. What had been said is kept; ask again for the whole answer.'

interface OpenPage {
  readonly kind: Kind
  readonly visit: Visit
}

interface OpenTurn extends OpenPage {
  readonly asked: Asked
}

/** A page of each kind, at one server. */
async function openAll({ world, open }: Stage, server = () => 0): Promise<readonly OpenPage[]> {
  const pages: OpenPage[] = []
  for (const kind of kinds) pages.push({ kind, visit: await open(kind, { gate: await world.openGate(server) }) })
  return pages
}

/** Brings each page into an answer, which is held: behind its first words, or before them. */
const beginAll = ({ world }: Stage, pages: readonly OpenPage[], name: string, answer: ScriptedAnswer): Promise<readonly OpenTurn[]> =>
  Promise.all(
    pages.map(async ({ kind, visit }) => {
      const tag = `${name}${kind}`
      world.script(tag, answer)
      await visit.ask(tag)
      await (answer.heldAfter === 0 ? isAsked(world, tag) : visit.tells(tag, 3))
      return { kind, visit, asked: { tag, answer } }
    }),
  )

const IN_MID_ANSWER: ScriptedAnswer = { words: 40, rate: 20, heldAfter: 10 }
const BEFORE_FIRST_WORD: ScriptedAnswer = { words: 20, rate: 20, heldAfter: 0 }

/** Engines go on after a kill where they were: the model is asked again. */
const goesOn = (kind: Kind): boolean => kind === 'workflow' || kind === 'chatflow'

const releaseAll = ({ world }: Stage, turns: readonly OpenTurn[]): void => {
  for (const { asked } of turns) world.release(asked.tag)
}

async function checkAfterwards({ expect }: Stage, { kind, asked, visit }: OpenTurn): Promise<void> {
  const expected: Expected = goesOn(kind) ? { outcome: 'whole', asks: 2 } : { outcome: 'interrupted' }
  await expect(asked, [visit], expected)
  if (!goesOn(kind)) await appears(visit.answer(asked.tag).getByText(INTERRUPTED))
  await vanishes(visit.banner)
}

/** Half of the pages in mid-answer, half of them before its first word. */
async function beginBoth(stage: Stage, server?: () => number): Promise<readonly OpenTurn[]> {
  const [some, others] = [await openAll(stage, server), await openAll(stage, server)]
  return (await Promise.all([beginAll(stage, some, 'killed', IN_MID_ANSWER), beginAll(stage, others, 'dumb', BEFORE_FIRST_WORD)])).flat()
}

/** A server that is asked to go waits for the answers that end within its time. */
async function deploy(stage: Stage, pages: readonly OpenPage[]): Promise<void> {
  const half = pages.length / 2
  const [short, long] = await Promise.all([
    beginAll(stage, pages.slice(0, half), 'short', IN_MID_ANSWER),
    beginAll(stage, pages.slice(half), 'long', IN_MID_ANSWER),
  ])
  const restarted = stage.world.installation.killAndRestart(0, 'SIGTERM')
  releaseAll(stage, short)
  await restarted
  releaseAll(stage, long)
  await Promise.all([
    ...short.map(({ asked, visit }) => stage.expect(asked, [visit], { outcome: 'whole' })),
    ...long.map((turn) => checkAfterwards(stage, turn)),
  ])
}

export const restarted: Scene = {
  title: 'all pages: the server is killed in mid-answer and comes back, then another takes its place',
  async play(stage) {
    const turns = await beginBoth(stage)
    await stage.world.installation.killAndRestart(0)
    releaseAll(stage, turns)
    await Promise.all(turns.map((turn) => checkAfterwards(stage, turn)))
    await deploy(stage, turns)
  },
}

export const takenOver: Scene = {
  title: 'all pages: one of two servers is killed in mid-answer, and the other takes over',
  async play(stage) {
    let server = 0
    const turns = await beginBoth(stage, () => server)
    const isBack = stage.world.installation.killAndRestart(0)
    // As a load balancer would: the next connections go to the one that is left.
    server = 1
    releaseAll(stage, turns)
    await isBack
    await Promise.all(turns.map((turn) => checkAfterwards(stage, turn)))
  },
}
