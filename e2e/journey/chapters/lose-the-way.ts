import type { Chapter } from '../journey.ts'
import { button, field } from '../pages/controls.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears } from '../wait.ts'

/** A link that was cut short, and one to an app that is not there. */
const ids = ['nonsense', '00000000-0000-7000-8000-000000000000']

export const loseTheWay: Chapter = {
  title: 'Lose the way',
  async tell(journey) {
    const { page, step, watch, looks, server, addresses } = journey
    await step('a link to an app that is not here says so, with a way back', async () => {
      for (const id of ids) {
        await watch.expecting({ statuses: [404], path: `/apps/${id}` }, async () => {
          await page.goto(`${server.url}/app/${id}/logs`)
          await appears(page.getByText('This app is not here', { exact: true }))
          await looks.at(page, `no-such-app-${id.length}`)
        })
        await page.getByRole('link', { name: 'Go to Studio' }).click()
        await appears(page.getByRole('heading', { name: 'Studio', level: 1 }))
      }
    })
    await step('a page that an app does not have leaves the way to its others', async () => {
      await page.getByRole('link', { name: 'Greeter' }).first().click()
      await appears(page.getByRole('heading', { name: 'Greeter', level: 1 }))
      await page.goto(`${page.url().replace(/configuration$/u, '')}nonsense/deeper`)
      await appears(page.getByText('There is nothing at this address', { exact: true }))
      await appears(page.getByRole('link', { name: 'Go to Greeter' }))
      await looks.at(page, 'no-such-part')
      await page.getByRole('link', { name: 'Runs', exact: true }).click()
      await appears(page.getByRole('heading', { name: 'Runs', level: 2 }))
    })
    await step('a dialog whose code does not arrive says so, and opens where it is asked for again', async () => {
      await page.goto(`${server.url}/apps`)
      const code = '**/ImportAppDialog-*.js'
      await page.route(code, (route) => route.abort('aborted'))
      await button(page, 'Import').click()
      await appears(page.getByText('This part of the page could not be loaded', { exact: true }))
      await appears(button(page, 'Reload'))
      await looks.at(page, 'dialog-not-loaded')
      await page.unroute(code)
      await button(page, 'Import').click()
      await appears(page.getByRole('dialog', { name: 'Import an app' }))
      await page.keyboard.press('Escape')
    })
    await step('a link to a page that is not there says so to visitors', async () => {
      const visitor = await openAsVisitor(journey, 'lost visitor')
      await watch.expecting({ statuses: [404], path: '/passport' }, async () => {
        await visitor.goto(addresses.chat ?? '')
        await visitor.goto(`${server.url}/chat/nonsense`)
        await appears(visitor.getByRole('heading', { name: 'There is no app at this address' }))
      })
      await looks.at(visitor, 'no-such-page')
      await button(visitor, 'Go back').click()
      await appears(field(visitor, 'First name'))
      await visitor.context().close()
    })
  },
}
