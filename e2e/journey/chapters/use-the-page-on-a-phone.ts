import type { Locator } from 'playwright-core'
import { type Chapter, provider } from '../journey.ts'
import { phone } from '../look.ts'
import { button, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, vanishes } from '../wait.ts'

export const usePageOnPhone: Chapter = {
  title: 'Use the public page on a phone',
  async tell(journey) {
    const { step, server, looks, addresses } = journey
    const visitor = await openAsVisitor(journey, 'phone', { viewport: phone, hasTouch: true, isMobile: true })
    const talk = createTalk(visitor)
    await step('form and opening fit', async () => {
      await visitor.goto(addresses.chat ?? '')
      await appears(visitor.getByText(/^Welcome, Charles!/))
      await appears(field(visitor, 'First name'))
      await looks.at(visitor, 'phone-fresh', { isPhone: true })
    })
    await step('a wide answer does not widen the page', async () => {
      const table = `| ${'wide column | '.repeat(9)}\n|${' --- |'.repeat(9)}\n| ${'a value that is long | '.repeat(9)}`
      const text = `See:\n\n${table}\n\n\`\`\`\n${'long line of code '.repeat(12)}\n\`\`\`\n\n${'x'.repeat(120)}`
      server.provider.behave(provider.model, { text, rate: 0 })
      await field(visitor, 'First name').fill('Grace')
      await talk.ask('A table, please.')
      await talk.finishes()
      await looks.at(visitor, 'phone-answered', { isPhone: true })
    })
    await step('fingers find the buttons: forty pixels each way, none of them a neighbour’s', async () => {
      const row = button(talk.turns.last(), 'Good answer').locator('xpath=..')
      const buttons = [...(await row.getByRole('button').all()), ...(await visitor.locator('header').getByRole('button').all())]
      for (const each of [...buttons, button(visitor, 'Send')]) {
        const missed = await missedBy(each)
        check(missed === '', `${await each.getAttribute('aria-label')} is missed by a finger at ${missed}`)
      }
    })
    await step('the list of conversations opens and closes', async () => {
      await button(visitor, 'Show conversations').tap()
      const list = visitor.getByRole('dialog', { name: 'Conversations' })
      await appears(list)
      await looks.at(visitor, 'phone-list', { isPhone: true })
      await button(list, 'New conversation').tap()
      await vanishes(list)
      await appears(visitor.getByText(/^Welcome/))
    })
    await visitor.context().close()
  },
}

/** Where a finger within forty pixels of a button's middle presses something else. */
const missedBy = (target: Locator): Promise<string> =>
  target.evaluate((element) => {
    element.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = element.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    const around = [-19, 0, 19].flatMap((dx) => [-19, 0, 19].map((dy) => [dx, dy] as const))
    const missed = around.filter(([dx, dy]) => {
      const found = document.elementFromPoint(x + dx, y + dy)
      return found !== null && !element.contains(found)
    })
    return missed.map(([dx, dy]) => `${dx},${dy}`).join(' ')
  })
