import { appears, vanishes } from '../../journey/wait.ts'
import { isAsked } from '../asked.ts'
import type { Expected } from '../judge.ts'
import type { Asked, Scene, Stage } from '../scene.ts'
import type { Visit } from '../visit.ts'
import { type Kind, kinds, type ScriptedAnswer } from '../world.ts'

const INTERRUPTED = 'The server stopped while this answer was being written. What had been said is kept; ask again for the whole answer.'

interface OpenTurn {
  readonly kind: Kind
  readonly asked: Asked
  readonly visit: Visit
}

/** Brings a page of each kind into an answer, which is held: behind its first words, or before them. */
async function beginAll(
  { world, open }: Stage,
  answers: Readonly<Record<string, ScriptedAnswer>>,
  server = () => 0,
): Promise<readonly OpenTurn[]> {
  const turns: OpenTurn[] = []
  for (const [name, answer] of Object.entries(answers)) {
    for (const kind of kinds) {
      const visit = await open(kind, { gate: await world.openGate(server) })
      turns.push({ kind, asked: { tag: `${name}${kind}`, answer }, visit })
    }
  }
  await Promise.all(
    turns.map(async ({ asked: { tag, answer }, visit }) => {
      world.script(tag, answer)
      await visit.ask(tag)
      await (answer.heldAfter === 0 ? isAsked(world, tag) : visit.tells(tag, 3))
    }),
  )
  return turns
}

/** A stream whose server died goes on with the words that it is told from now on: before, all of them are held. */
const HELD: Readonly<Record<string, ScriptedAnswer>> = {
  killed: { words: 40, rate: 20, heldAfter: 10 },
  dumb: { words: 20, rate: 20, heldAfter: 0 },
}

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

export const killed: Scene = {
  title: 'all pages: the server is killed in mid-answer and comes back',
  async play(stage) {
    const turns = await beginAll(stage, HELD)
    await stage.world.installation.killAndRestart(0)
    releaseAll(stage, turns)
    await Promise.all(turns.map((turn) => checkAfterwards(stage, turn)))
  },
}

export const deployed: Scene = {
  title: 'all pages: the server is asked to go in mid-answer, and another comes',
  async play(stage) {
    const turns = await beginAll(stage, { short: { words: 40, rate: 20, heldAfter: 10 }, long: { words: 40, rate: 20, heldAfter: 10 } })
    const isShort = ({ asked }: OpenTurn): boolean => asked.tag.startsWith('short')
    const restarted = stage.world.installation.killAndRestart(0, 'SIGTERM')
    // The server lets these end before it goes.
    releaseAll(stage, turns.filter(isShort))
    await restarted
    releaseAll(stage, turns)
    await Promise.all(
      turns.map((turn) => (isShort(turn) ? stage.expect(turn.asked, [turn.visit], { outcome: 'whole' }) : checkAfterwards(stage, turn))),
    )
  },
}

export const takenOver: Scene = {
  title: 'all pages: one of two servers is killed in mid-answer, and the other takes over',
  async play(stage) {
    let server = 0
    const turns = await beginAll(stage, HELD, () => server)
    const restarted = stage.world.installation.killAndRestart(0)
    // As a load balancer would: the next connections go to the one that is left.
    server = 1
    releaseAll(stage, turns)
    await restarted
    await Promise.all(turns.map((turn) => checkAfterwards(stage, turn)))
  },
}
