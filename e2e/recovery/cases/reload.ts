import { appears } from '../../journey/wait.ts'
import { isAsked } from '../asked.ts'
import type { Scene, Stage } from '../scene.ts'
import type { Visit } from '../visit.ts'
import { kinds } from '../world.ts'

async function reloadBeforeFirstWord({ world, expect }: Stage, visit: Visit): Promise<void> {
  const asked = { tag: `early${visit.kind}`, answer: { words: 20, rate: 20, heldAfter: 0 } }
  world.script(asked.tag, asked.answer)
  await visit.ask(asked.tag)
  await isAsked(world, asked.tag)
  await visit.page.reload()
  await appears(visit.stop)
  world.release(asked.tag)
  await expect(asked, [visit], { outcome: 'whole' })
}

async function reloadInMidAnswer({ world, expect }: Stage, visit: Visit): Promise<void> {
  const asked = { tag: `reload${visit.kind}`, answer: { words: 40, rate: 20, heldAfter: 20 } }
  world.script(asked.tag, asked.answer)
  await visit.ask(asked.tag)
  for (const _ of ['once', 'twice']) {
    await visit.tells(asked.tag, 10)
    await visit.page.reload()
    await appears(visit.stop)
  }
  await visit.tells(asked.tag, 10)
  world.release(asked.tag)
  await expect(asked, [visit], { outcome: 'whole' })
  await visit.page.reload()
  await visit.tells(asked.tag, 40)
  await expect(asked, [visit], { outcome: 'whole' })
}

/** The server has it, and nothing of what it says arrives at this life of the page. */
async function reloadBeforeFirstFrame({ world, expect }: Stage, visit: Visit, tag: string): Promise<void> {
  const asked = { tag, answer: { words: 20, rate: 20, heldAfter: 10 } }
  world.script(tag, asked.answer)
  visit.gate.deafen()
  await visit.ask(tag)
  await isAsked(world, tag)
  visit.gate.open()
  await visit.page.reload()
  await visit.tells(tag, 10)
  world.release(tag)
  await expect(asked, [visit], { outcome: 'whole' })
}

/** Nothing of what is sent leaves this life of the page: its next one asks, and does so once. */
async function reloadBeforeItLeft({ world, expect, complain }: Stage, visit: Visit, tag: string): Promise<void> {
  const asked = { tag, answer: { words: 20, rate: 20 } }
  world.script(tag, asked.answer)
  await visit.lose()
  await appears(visit.banner)
  await visit.ask(tag)
  await visit.regain()
  await visit.page.reload()
  await expect(asked, [visit], { outcome: 'whole' })
  if (await visit.page.evaluate(() => Object.keys(sessionStorage).some((key) => key.startsWith('trellis.asks.')))) {
    complain('what was answered is still kept as a question')
  }
}

/** A browser that begins to load anew just as the page writes its address takes the address from before. */
async function reloadBeforeAddressIsWritten({ world, expect }: Stage, visit: Visit): Promise<void> {
  const asked = { tag: `address${visit.kind}`, answer: { words: 20, rate: 20, heldAfter: 0 } }
  world.script(asked.tag, asked.answer)
  await visit.page.evaluate(() => {
    history.pushState = () => undefined
  })
  await visit.ask(asked.tag)
  await isAsked(world, asked.tag)
  // The list has it with its first frame: by what was asked, and by the shorter name that the server gives it once it was read again.
  await appears(visit.page.getByRole('button', { name: /^Tell me #address/ }).first())
  await visit.page.reload()
  await appears(visit.stop)
  world.release(asked.tag)
  await expect(asked, [visit], { outcome: 'whole' })
}

const asking: readonly Scene[] = kinds.map((kind) => ({
  title: `${kind}: reloaded between sending and the first frame, and before it was sent`,
  async play(stage) {
    const visit = await stage.open(kind)
    await reloadBeforeFirstFrame(stage, visit, `first${kind}`)
    await reloadBeforeFirstFrame(stage, visit, `further${kind}`)
    await reloadBeforeItLeft(stage, visit, `kept${kind}`)
  },
}))

const answering: readonly Scene[] = kinds.map((kind) => ({
  title: `${kind}: reloaded before the first word, in mid-answer, and after its end`,
  async play(stage) {
    const visit = await stage.open(kind)
    await reloadBeforeFirstWord(stage, visit)
    await reloadInMidAnswer(stage, visit)
  },
}))

const addressing: Scene = {
  title: 'chat: reloaded before its address names the new conversation',
  play: async (stage) => reloadBeforeAddressIsWritten(stage, await stage.open('chat')),
}

export const reloads: readonly Scene[] = [...asking, ...answering, addressing]
