import { type Chapter, type Journey, owner } from '../journey.ts'
import { button, chooseInMenu, field } from '../pages/controls.ts'
import { appears, check } from '../wait.ts'

const password = 'difference engine 3'

export const signInByMail: Chapter = {
  title: 'Sign in by mail',
  async tell(journey) {
    const { page, step, looks } = journey
    await step('whoever forgot their password gets a code by mail, in the language of their account', async () => {
      await signOut(journey)
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await appears(page.getByRole('heading', { name: 'Set a new password' }))
      await looks.at(page, 'reset-password')
      await enterCode(journey, 'Continue', 'reset-code')
    })
    await step('and sets a new one', async () => {
      await field(page, 'New password').fill(password)
      await looks.at(page, 'reset-new-password')
      await button(page, 'Set password').click()
      await page.getByRole('link', { name: 'Sign in' }).click()
      await field(page, 'E-mail').fill(owner.email)
      await field(page, 'Password').fill(password)
      await button(page, 'Sign in').click()
      await appears(page.getByRole('heading', { name: 'Studio', level: 1 }))
    })
    await step('a code signs in without any password', async () => {
      await signOut(journey)
      await page.getByRole('link', { name: 'Sign in with a code by e-mail' }).click()
      await appears(page.getByRole('heading', { name: 'Sign in with a code' }))
      await enterCode(journey, 'Sign in', 'sign-in-code')
      await appears(page.getByRole('heading', { name: 'Studio', level: 1 }))
    })
    await step('another address asks for a code to the present one first', async () => {
      await page.goto(`${journey.server.url}/settings/account`)
      await button(page, 'Change…').click()
      await appears(page.getByRole('dialog').getByText(`First, a code is sent to ${owner.email}`))
      await looks.at(page, 'change-email')
      await button(page.getByRole('dialog'), 'Cancel').click()
    })
  },
}

async function signOut({ page }: Journey): Promise<void> {
  await chooseInMenu(page, button(page, 'Account'), 'Sign out')
  await appears(page.getByRole('heading', { name: 'Sign in' }))
}

async function enterCode({ page, mail, looks }: Journey, submit: string, name: string): Promise<void> {
  const before = mail.letters.length
  await field(page, 'E-mail').fill(owner.email)
  await button(page, 'Send code').click()
  await appears(field(page, 'Code from the e-mail'))
  await looks.at(page, name)
  const letter = await mail.waitForLetter(owner.email, before)
  const code = /\b\d{6}\b/.exec(letter.text)?.[0]
  check(code !== undefined, `the letter has no code: ${letter.text}`)
  await field(page, 'Code from the e-mail').fill(code ?? '')
  await button(page, submit).click()
}
