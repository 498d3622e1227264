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
  // The provider may be asked before the page has its first frame: until then it has no name to find the answer by.
  await visit.page.waitForFunction(() => Object.values(sessionStorage).some((kept) => /[\da-f]{8}-[\da-f-]{27}/.test(String(kept))))
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

export const reloads: readonly Scene[] = kinds.map((kind) => ({
  title: `${kind}: reloaded before the first word, in mid-answer, and after its end`,
  async play(stage) {
    const visit = await stage.open(kind)
    await reloadBeforeFirstWord(stage, visit)
    await reloadInMidAnswer(stage, visit)
  },
}))
