import { appears, vanishes } from '../../journey/wait.ts'
import { isAsked } from '../asked.ts'
import type { Expected } from '../judge.ts'
import type { Asked, Scene, Stage } from '../scene.ts'
import type { Visit } from '../visit.ts'
import { type Kind, kinds } from '../world.ts'

const INTERRUPTED = 'The server stopped while this answer was being written. What had been said is kept; ask again for the whole answer.'

interface OpenTurn {
  readonly kind: Kind
  readonly asked: Asked
  readonly visit: Visit
}

/** Opens a page and brings it into the middle of an answer, or before its first word. */
async function begin({ world, open }: Stage, kind: Kind, asked: Asked): Promise<OpenTurn> {
  world.script(asked.tag, asked.answer)
  const visit = await open(kind)
  await visit.ask(asked.tag)
  if (asked.answer.first === undefined) await visit.tells(asked.tag, 10)
  else await isAsked(world, asked.tag)
  return { kind, asked, visit }
}

/** Engines go on after a kill where they were: the model is asked again. */
const goesOn = (kind: Kind): boolean => kind === 'workflow' || kind === 'chatflow'

async function checkAfterwards({ expect }: Stage, { kind, asked, visit }: OpenTurn): Promise<void> {
  const expected: Expected = goesOn(kind) ? { outcome: 'whole', asks: 2 } : { outcome: 'interrupted' }
  await expect(asked, [visit], expected)
  if (!goesOn(kind)) await appears(visit.answer(asked.tag).getByText(INTERRUPTED))
  await vanishes(visit.banner)
}

export const killed: Scene = {
  title: 'all pages: the server is killed in mid-answer and comes back',
  async play(stage) {
    const turns = await Promise.all([
      ...kinds.map((kind) => begin(stage, kind, { tag: `killed${kind}`, answer: { words: 100, rate: 10 } })),
      ...kinds.map((kind) => begin(stage, kind, { tag: `dumb${kind}`, answer: { words: 20, rate: 10, first: 20_000 } })),
    ])
    await stage.world.installation.killAndRestart(0)
    await Promise.all(turns.map((turn) => checkAfterwards(stage, turn)))
  },
}

export const deployed: Scene = {
  title: 'all pages: the server is asked to go in mid-answer, and another comes',
  async play(stage) {
    const short = await Promise.all(kinds.map((kind) => begin(stage, kind, { tag: `short${kind}`, answer: { words: 30, rate: 10 } })))
    const long = await Promise.all(kinds.map((kind) => begin(stage, kind, { tag: `long${kind}`, answer: { words: 150, rate: 10 } })))
    await stage.world.installation.killAndRestart(0, 'SIGTERM')
    await Promise.all([
      ...short.map(({ asked, visit }) => stage.expect(asked, [visit], { outcome: 'whole' })),
      ...long.map((turn) => checkAfterwards(stage, turn)),
    ])
  },
}
