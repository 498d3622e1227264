import type { Locator, Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, choose, chooseInMenu, copyBy, field } from '../pages/controls.ts'
import { createTalk, type Talk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until, vanishes } from '../wait.ts'

const ANSWER = `The **Difference Engine** has three parts:

1. a *store* of columns
2. a mill that adds
3. a printer

| Column | Wheels |
| --- | --- |
| first | 31 |

\`\`\`python
print("tick")
\`\`\``

/** Words that tell a doubled passage from one that was told once. */
const LONG_ANSWER = Array.from({ length: 160 }, (_, position) => `w${position}`).join(' ')

export const usePage: Chapter = {
  title: 'Use the public page',
  async tell(journey) {
    const { page, step, server } = journey
    await step('the page’s address is copied', async () => {
      await chooseInMenu(page, button(page, 'Publishing and the public page'), 'Copy link to the page')
      await appears(page.getByText('Link copied'))
      journey.addresses.chat = await page.evaluate(() => navigator.clipboard.readText())
    })
    const visitor = await openAsVisitor(journey, 'visitor')
    const talk = createTalk(visitor)
    const answerWith = (text: string, rate: number): void => server.provider.behave(provider.model, { text, rate })

    await step('a visitor finds the form and the opening', async () => {
      await visitor.goto(journey.addresses.chat ?? '')
      await appears(visitor.getByText('Welcome, Charles! Ask me about any machine.'))
      await field(visitor, 'First name').fill('Grace')
      await choose(visitor, field(visitor, 'Tour'), 'Long')
      await appears(visitor.getByText('Welcome, Grace!'))
      await journey.looks.at(visitor, 'page-fresh')
    })
    await step('a suggested question that the form keeps waiting stands in the field, and the missing field is gone to', async () => {
      const name = field(visitor, 'First name')
      await name.fill('')
      await visitor.getByRole('button', { name: 'What can you help me with?' }).click()
      await appears(visitor.getByText('“First name” is required.'))
      await until('the missing field has the keyboard', () => name.evaluate((element) => element === document.activeElement))
      check((await talk.composer.inputValue()) === 'What can you help me with?', 'the question was lost')
      await journey.looks.at(visitor, 'page-question-waits')
      await name.fill('Grace')
      await talk.composer.fill('')
    })
    await step('an answer streams, with its Markdown', async () => {
      answerWith(ANSWER, 60)
      await talk.ask('What are the parts of a Difference Engine?')
      await talk.streams(40)
      await talk.finishes()
      await appears(visitor.getByRole('cell', { name: '31' }))
      await appears(visitor.getByText('Difference Engine', { exact: true }))
      await journey.looks.at(visitor, 'page-answered')
    })
    await step('an answer is copied as it was written', async () => {
      await visitor.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
      const copied = await copyBy(visitor, button(talk.turns.last(), 'Copy').last())
      check(copied.trim() === ANSWER, `copied: ${copied}`)
    })
    await step('an answer is stopped, says so after a reload too, and is given again', () =>
      stopAndRegenerate(journey, visitor, talk, answerWith),
    )
    await step('a reload in mid-answer goes on without doubling', async () => {
      answerWith(LONG_ANSWER, 40)
      await talk.ask('Count your wheels.')
      await talk.streams(60)
      await visitor.reload()
      await appears(visitor.getByText('Count your wheels.'))
      const whole = await talk.finishes()
      check(whole.trim() === LONG_ANSWER, `the answer after the reload is not the whole one, once: ${whole.slice(0, 200)}…`)
    })
    await step('a question is asked in other words, beside the first', () => askInOtherWords(visitor, talk, answerWith))
    await step('an answer is rated, and the visitor says why, also after a reload', () => rateAndSayWhy(visitor, talk))
    await step('whoever has scrolled up and asks has the question and its answer in view', async () => {
      await visitor.mouse.move(800, 400)
      await visitor.mouse.wheel(0, -600)
      await appears(button(visitor, 'To the newest message'))
      answerWith(LONG_ANSWER, 0)
      await talk.ask('Count them once more.')
      await talk.finishes()
      await until('the end is in view', () => isAtEnd(talk.turns.last()))
      await vanishes(button(visitor, 'To the newest message'))
    })
    await step('a link to somebody else’s conversation begins a new one, and says so', () => followForeignLink(journey, visitor.url()))
    await tellConversations(journey, visitor, talk, answerWith)
    await visitor.context().close()
  },
}

async function followForeignLink(journey: Journey, address: string): Promise<void> {
  const stranger = await openAsVisitor(journey, 'stranger')
  await journey.watch.expecting({ statuses: [404], path: '/api/messages' }, async () => {
    await stranger.goto(address)
    await appears(stranger.getByText(/^The linked conversation is not here/))
  })
  await appears(field(stranger, 'First name'))
  check(!stranger.url().includes('conversation='), 'the address still names the conversation')
  await journey.looks.at(stranger, 'page-foreign-link')
  await stranger.context().close()
}

