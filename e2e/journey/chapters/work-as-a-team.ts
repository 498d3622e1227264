import type { Page } from 'playwright-core'
import { type Chapter, type Journey, owner } from '../journey.ts'
import { button, choose, chooseInMenu, field } from '../pages/controls.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until, vanishes } from '../wait.ts'

const guest = { name: 'Charles Babbage', email: 'charles@example.com', password: 'difference engine 1' }

const openSettings = async ({ page, server }: Journey, section: string): Promise<void> => {
  await page.goto(`${server.url}/settings/${section}`)
}

export const workAsATeam: Chapter = {
  title: 'Work as a team',
  async tell(journey) {
    const { page, step, looks } = journey
    const colleague = await openAsVisitor(journey, 'colleague')
    let link = ''
    await step('a colleague is invited by a letter, and by the link in it', async () => {
      link = await invite(journey)
    })
    await step('the link makes an account and leads into the workspace', () => accept(colleague, link, journey))
    await step('a link works once', async () => {
      const stranger = await openAsVisitor(journey, 'late visitor')
      await stranger.goto(link)
      await appears(stranger.getByRole('heading', { name: 'This link no longer works' }))
      await looks.at(stranger, 'invitation-used')
      await stranger.context().close()
    })
    await step('the workspace changes hands, and comes back', async () => {
      await passOn(journey, page, { from: owner, to: guest })
      await passOn(journey, colleague, { from: guest, to: owner })
    })
    await step('the colleague gets another role', async () => {
      await openSettings(journey, 'members')
      await page.getByLabel(`Role of ${guest.name}`).click()
      await page.getByRole('option').filter({ hasText: 'Uses apps' }).click()
      await appears(page.getByText(`${guest.name} is now Member`))
    })
    await step('the audit log tells of all that, to administrators', async () => {
      await openSettings(journey, 'audit')
      await appears(page.getByText(`Changed the role of ${guest.name} to Member`))
      await appears(page.getByText(`Invited ${guest.email} as Editor`))
      await choose(page, page.getByLabel('Kind'), 'Tags')
      await appears(page.getByText('Tagged “Haiku in winter” with Poems'))
      await choose(page, page.getByLabel('Kind'), 'API keys')
      await vanishes(page.getByText('Joined as Editor'))
      await looks.at(page, 'settings-audit')
      await colleague.reload()
      await appears(colleague.getByRole('heading', { name: 'Members', level: 1 }))
      await vanishes(colleague.getByRole('link', { name: 'Audit log' }))
    })
    await step('a picture stands for a person', () => takePicture(journey))
    await step('who owns a workspace of others is told why their account stays', async () => {
      await button(page, 'Delete my account').click()
      const dialog = page.getByRole('dialog', { name: 'Delete my account' })
      await appears(dialog.getByText(`You own ${owner.name}'s Workspace, to which others belong.`))
      await looks.at(page, 'account-delete')
      await button(dialog, 'Cancel').click()
    })
    await step('a test mail comes at once', async () => {
      await openSettings(journey, 'workspace')
      await button(page, 'Send me a test e-mail').click()
      await appears(page.getByText(`The mail server accepted an e-mail to ${owner.email}.`))
      await looks.at(page, 'workspace-mail')
    })
    await step('places where one is signed in are listed, in hours of one’s own, and left', async () => {
      await signInElsewhere(journey)
      await openSettings(journey, 'account')
      await appears(page.getByText('this browser'))
      await choose(page, field(page, 'Time zone'), 'Asia/Shanghai')
      await appears(page.getByText('Saved', { exact: true }))
      await looks.at(page, 'settings-sessions')
      await button(page, 'Sign out everywhere else').click()
      await vanishes(button(page, 'Sign out everywhere else'))
      await appears(page.getByText('this browser'))
    })
    await step('another workspace is made, and one goes between them', () => goBetweenWorkspaces(journey))
    await step('the colleague leaves', () => leave(journey, colleague))
  },
}

async function invite({ page, looks, server, mail }: Journey): Promise<string> {
  await page.goto(`${server.url}/settings/members`)
  await button(page, 'Invite people').click()
  const dialog = page.getByRole('dialog')
  await field(dialog, 'E-mail addresses').fill(guest.email)
  await looks.at(page, 'members-invite')
  await button(dialog, 'Send invitation').click()
  await appears(dialog.getByRole('heading', { name: 'Invitation link' }))
  await looks.at(page, 'members-link')
  const link = (await dialog.locator('code').textContent()) ?? ''
  const letter = await mail.waitForLetter(guest.email)
  check(letter.text.includes(link), `the letter has another link: ${letter.text}`)
  await button(dialog, 'Done').click()
  await appears(page.getByText('Invited', { exact: true }))
  return link
}

