import { type Chapter, owner } from '../journey.ts'
import { button, field } from '../pages/controls.ts'
import { appears, check } from '../wait.ts'

export const firstVisit: Chapter = {
  title: 'First visit',
  async tell({ page, server, looks, step }) {
    await step('the address leads to the set-up page', async () => {
      await page.goto(server.url)
      await appears(page.getByRole('heading', { name: 'Welcome to Trellis' }))
      check(page.url().endsWith('/install'), `the first visit landed at ${page.url()}`)
    })

    await step('the set-up form says what it lacks', async () => {
      await looks.at(page, 'setup')
      await field(page, 'Your name').press('Enter')
      await appears(page.getByText('Enter a name.'))
      await field(page, 'Your name').fill(owner.name)
      await field(page, 'E-mail').fill('ada@')
      await field(page, 'Password').fill('short')
      await field(page, 'Password').press('Enter')
      await appears(page.getByText('The password does not meet the rules yet.'))
      await looks.at(page, 'setup-faults')
    })

    await step('the first administrator arrives in an empty Studio', async () => {
      await field(page, 'E-mail').fill(owner.email)
      await field(page, 'Password').fill(owner.password)
      await button(page, 'Create administrator').click()
      await appears(page.getByRole('heading', { name: 'What will you build?' }))
      await looks.at(page, 'studio-empty')
    })
  },
}
