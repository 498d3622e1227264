import type { Locator, Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, choose, field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until } from '../wait.ts'

export const attachAPicture: Chapter = {
  title: 'Attach a picture',
  async tell(journey) {
    const { page, step, looks, server, addresses } = journey
    server.provider.behave(provider.model, { text: 'I see an editor.', rate: 0 })
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } })
    const hasReached = (question: string): boolean =>
      server.provider.wasSent(provider.model, question, `"data:image/png;base64,${picture.toString('base64')}"`)
    const attach = async (scope: Page | Locator): Promise<void> => {
      await scope.locator('input[type=file]').setInputFiles({ name: 'editor.png', mimeType: 'image/png', buffer: picture })
      await appears(button(scope, 'Remove editor.png'))
    }
    await step('pictures are taken, and one in the preview reaches the model', async () => {
      const section = page.getByRole('region', { name: 'Files' })
      await section.getByRole('switch', { name: /^Attachments/ }).click()
      check(await section.getByRole('checkbox', { name: 'Images' }).isChecked(), 'pictures are not taken')
      check(await section.getByRole('checkbox', { name: 'Audio' }).isDisabled(), 'audio is offered to a model that cannot hear')
      await choose(page, field(section, 'Maximum number'), '2')
      const preview = page.getByRole('region', { name: 'Preview' })
      const talk = createTalk(preview)
      await attach(preview)
      await talk.ask('What is this?')
      await talk.finishes()
      await appears(talk.turns.last().getByRole('img', { name: 'editor.png' }))
      check(hasReached('What is this?'), 'the picture did not reach the model')
      await looks.at(page, 'orchestrate-picture', { isInPreview: true })
    })
    await step('a model that reads text only says so', () => chooseBlindModel(journey))
    await step('a visitor’s picture reaches the model too, and stays in the conversation', async () => {
      await button(page, 'Publish').click()
      await appears(page.getByRole('status').getByText('Published', { exact: true }))
      const visitor = await openAsVisitor(journey, 'onlooker')
      await visitor.goto(addresses.chat ?? '')
      const talk = createTalk(visitor)
      await appears(button(visitor, 'Attach files'))
      await attach(visitor)
      await talk.ask('And this?')
      await talk.finishes()
      check(hasReached('And this?'), 'the picture did not reach the model')
      await looks.at(visitor, 'page-picture')
      await visitor.reload()
      await visitor.getByText('And this?').first().click()
      await until('the picture is shown again', () =>
        talk.turns
          .last()
          .getByRole('img', { name: 'editor.png' })
          .evaluate((image: HTMLImageElement) => image.naturalWidth === 320),
      )
      await visitor.context().close()
    })
  },
}

/** Attachments stay as they are; the editor tells what becomes of them. */
async function chooseBlindModel({ page, looks }: Journey): Promise<void> {
  const section = page.getByRole('region', { name: 'Files' })
  const model = page.getByRole('combobox', { name: 'Model' })
  await model.click()
  await page.getByRole('option', { name: new RegExp(`^${provider.customModel}`) }).click()
  await appears(section.getByText(`${provider.customModel} reads text only.`, { exact: false }))
  await appears(section.getByText('cannot read: Images', { exact: false }))
  await looks.at(page, 'orchestrate-blind-model')
  await model.click()
  await page.getByRole('option', { name: new RegExp(`^${provider.model}`) }).click()
}
