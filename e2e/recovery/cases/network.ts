import { setTimeout as delay } from 'node:timers/promises'
import { appears, vanishes } from '../../journey/wait.ts'
import { isAsked, isStored, isStoredInPart } from '../asked.ts'
import { type Scene, type Stage, wordsOn } from '../scene.ts'
import { keepSight, type Visit } from '../visit.ts'
import { type Kind, kinds } from '../world.ts'

const LOST_MS = 30_000

/** Takes the net away for half a minute, in which `meanwhile` happens; the page says so, and falls silent when it is back. */
async function loseNetwork(visit: Visit, name: string, meanwhile: () => Promise<void>): Promise<void> {
  await visit.lose()
  await appears(visit.banner)
  await keepSight(visit, name)
  await Promise.all([delay(LOST_MS), meanwhile()])
  await visit.regain()
  await vanishes(visit.banner)
}

interface Loss {
  readonly what: string
  readonly tag: string
  /** The answer is held until the net is lost, or until it is back. */
  readonly heldAfter: number
  readonly isLonger?: boolean
  readonly isPhone?: boolean
}

const loss = (kind: Kind, { what, tag, heldAfter, isLonger = false, isPhone = false }: Loss): Scene => ({
  title: `${kind}: the net is lost for 30 s, ${what}`,
  async play({ world, open, expect }) {
    const asked = { tag, answer: { words: 60, rate: 10, heldAfter } }
    world.script(tag, asked.answer)
    const visit = await open(kind, { isPhone })
    await visit.ask(tag)
    await (heldAfter === 0 ? isAsked(world, tag) : visit.tells(tag, 5))
    await loseNetwork(visit, tag, async () => {
      if (isLonger) return
      world.release(tag)
      await isStored(world, kind, asked)
    })
    world.release(tag)
    await expect(asked, [visit], { outcome: 'whole' })
  },
})

const losses = kinds.flatMap((kind) => [
  loss(kind, { what: 'and the answer goes on behind it', tag: `longer${kind}`, heldAfter: 40, isLonger: true }),
  loss(kind, { what: 'in which the answer ends, on a phone', tag: `shorter${kind}`, heldAfter: 5, isPhone: true }),
  loss(kind, { what: 'before the first word', tag: `unheard${kind}`, heldAfter: 0 }),
])

/** As behind a router that forgot the connection: nobody is told that it is dead. */
const silence = (['chat', 'workflow'] as const).map(
  (kind): Scene => ({
    title: `${kind}: the connection dies without a word`,
    async play({ world, open, expect }) {
      const asked = { tag: `silent${kind}`, answer: { words: 60, rate: 10, heldAfter: 5 } }
      world.script(asked.tag, asked.answer)
      const visit = await open(kind)
      await visit.ask(asked.tag)
      await visit.tells(asked.tag, 5)
      visit.gate.silence()
      world.release(asked.tag)
      await delay(LOST_MS)
      visit.gate.open()
      await expect(asked, [visit], { outcome: 'whole' })
      await vanishes(visit.banner)
    },
  }),
)

async function sendOffline({ world, expect }: Stage, visit: Visit): Promise<void> {
  const asked = { tag: `offline${visit.kind}`, answer: { words: 20, rate: 20 } }
  world.script(asked.tag, asked.answer)
  await visit.lose()
  await appears(visit.banner)
  await visit.ask(asked.tag)
  await delay(5_000)
  await visit.regain()
  await expect(asked, [visit], { outcome: 'whole' })
  await vanishes(visit.banner)
}

/** Nobody at the page knows whether it was taken. */
async function loseOnItsWay({ world, expect }: Stage, visit: Visit): Promise<void> {
  const asked = { tag: `astray${visit.kind}`, answer: { words: 20, rate: 20 } }
  world.script(asked.tag, asked.answer)
  visit.gate.deafen()
  await visit.ask(asked.tag)
  await isAsked(world, asked.tag)
  visit.gate.cut()
  await appears(visit.banner)
  visit.gate.open()
  await expect(asked, [visit], { outcome: 'whole' })
  await vanishes(visit.banner)
}

/** As on a laptop that wakes up: what is sent goes nowhere, and nobody says so. */
const deaf: Scene = {
  title: 'chat: the connection dies without a word between sending and the first frame',
  async play({ world, open, expect }) {
    const asked = { tag: 'deafchat', answer: { words: 20, rate: 20 } }
    world.script(asked.tag, asked.answer)
    const visit = await open('chat')
    visit.gate.deafen()
    await visit.ask(asked.tag)
    await isAsked(world, asked.tag)
    // New connections are well.
    visit.gate.open()
    await expect(asked, [visit], { outcome: 'whole' })
    await vanishes(visit.banner)
  },
}

const asking = kinds.map(
  (kind): Scene => ({
    title: `${kind}: sent while the net is away, and lost between sending and the first frame`,
    async play(stage) {
      const visit = await stage.open(kind)
      await sendOffline(stage, visit)
      await loseOnItsWay(stage, visit)
    },
  }),
)

const stoppedOffline: Scene = {
  title: 'chat: stopped while the net is away',
  async play(stage: Stage) {
    const { world, open, expect, complain } = stage
    const asked = { tag: 'halted', answer: { words: 40, rate: 10, heldAfter: 10 } }
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
    await isStoredInPart(world, 'chat', asked)
    await expect(asked, [visit], { outcome: 'stopped' })
    await appears(visit.answer(asked.tag).getByText('Stopped', { exact: true }))
    if ((await wordsOn(visit, asked.tag)) < shown) complain('words that stood there are gone')
  },
}

export const network: readonly Scene[] = [...losses, ...silence, deaf, ...asking, stoppedOffline]