async function accept(colleague: Page, link: string, { looks }: Journey): Promise<void> {
  await colleague.goto(link)
  await appears(field(colleague, 'Your name'))
  await looks.at(colleague, 'invitation')
  await field(colleague, 'Your name').fill(guest.name)
  await field(colleague, 'Password').fill(guest.password)
  await button(colleague, 'Create account and join').click()
  await appears(colleague.getByRole('heading', { name: 'Studio', level: 1 }))
  await colleague.getByRole('link', { name: 'Settings' }).click()
  await colleague.getByRole('link', { name: 'Members' }).click()
  await appears(colleague.getByRole('table').getByText(owner.email))
}

/** By a program, which needs no window. */
async function signInElsewhere({ server }: Journey): Promise<void> {
  const answer = await fetch(`${server.url}/console/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: owner.email, password: Buffer.from(owner.password).toString('base64') }),
  })
  check(answer.ok, `signing in answered ${answer.status}`)
}

interface Handover {
  readonly from: typeof owner
  readonly to: typeof owner
}

/** Whoever owns the workspace proves who they are by a code, and gives it to somebody else. */
async function passOn({ server, mail, looks }: Journey, page: Page, { from, to }: Handover): Promise<void> {
  await page.goto(`${server.url}/settings/members`)
  await chooseInMenu(page, button(page, `Actions for ${to.name}`), 'Make owner…')
  const dialog = page.getByRole('dialog', { name: `Make ${to.name} the owner?` })
  const before = mail.letters.length
  await button(dialog, 'Send code').click()
  await appears(field(dialog, 'Code from the e-mail'))
  await looks.at(page, 'members-transfer')
  const code = await until(
    'the code came',
    async () =>
      mail.letters.slice(before).flatMap((letter) => (letter.to.includes(from.email) ? (/\b\d{6}\b/.exec(letter.text) ?? []) : []))[0],
    (text) => text !== undefined,
  )
  await field(dialog, 'Code from the e-mail').fill(code ?? '')
  await button(dialog, 'Transfer ownership').click()
  await vanishes(dialog)
  await appears(page.getByText(`${to.name} owns this workspace now`))
}

async function takePicture(journey: Journey): Promise<void> {
  const { page } = journey
  await openSettings(journey, 'account')
  const buffer = await page.screenshot({ clip: { x: 0, y: 0, width: 96, height: 96 } })
  await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer })
  await appears(button(page, 'Remove it'))
  await appears(button(page, 'Account').locator('img'))
}

async function goBetweenWorkspaces({ page, looks }: Journey): Promise<void> {
  const home = `${owner.name}'s Workspace`
  await chooseInMenu(page, button(page, `Workspace: ${home}`), 'New workspace…')
  const dialog = page.getByRole('dialog', { name: 'New workspace' })
  await field(dialog, 'Name').fill('Analytical works')
  await button(dialog, 'Create and go there').click()
  await appears(page.getByRole('heading', { name: 'What will you build?' }))
  await chooseInMenu(page, button(page, 'Workspace: Analytical works'), 'Workspace settings')
  await appears(page.getByText('here now'))
  await looks.at(page, 'settings-workspace')
  await button(page, `Go to ${home}`).click()
  await appears(page.getByRole('link', { name: 'Greeter' }))
}

async function leave({ page, looks, server }: Journey, colleague: Page): Promise<void> {
  await chooseInMenu(colleague, button(colleague, `Workspace: ${owner.name}'s Workspace`), 'Workspace settings')
  await button(colleague, 'Leave workspace').click()
  await button(colleague.getByRole('alertdialog'), 'Leave workspace').click()
  await appears(colleague.getByText('You are not in any workspace. Ask an administrator to invite you.'))
  await looks.at(colleague, 'no-workspace')
  await colleague.context().close()
  await page.goto(`${server.url}/settings/members`)
  await appears(page.getByRole('table').getByText(owner.email))
  await vanishes(page.getByText(guest.email))
}
