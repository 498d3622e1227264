import type { Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, field } from '../pages/controls.ts'
import { haikuIn } from '../pages/haiku.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until } from '../wait.ts'

export const useTextPage: Chapter = {
  title: 'Use the page of a text generator',
  async tell(journey) {
    const { step, looks } = journey
    const visitor = await openAsVisitor(journey, 'reader')
    await step('it writes a text of what is filled in and attached', () => writeOfAPicture(journey, visitor))
    await step('texts are kept, there after a reload, let go and brought back', async () => {
      await button(visitor, 'Save').click()
      await button(visitor, 'More like this').click()
      await appears(haikuIn(visitor).nth(1))
      await until('both texts are whole', async () => (await button(visitor, 'More like this').count()) === 2)
      await looks.at(visitor, 'text-page-written')
      await visitor.reload()
      await visitor
        .getByText(/^Saved/)
        .first()
        .click()
      await appears(haikuIn(visitor))
      await looks.at(visitor, 'text-page-saved')
      await button(visitor, 'Remove from saved').click()
      await appears(visitor.getByText('Nothing saved yet'))
      await button(visitor, 'Undo').click()
      await appears(haikuIn(visitor))
    })
    await visitor.context().close()
  },
}

async function writeOfAPicture({ page, server, looks, addresses }: Journey, visitor: Page): Promise<void> {
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } })
  await visitor.goto(addresses.text ?? '')
  await appears(field(visitor, 'subject'))
  await looks.at(visitor, 'text-page-fresh')
  await field(visitor, 'subject').fill('rain')
  await visitor.locator('input[type=file]').setInputFiles({ name: 'pond.png', mimeType: 'image/png', buffer: picture })
  await appears(button(visitor, 'Remove pond.png'))
  await button(visitor, 'Generate').click()
  await appears(haikuIn(visitor))
  const sent = `"data:image/png;base64,${picture.toString('base64')}"`
  check(server.provider.wasSent(provider.model, 'rain', sent), 'the picture did not reach the model')
}
