import type { Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { button, choose, copyBy, field } from '../pages/controls.ts'
import { runSample, type SampleProgram } from '../run-sample.ts'
import { appears, check, until, vanishes } from '../wait.ts'

const ANSWER = 'Two hundred and fifty wheels – 二百五十。'

export const callApi: Chapter = {
  title: 'Call the API',
  async tell(journey) {
    const { page, step, looks, server, python } = journey
    server.provider.behave(provider.model, { text: ANSWER, rate: 0 })
    const samples = page.getByRole('region', { name: 'Ready to run' })

    await step('the API page offers keys and samples', async () => {
      await page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: 'API' }).click()
      await appears(page.getByText('No key yet'))
      await looks.at(page, 'api')
    })
    await step('limits are set, and kept', () => limitRequests(journey))
    await step('a key is made, shown once, and stands in the samples', async () => {
      await button(page, 'Create key').click()
      const dialog = page.getByRole('dialog', { name: 'Your new key' })
      const key = await copyBy(page, button(dialog, 'Copy'))
      check(/^app-\w{20,}$/.test(key), `copied: ${key}`)
      await looks.at(page, 'api-new-key')
      await button(dialog, 'I have copied it').click()
      await vanishes(dialog)
      check((await samples.textContent())?.includes(key) === true, 'the samples do not have the key')
      check((await page.getByRole('table').textContent())?.includes(key) === false, 'the table shows the whole key')
    })

    const runShown = async (program: SampleProgram, pythonPath?: string): Promise<void> => {
      const code = await copyBy(page, button(samples, 'Copy'))
      const output = await runSample(program, code, pythonPath)
      // Plain curl prints the frames as they come.
      const told = program === 'curl' ? textOfFrames(output) : output.trim()
      check(told === ANSWER, `the sample printed: ${output}\n--- the sample was:\n${code}`)
    }
    await step('the curl sample runs as copied', () => runShown('curl'))
    for (const [language, variants] of [
      ['JavaScript', ['fetch', 'dify-client']],
      ['Python', ['requests', 'dify-client']],
    ] as const) {
      await step(`the ${language} samples run as copied`, async () => {
        const packages = language === 'Python' ? await python : undefined
        if (packages && 'obstacle' in packages) return console.log(`    left out: ${packages.obstacle}`)
        await samples.getByText(language, { exact: true }).click()
        for (const variant of variants) {
          await choose(page, samples.getByRole('combobox', { name: 'Way' }), variant)
          await runShown(language === 'Python' ? 'python' : 'javascript', packages?.path)
        }
        await looks.at(page, `api-${language.toLowerCase()}`)
      })
    }
    await step('the samples run without streaming too', () => runBlocking(page, runShown))
  },
}

async function limitRequests({ page, looks }: Journey): Promise<void> {
  const limits = page.getByRole('region', { name: 'Limits' })
  const [atATime, save] = [field(limits, 'Concurrent'), button(limits, 'Save limits')]
  await atATime.fill('0')
  await save.click()
  await appears(limits.getByText('Enter a whole number of 1 or more, or nothing.'))
  await atATime.fill('3')
  await field(limits, 'Per minute').fill('600')
  await looks.at(page, 'api-limits')
  await save.click()
  await appears(page.getByText('The limits are saved'))
  await page.reload()
  await until(
    'the limit stands in its field',
    () => atATime.inputValue(),
    (text) => text === '3',
  )
}

async function runBlocking(page: Page, runShown: (program: SampleProgram) => Promise<void>): Promise<void> {
  const samples = page.getByRole('region', { name: 'Ready to run' })
  await samples.getByText('JavaScript', { exact: true }).click()
  await samples.getByRole('switch', { name: 'Stream the answer' }).click()
  await runShown('javascript')
}

function textOfFrames(output: string): string {
  const frames = output.split('\n').filter((line) => line.startsWith('data: {'))
  return frames.map((line) => JSON.parse(line.slice('data: '.length)).answer ?? '').join('')
}
