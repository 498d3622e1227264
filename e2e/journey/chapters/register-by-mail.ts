import type { Page } from 'playwright-core'
import { type BuiltServer, startServer } from '../../server.ts'
import { type Chapter, type Journey, owner } from '../journey.ts'
import { button, field } from '../pages/controls.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check } from '../wait.ts'

const newcomer = { name: 'Caroline Herschel', email: 'caroline@example.com', password: 'eight comets 1' }

/** A server of its own: on the other one accounts are made by invitation. */
export const registerByMail: Chapter = {
  title: 'Register by mail',
  async tell(journey) {
    const { mail, step } = journey
    const open = { ALLOW_REGISTER: 'true', ALLOW_CREATE_WORKSPACE: 'true' }
    const server = await startServer({ env: { ...mail.env, ...open } })
    try {
      await setUp(server)
      const page = await openAsVisitor(journey, 'newcomer')
      await step('the page where one signs in leads to an account of one’s own', async () => {
        await page.goto(server.url)
        await appears(page.getByRole('heading', { name: 'Sign in' }))
        await journey.looks.at(page, 'sign-in-open')
        await page.getByRole('link', { name: 'Create an account' }).click()
        await appears(page.getByRole('heading', { name: 'Create an account' }))
        await appears(field(page, 'E-mail'))
        await journey.looks.at(page, 'register-address')
      })
      await step('by the keyboard alone, a code comes to the address, and a wrong one is told', () => proveAddress(journey, page))
      await step('a name and a password make the account, and its Studio opens', () => makeAccount(journey, page))
      await page.context().close()
      await step('whoever has an account sees the same, and learns it from the letter', () => askForKnown(journey, server))
      await step('where the doors are closed, the page says who helps', () => findClosed(journey))
    } catch (error) {
      console.log(`  What the open server said last:\n${server.output()}`)
      throw error
    } finally {
      await server.stop()
    }
  },
}

async function setUp({ url }: BuiltServer): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/console/api/setup`, { method: 'POST', headers, body: JSON.stringify(owner) })
  check(response.status === 201, `the set-up answered ${response.status}`)
}

async function proveAddress({ mail, looks, watch }: Journey, page: Page): Promise<void> {
  const before = mail.letters.length
  // The field has the focus, here and on each step.
  await page.keyboard.type('caroline@')
  await page.keyboard.press('Enter')
  await appears(page.getByText('Enter an e-mail address, such as ada@example.com.'))
  await page.keyboard.type('example.com')
  await page.keyboard.press('Enter')
  const code = field(page, 'Code from the e-mail')
  await appears(code)
  await looks.at(page, 'register-code')
  const letter = await mail.waitForLetter(newcomer.email, before)
  check(letter.subject.includes('Create your account'), `the letter is called ${letter.subject}`)
  const right = /\b\d{6}\b/.exec(letter.text)?.[0] ?? ''
  const wrong = right.replace(/^./, (digit) => String((Number(digit) + 1) % 10))
  await watch.expecting({ statuses: [400], path: '/email-register/validity' }, async () => {
    await page.keyboard.type(wrong)
    await page.keyboard.press('Enter')
    await appears(page.getByText('The code is wrong. Look in the latest e-mail.'))
  })
  await code.fill(right)
  await code.press('Enter')
  await appears(field(page, 'Your name'))
}

async function makeAccount({ looks }: Journey, page: Page): Promise<void> {
  await looks.at(page, 'register-account')
  await page.keyboard.type(newcomer.name)
  await page.keyboard.press('Enter')
  await appears(page.getByText('The password does not meet the rules yet.'))
  await looks.at(page, 'register-account-faults')
  // The field with the fault has the focus.
  await page.keyboard.type(newcomer.password)
  await page.keyboard.press('Enter')
  await appears(page.getByRole('heading', { name: 'What will you build?' }))
  await button(page, 'Account').click()
  await appears(page.getByText(newcomer.email))
}

async function askForKnown(journey: Journey, server: BuiltServer): Promise<void> {
  const { mail, looks } = journey
  const visitor = await openAsVisitor(journey, 'owner who forgot', { locale: 'zh-CN' })
  await visitor.goto(`${server.url}/signup`)
  await field(visitor, '邮箱').fill(owner.email)
  const before = mail.letters.length
  await button(visitor, '发送验证码').click()
  await appears(field(visitor, '邮件中的验证码'))
  await looks.at(visitor, 'register-code-chinese', { language: 'zh-Hans' })
  const letter = await mail.waitForLetter(owner.email, before)
  check(letter.subject === 'You have an account on Trellis already', `the letter is called ${letter.subject}`)
  check(!/\b\d{6}\b/.test(letter.text), `the letter has a code: ${letter.text}`)
  await visitor.context().close()
}

async function findClosed(journey: Journey): Promise<void> {
  const visitor = await openAsVisitor(journey, 'uninvited')
  await visitor.goto(`${journey.server.url}/signin`)
  await appears(visitor.getByRole('link', { name: 'Forgot your password?' }))
  await appears(visitor.getByRole('link', { name: 'Continue with House' }))
  check((await visitor.getByRole('link', { name: 'Create an account' }).count()) === 0, 'an account is offered where nobody may make one')
  await visitor.goto(`${journey.server.url}/signup`)
  await appears(visitor.getByText('Accounts are created by invitation here.'))
  await journey.looks.at(visitor, 'register-closed')
  await visitor.context().close()
}
