import type { Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, choose, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until } from '../wait.ts'

const BEGUN = 'Tell me: '
const SAID = 'Which machine is the oldest?'
/** Long enough to be looked at while it is spoken. */
const ANSWER = 'The abacus. '.repeat(30).trim()

export const speakWithAnApp: Chapter = {
  title: 'Speak with an app',
  async tell(journey) {
    const { page, step, looks, server } = journey
    await step('speech is switched on, and a voice is listened to', async () => {
      const section = page.getByRole('region', { name: 'Speech' })
      await section.getByRole('switch', { name: /^Speech to text/ }).click()
      await section.getByRole('switch', { name: /^Text to speech/ }).click()
      await choose(page, field(section, 'Voice'), 'Coral')
      await button(section, 'Read aloud').click()
      await button(section, 'Stop reading aloud').click()
      await looks.at(page, 'orchestrate-speech')
      await section.getByRole('switch', { name: /^Read answers aloud automatically/ }).click()
      await button(page, 'Publish').click()
      await appears(page.getByRole('status').getByText('Published', { exact: true }))
    })
    server.provider.behave('gpt-4o-transcribe', { text: SAID })
    server.provider.behave(provider.model, { text: ANSWER, rate: 0 })
    await speakAndListen(journey, await openAsVisitor(journey, 'speaker'))
    await step('a visitor who does not allow the microphone is told how to', async () => {
      const visitor = await openAsVisitor(journey, 'silent visitor')
      // What a browser says of itself where there is somebody to ask; one without a window has nobody.
      await visitor.addInitScript(() => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
      })
      await visitor.goto(journey.addresses.chat ?? '')
      await button(visitor, 'Dictate').click()
      const told = visitor.getByText(/The microphone is not allowed here/)
      await appears(told)
      // What is pointed at stays.
      await told.hover()
      await looks.at(visitor, 'page-microphone-refused')
      await stopByKey(journey, visitor)
      await visitor.context().close()
    })
  },
}

async function speakAndListen({ step, looks, addresses }: Journey, visitor: Page): Promise<void> {
  const talk = createTalk(visitor)
  await step('a visitor speaks, and reads what was said', async () => {
    await visitor.goto(addresses.chat ?? '')
    await button(visitor, 'Dictate').click()
    await appears(visitor.getByRole('timer'))
    await looks.at(visitor, 'page-dictation')
    // Nothing is sent without what is just being said.
    await talk.composer.fill(BEGUN)
    await talk.composer.press('Enter')
    check((await talk.composer.inputValue()) === BEGUN, 'the text was sent while something was being said')
    check((await talk.turns.count()) === 0, 'a question was asked while it was being spoken')
    await talk.composer.fill('')
    // The key ends it: the button that does so had the focus at first.
    await button(visitor, 'Done speaking').focus()
    await visitor.keyboard.press('Enter')
    await until('what was said stands in the field', async () => (await talk.composer.inputValue()) === SAID)
  })
  await step('the answer is read aloud by itself, stopped, and begun again', async () => {
    await talk.composer.press('Enter')
    const answer = talk.turns.last()
    await appears(button(answer, 'Stop reading aloud'))
    await looks.at(visitor, 'page-spoken')
    await button(answer, 'Stop reading aloud').click()
    await button(answer, 'Read aloud').click()
    await button(answer, 'Stop reading aloud').click()
  })
  await step('a recording is thrown away', async () => {
    await button(visitor, 'Dictate').click()
    await appears(visitor.getByRole('timer'))
    await visitor.keyboard.press('Escape')
    await appears(button(visitor, 'Dictate'))
    check((await talk.composer.inputValue()) === '', 'something stands in the field')
  })
  await visitor.context().close()
}

/** What pops up lies over nothing: Escape is meant for the answer. */
async function stopByKey({ server }: Journey, visitor: Page): Promise<void> {
  server.provider.behave(provider.model, { text: ANSWER, rate: 5 })
  const talk = createTalk(visitor)
  await talk.ask(SAID)
  await talk.streams(20)
  await appears(visitor.getByText(/The microphone is not allowed here/))
  await visitor.keyboard.press('Escape')
  await appears(talk.turns.last().getByText('Stopped', { exact: true }))
}
