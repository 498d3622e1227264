import { appears } from '../../journey/wait.ts'
import { isAsked } from '../asked.ts'
import type { Scene } from '../scene.ts'
import { kinds } from '../world.ts'

const midAnswer = kinds.map(
  (kind): Scene => ({
    title: `${kind}: reloaded in mid-answer`,
    async play({ world, open, expect }) {
      const asked = { tag: `reload${kind}`, answer: { words: 40, rate: 20, heldAfter: 20 } }
      world.script(asked.tag, asked.answer)
      const visit = await open(kind)
      await visit.ask(asked.tag)
      await visit.tells(asked.tag, 10)
      await visit.page.reload()
      await visit.tells(asked.tag, 10)
      await appears(visit.stop)
      await visit.page.reload()
      await visit.tells(asked.tag, 10)
      world.release(asked.tag)
      await expect(asked, [visit], { outcome: 'whole' })
    },
  }),
)

const beforeFirstWord = kinds.map(
  (kind): Scene => ({
    title: `${kind}: reloaded before the first word`,
    async play({ world, open, expect }) {
      const asked = { tag: `early${kind}`, answer: { words: 20, rate: 20, heldAfter: 0 } }
      world.script(asked.tag, asked.answer)
      const visit = await open(kind)
      await visit.ask(asked.tag)
      await isAsked(world, asked.tag)
      await visit.page.reload()
      await appears(visit.stop)
      world.release(asked.tag)
      await expect(asked, [visit], { outcome: 'whole' })
    },
  }),
)

const afterTheEnd = (['text', 'workflow'] as const).map(
  (kind): Scene => ({
    title: `${kind}: reloaded after its end, and still there`,
    async play({ world, open, expect }) {
      const asked = { tag: `late${kind}`, answer: { words: 10, rate: 0 } }
      world.script(asked.tag, asked.answer)
      const visit = await open(kind)
      await visit.ask(asked.tag)
      await visit.tells(asked.tag, 10)
      await visit.ends(asked.tag)
      await visit.page.reload()
      await visit.tells(asked.tag, 10)
      await expect(asked, [visit], { outcome: 'whole' })
    },
  }),
)

export const reloads: readonly Scene[] = [...midAnswer, ...beforeFirstWord, ...afterTheEnd]
