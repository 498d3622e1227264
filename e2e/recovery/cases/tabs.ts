import type { Request } from 'playwright-core'
import { appears, until } from '../../journey/wait.ts'
import type { Scene } from '../scene.ts'

const joined: Scene = {
  title: 'chat: a second tab joins in mid-answer, and asks the next question',
  async play({ world, open, expect }) {
    const [one, two, three] = ['tabone', 'tabtwo', 'tabthree'].map((tag) => ({
      tag,
      answer: { words: 20, rate: 20, heldAfter: 10 },
    }))
    if (!one || !two || !three) return
    for (const { tag, answer } of [one, two, three]) world.script(tag, answer)
    const first = await open('chat')
    await first.ask(one.tag)
    await first.tells(one.tag, 5)
    const second = await open('chat', { beside: first })
    await second.tells(one.tag, 5)
    world.release(one.tag)
    await expect(one, [first, second], { outcome: 'whole' })
    await second.ask(two.tag)
    await first.tells(two.tag, 5)
    world.release(two.tag)
    await expect(two, [first, second], { outcome: 'whole' })
    await first.ask(three.tag)
    await second.tells(three.tag, 5)
    world.release(three.tag)
    await expect(three, [first, second], { outcome: 'whole' })
    for (const { page } of [first, second]) {
      await until(
        'three turns stand in each tab',
        () => page.getByRole('article').count(),
        (count) => count === 3,
      )
    }
  },
}

const stopped: Scene = {
  title: 'chat: stopped in the other tab',
  async play({ world, open, expect }) {
    const asked = { tag: 'tabstop', answer: { words: 40, rate: 20, heldAfter: 10 } }
    world.script(asked.tag, asked.answer)
    const first = await open('chat')
    await first.ask(asked.tag)
    await first.tells(asked.tag, 5)
    const second = await open('chat', { beside: first })
    await second.tells(asked.tag, 5)
    await second.stop.click()
    await expect(asked, [first, second], { outcome: 'stopped' })
    for (const tab of [first, second]) await appears(tab.answer(asked.tag).getByText('Stopped', { exact: true }))
  },
}

const isQuestion = (request: Request): boolean => request.method() === 'POST' && request.url().endsWith('/chat-messages')

const atOnce: Scene = {
  title: 'chat: both tabs ask at the same moment',
  async play({ world, open, expect }) {
    const begun = { tag: 'tabbegun', answer: { words: 5, rate: 0 } }
    const [left, right] = ['tableft', 'tabright'].map((tag) => ({ tag, answer: { words: 20, rate: 20 } }))
    if (!left || !right) return
    for (const { tag, answer } of [begun, left, right]) world.script(tag, answer)
    const first = await open('chat')
    await first.ask(begun.tag)
    await first.ends(begun.tag)
    const second = await open('chat', { beside: first })
    await second.ends(begun.tag)
    const letGo = first.gate.hold()
    const areOnTheirWay = Promise.all([first, second].map(({ page }) => page.waitForRequest(isQuestion)))
    await Promise.all([first.ask(left.tag), second.ask(right.tag)])
    await areOnTheirWay
    letGo()
    await Promise.all([expect(left, [first], { outcome: 'whole' }), expect(right, [second], { outcome: 'whole' })])
    // Both follow the same answer: each stands beside the other, in either tab, and after a reload.
    for (const { page } of [first, second]) await appears(page.getByText(/[12] of 2|[12]\/2/).first())
    await first.page.reload()
    await appears(first.page.getByText(/[12] of 2|[12]\/2/).first())
  },
}

export const tabs: readonly Scene[] = [joined, stopped, atOnce]
