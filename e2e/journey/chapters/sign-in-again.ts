import { type Chapter, type Journey, owner } from '../journey.ts'
import { button, chooseInMenu, field } from '../pages/controls.ts'
import { appears, check, until } from '../wait.ts'

/** More than `LOGIN_MAX_FAILURES` allows. */
const MANY = 10

export const signInAgain: Chapter = {
  title: 'Sign out and in again',
  async tell(journey) {
    const { page, step, watch, looks, server } = journey
    const locked = page.getByText(/^Too many wrong passwords/)

    await step('signing out leads to the sign-in page', async () => {
      await chooseInMenu(page, button(page, 'Account'), 'Sign out')
      await appears(page.getByRole('heading', { name: 'Sign in' }))
      await looks.at(page, 'sign-in')
    })
    await step('a page behind the sign-in asks for it and is returned to', async () => {
      await page.goto(`${server.url}/settings/members`)
      await appears(page.getByRole('heading', { name: 'Sign in' }))
      await signIn(journey, owner.password)
      await appears(page.getByRole('heading', { name: 'Members', level: 1 }))
      // What is still asked while one signs out would be refused.
      await appears(page.getByRole('table').getByText(owner.email))
      await chooseInMenu(page, button(page, 'Account'), 'Sign out')
      await appears(page.getByRole('heading', { name: 'Sign in' }))
    })
    await step('a wrong password is refused', () =>
      watch.expecting({ statuses: [401], path: '/login' }, async () => {
        await signIn(journey, 'wrong password 1')
        await appears(page.getByText('E-mail or password is wrong.'))
        await looks.at(page, 'sign-in-refused')
      }),
    )
    await step('repeated failures lock the account', () => failUntilLocked(journey))
    await step('the right password does not open it while it is locked', () =>
      watch.expecting({ statuses: [429], path: '/login' }, async () => {
        await signIn(journey, owner.password)
        await appears(locked)
        await looks.at(page, 'sign-in-locked')
      }),
    )
    const password = 'difference engine 2'
    await step('`trellis job reset-password` lets one in again', async () => {
      const { code, output } = await server.job('reset-password', '--email', owner.email, '--new-password', password)
      check(code === 0, `the job ended with ${code}: ${output}`)
      await page.reload()
      await signIn(journey, password)
      await appears(page.getByRole('heading', { name: 'Studio', level: 1 }))
    })
  },
}

async function signIn({ page }: Journey, password: string): Promise<void> {
  await field(page, 'E-mail').fill(owner.email)
  await field(page, 'Password').fill(password)
  await field(page, 'Password').press('Enter')
}

async function failUntilLocked(journey: Journey): Promise<void> {
  const { page, watch } = journey
  const isLocked = (): Promise<boolean> => page.getByText(/^Too many wrong passwords/).isVisible()
  await watch.expecting({ statuses: [401, 429], path: '/login' }, async () => {
    for (let tries = 0; tries < MANY && !(await isLocked()); tries++) {
      const answered = page.waitForResponse((response) => response.url().endsWith('/login'))
      await signIn(journey, `wrong password ${tries}`)
      await answered
      await until('the form can be sent again', () => button(page, 'Sign in').isEnabled())
    }
    await appears(page.getByText(/^Too many wrong passwords/))
  })
}
