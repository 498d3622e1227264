import { setTimeout as delay } from 'node:timers/promises'
import { appears, vanishes } from '../../journey/wait.ts'
import { isAsked } from '../asked.ts'
import { type Scene, type Stage, wordsOn } from '../scene.ts'
import { keepSight, type Visit } from '../visit.ts'
import { type Kind, kinds, type ScriptedAnswer } from '../world.ts'

const LOST_MS = 30_000

/** Takes the net away for half a minute; the page says so meanwhile, and falls silent when it is back. */
async function loseNetwork(visit: Visit, name: string): Promise<void> {
  await visit.lose()
  await appears(visit.banner)
  await keepSight(visit, name)
  await delay(LOST_MS)
  await visit.regain()
  await vanishes(visit.banner)
}

interface Loss {
  readonly what: string
  readonly tag: string
  readonly answer: ScriptedAnswer
  readonly isPhone?: boolean
}

const loss = (kind: Kind, { what, tag, answer, isPhone = false }: Loss): Scene => ({
  title: `${kind}: the net is lost for 30 s, ${what}`,
  async play({ world, open, expect }) {
    world.script(tag, answer)
    const visit = await open(kind, { isPhone })
    await visit.ask(tag)
    if (answer.first === undefined) await visit.tells(tag, 5)
    else await isAsked(world, tag)
    await loseNetwork(visit, tag)
    await expect({ tag, answer }, [visit], { outcome: 'whole' })
  },
})

const losses = kinds.flatMap((kind) => [
  loss(kind, { what: 'and the answer goes on behind it', tag: `longer${kind}`, answer: { words: 190, rate: 5 } }),
  loss(kind, { what: 'in which the answer ends, on a phone', tag: `shorter${kind}`, answer: { words: 60, rate: 5 }, isPhone: true }),
  loss(kind, { what: 'before the first word', tag: `unheard${kind}`, answer: { words: 20, rate: 10, first: 8_000 } }),
])

/** As behind a router that forgot the connection: nobody is told that it is dead. */
const silence = (['chat', 'workflow'] as const).map(
  (kind): Scene => ({
    title: `${kind}: the connection dies without a word`,
    async play({ world, open, expect }) {
      const asked = { tag: `silent${kind}`, answer: { words: 60, rate: 5 } }
      world.script(asked.tag, asked.answer)
      const visit = await open(kind)
      await visit.ask(asked.tag)
      await visit.tells(asked.tag, 5)
      visit.gate.silence()
      await delay(LOST_MS)
      visit.gate.open()
      await expect(asked, [visit], { outcome: 'whole' })
      await vanishes(visit.banner)
    },
  }),
)

const sentOffline = kinds.map(
  (kind): Scene => ({
    title: `${kind}: sent while the net is away`,
    async play({ world, open, expect }) {
      const asked = { tag: `offline${kind}`, answer: { words: 20, rate: 20 } }
      world.script(asked.tag, asked.answer)
      const visit = await open(kind)
      await visit.lose()
      await appears(visit.banner)
      await visit.ask(asked.tag)
      await delay(10_000)
      await visit.regain()
      await visit.tells(asked.tag, 1)
      await expect(asked, [visit], { outcome: 'whole' })
      await vanishes(visit.banner)
    },
  }),
)

const stoppedOffline: Scene = {
  title: 'chat: stopped while the net is away',
  async play(stage: Stage) {
    const { world, open, expect, complain } = stage
    const asked = { tag: 'halted', answer: { words: 200, rate: 5 } }
    world.script(asked.tag, asked.answer)
    const visit = await open('chat')
    await visit.ask(asked.tag)
    await visit.tells(asked.tag, 5)
    await visit.lose()
    await appears(visit.banner)
    await visit.stop.click()
    const shown = await wordsOn(visit, asked.tag)
    await delay(5_000)
    await visit.regain()
    await vanishes(visit.banner)
    await expect(asked, [visit], { outcome: 'stopped' })
    await appears(visit.answer(asked.tag).getByText('Stopped', { exact: true }))
    if ((await wordsOn(visit, asked.tag)) < shown) complain('words that stood there are gone')
  },
}

export const network: readonly Scene[] = [...losses, ...silence, ...sentOffline, stoppedOffline]
