import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import type { Chapter, Journey } from '../journey.ts'
import { button, choose, field } from '../pages/controls.ts'
import { createTalk, type Talk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until, vanishes } from '../wait.ts'

const QUESTION = 'When are you open?'
const ANSWER = 'Every day but Monday, from ten to six.'
const WRITTEN_SINCE = 'Three parts: a store, a mill, a printer.'

export const answerWithAnnotations: Chapter = {
  title: 'Answer with annotations',
  async tell(journey) {
    const { page, step, looks } = journey
    const goTo = (name: string): Promise<void> =>
      page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name, exact: true }).click()
    const rowOf = (question: string): Locator => page.getByRole('row').filter({ hasText: question })

    await step('an annotation is written by hand', async () => {
      await goTo('Annotations')
      await button(page, 'Add annotation').first().click()
      await write(journey, { question: QUESTION, answer: ANSWER })
      await appears(rowOf(QUESTION))
    })
    await step('and one from the log', async () => {
      await goTo('Logs')
      await page.getByRole('row').filter({ hasText: 'Page' }).last().click()
      const panel = page.getByRole('complementary', { name: 'Conversation' })
      await button(panel, 'Add annotation').first().click()
      await write(journey, { answer: WRITTEN_SINCE })
      await appears(panel.getByText('Annotation by Ada Lovelace'))
      await appears(panel.getByText(WRITTEN_SINCE))
      await button(panel, 'Close').click()
      await goTo('Annotations')
      await appears(rowOf(WRITTEN_SINCE))
    })
    await step('the app shall answer with them', async () => {
      await page.getByRole('switch', { name: 'Answer with annotations' }).click()
      const dialog = page.getByRole('dialog', { name: 'Annotation reply' })
      await dialog.getByRole('tab', { name: 'The same words only' }).click()
      await button(dialog, 'Switch on').click()
      await appears(page.getByText('On: a question in the same words gets the annotation.'))
      await looks.at(page, 'annotations')
    })
    await step('the preview answers with it, and says who wrote it', async () => {
      await goTo('Orchestrate')
      const preview = page.getByRole('region', { name: 'Preview' })
      const talk = createTalk(preview)
      await talk.ask(QUESTION)
      await isAnswered(talk, 'Answer written by Ada Lovelace, from the annotations')
      await looks.at(page, 'orchestrate-annotated', { isInPreview: true })
    })
    await step('the public page does too, and names nobody, after a reload as well', async () => {
      const visitor = await openAsVisitor(journey, 'visitor of annotations')
      await visitor.goto(journey.addresses.chat ?? '')
      const talk = createTalk(visitor)
      await talk.ask('when are you OPEN')
      await isAnswered(talk, 'Answer written by a person')
      await visitor.reload()
      await isAnswered(talk, 'Answer written by a person')
      await looks.at(visitor, 'page-annotated')
      await visitor.context().close()
    })
    await step('what it answered is counted, and told', async () => {
      await goTo('Annotations')
      const hits = rowOf(QUESTION).getByTitle('Show what it answered')
      await until('both answers are counted', async () => (await hits.textContent())?.trim() === '2')
      await hits.click()
      const panel = page.getByRole('complementary', { name: 'What it answered' })
      await appears(panel.getByText('when are you OPEN', { exact: true }))
      await appears(panel.getByText('Preview', { exact: true }))
      await looks.at(page, 'annotation-hits')
      await button(panel, 'Close').click()
    })
    await step('more come in a file, are mended, and go out in one', () => takeFile(journey, rowOf))
    await step('the log shows those that are annotated', async () => {
      await goTo('Logs')
      await choose(page, page.getByLabel('Annotations', { exact: true }), 'Annotated')
      const rows = page.getByRole('row').filter({ hasNotText: 'Last activity' })
      await until('one conversation is left', async () => (await rows.count()) === 1)
      await rows.click()
      await appears(page.getByRole('complementary', { name: 'Conversation' }).getByText(WRITTEN_SINCE))
    })
  },
}

async function takeFile({ page, looks }: Journey, rowOf: (question: string) => Locator): Promise<void> {
  await button(page, 'Import').click()
  const dialog = page.getByRole('dialog', { name: 'Import annotations' })
  const buffer = Buffer.from('question,answer\nWhere are you?,In Bath.\n')
  await dialog.locator('input[type=file]').setInputFiles({ name: 'more.csv', mimeType: 'text/csv', buffer })
  await appears(dialog.getByText('more.csv'))
  await looks.at(page, 'annotations-import')
  await button(dialog, 'Import').click()
  await vanishes(dialog)
  await button(rowOf('Where are you?'), 'Edit').click()
  const editor = page.getByRole('dialog', { name: 'Edit annotation' })
  await field(editor, 'Answer').fill('In London.')
  await looks.at(page, 'annotation-editor')
  await button(editor, 'Save').click()
  await vanishes(editor)
  await appears(rowOf('Where are you?').getByText('In London.'))
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export CSV').click()])
  const text = await readFile(await download.path(), 'utf8')
  check(text.includes('Where are you?,In London.') && text.includes(ANSWER), `the file is: ${text}`)
}

/** Fills the editor in, and saves it. */
async function write({ page }: Journey, { question, answer }: { readonly question?: string; readonly answer: string }): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Add annotation' })
  if (question !== undefined) await field(dialog, 'Question').fill(question)
  await field(dialog, 'Answer').fill(answer)
  await button(dialog, 'Save').click()
  await vanishes(dialog)
}

async function isAnswered({ turns }: Talk, mark: string): Promise<void> {
  await appears(turns.last().getByText(ANSWER, { exact: true }))
  await appears(turns.last().getByText(mark, { exact: true }))
}