/** One press asks why, and nothing else does: neither the rating nor a mouse above the button. */
async function rateAndSayWhy(visitor: Page, talk: Talk): Promise<void> {
  const rate = async (name: string): Promise<void> => {
    const verdict = button(talk.turns.last(), name)
    await verdict.click()
    await until('the rating stands', async () => (await verdict.getAttribute('aria-pressed')) === 'true')
  }
  const why = button(talk.turns.last(), 'Say why')
  const asked = visitor.getByRole('dialog')
  const say = async (question: string, reason: string): Promise<void> => {
    await why.click()
    await asked.getByLabel(question).fill(reason)
    await button(asked, 'Send').click()
    await appears(visitor.getByText('Thank you for saying why').last())
    await vanishes(why)
  }
  await rate('Bad answer')
  await appears(why)
  await visitor.reload()
  await why.hover()
  check((await asked.count()) === 0, 'nobody asked why, and the question is there')
  await say('What was wrong with it?', 'It counted too far.')
  await rate('Good answer')
  await say('What was good about it?', 'It counted to the end.')
}

/** Of the box in which a turn scrolls. */
const isAtEnd = (turn: Locator): Promise<boolean> =>
  turn.evaluate((element) => {
    const box = element.closest('.overflow-y-auto')
    return box !== null && box.scrollHeight - box.scrollTop - box.clientHeight < 2
  })

async function stopAndRegenerate(
  { looks }: Journey,
  visitor: Page,
  talk: Talk,
  answerWith: (text: string, rate: number) => void,
): Promise<void> {
  answerWith(LONG_ANSWER, 30)
  await talk.ask('Tell me everything.')
  await talk.streams(40)
  const again = button(talk.turns.first(), 'Answer again')
  await vanishes(again)
  await button(talk.composer.locator('xpath=ancestor::form'), 'Stop answering').click()
  await until('the keyboard is in the field', () => talk.composer.evaluate((element) => element === document.activeElement))
  const stopped = await talk.finishes()
  await appears(again)
  check(!stopped.includes('w159'), 'the answer went on to its end though it was stopped')
  const mark = talk.turns.last().getByText('Stopped', { exact: true })
  await appears(mark)
  await visitor.reload()
  await appears(mark)
  await looks.at(visitor, 'page-stopped')
  const turns = await talk.turns.count()
  answerWith('Everything, in short.', 0)
  await button(talk.turns.last(), 'Answer again').click()
  await until('the new answer stands in the place of the old one', talk.answer, (text) => text.includes('Everything, in short.'))
  check((await talk.turns.count()) === turns, 'answering again added a turn')
}

async function askInOtherWords(visitor: Page, talk: Talk, answerWith: (text: string, rate: number) => void): Promise<void> {
  const turns = await talk.turns.count()
  answerWith('Sixty wheels.', 0)
  await talk.turns.last().hover()
  await button(talk.turns.last(), 'Edit and ask again').click()
  const words = visitor.getByLabel('Your question, in other words')
  check((await words.inputValue()) === 'Count your wheels.', 'the field does not begin with the question')
  await words.fill('How many wheels have you?')
  await words.press('Enter')
  await until('the new answer stands', talk.answer, (text) => text.includes('Sixty wheels.'))
  await appears(talk.turns.last().getByText('How many wheels have you?', { exact: true }))
  check((await talk.turns.count()) === turns, 'asking in other words added a turn')
  await button(talk.turns.last(), 'Previous answer').click()
  await appears(talk.turns.last().getByText('Count your wheels.', { exact: true }))
  await button(talk.turns.last(), 'Next answer').click()
  await appears(talk.turns.last().getByText('How many wheels have you?', { exact: true }))
}

async function tellConversations(
  { step, looks }: Journey,
  visitor: Page,
  talk: Talk,
  answerWith: (text: string, rate: number) => void,
): Promise<void> {
  const list = visitor.getByRole('navigation', { name: 'Conversations' })
  const entry = (name: string): Locator => list.getByRole('button', { name, exact: true })
  const act = async (name: string, action: string): Promise<void> => {
    await entry(name).hover()
    await chooseInMenu(visitor, button(list, `Actions for “${name}”`), action)
  }
  await step('a second conversation begins', async () => {
    await button(visitor, 'New conversation').first().click()
    await until('the thread is empty', async () => (await talk.turns.count()) === 0)
    answerWith('Good evening.', 0)
    await talk.ask('Good evening!')
    await talk.finishes()
    await until('two conversations are listed', async () => (await list.getByRole('listitem').count()) === 2)
  })
  await step('a conversation is renamed and pinned', async () => {
    // What the model answers holds no name: the question is it, before and after it was asked for one.
    await appears(entry('Good evening!'))
    await act('Good evening!', 'Rename')
    await field(visitor.getByRole('dialog'), 'Name').fill('Evening tour')
    await visitor.keyboard.press('Enter')
    await appears(entry('Evening tour'))
    await act('Evening tour', 'Pin')
    await appears(list.getByRole('region', { name: 'Pinned' }).getByRole('button', { name: 'Evening tour', exact: true }))
    await visitor.reload()
    await appears(list.getByRole('region', { name: 'Pinned' }).getByRole('button', { name: 'Evening tour', exact: true }))
    await looks.at(visitor, 'page-conversations')
  })
  await step('a conversation is deleted, after a question', async () => {
    await act('Evening tour', 'Delete')
    const dialog = visitor.getByRole('dialog').or(visitor.getByRole('alertdialog'))
    await appears(dialog.getByText(/Evening tour/))
    await button(dialog, 'Delete').click()
    // Behind an open dialog nothing is found, whether it is there or not.
    await vanishes(dialog)
    await vanishes(entry('Evening tour'))
    await until('one conversation is left', async () => (await list.getByRole('listitem').count()) === 1)
  })
}
