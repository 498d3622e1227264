import type { BrowserContext, Page } from 'playwright-core'
import { type Chapter, type Journey, provider } from '../journey.ts'
import { field } from '../pages/controls.ts'
import { createTalk } from '../pages/talk.ts'
import { openAsVisitor } from '../visitor.ts'
import { appears, check, until, vanishes } from '../wait.ts'

/** Each would set `attacked` on the window if it ran. */
const TAG = '<img src=x onerror="attacked=1"><svg onload="attacked=1"></svg>'
const MARKDOWN = [
  `${TAG} <script>attacked=1</script>`,
  '[a link](javascript:attacked=1) [b link](JaVaScRiPt&colon;attacked=1) [c link](data:text/html,<script>attacked=1</script>)',
  '![a picture](x"onerror="attacked=1) <javascript:attacked=1> <iframe srcdoc="<script>parent.attacked=1</script>"></iframe>',
  '`<img src=x onerror=attacked=1>`',
  '```html\n<img src=x onerror="attacked=1"><script>attacked=1</script>\n```',
].join('\n\n')

/** A model that was talked into it would write here what it knows. */
const PICTURE = 'https://pictures.example.com/flower.svg?what=they-know'

/** XSS wherever strangers' words stand, and what a script could do on a published page if there were one all the same. */
export const withstandAttacks: Chapter = {
  title: 'Withstand attacks',
  async tell(journey) {
    const { page, server, step } = journey
    let app: HostileApp = { id: '', code: '' }
    await step('XSS: a published page shows names, texts and answers as text', async () => {
      app = await makeHostileApp(journey)
      server.provider.behave(provider.customModel, { text: `${MARKDOWN}\n\n![a flower](${PICTURE})` })
      const visitor = await openAsVisitor(journey, 'attacked visitor')
      await lendPictures(visitor.context())
      await visitor.goto(`${server.url}/chat/${app.code}`)
      await field(visitor, TAG).fill(TAG)
      const talk = createTalk(visitor)
      await talk.ask(MARKDOWN)
      check((await talk.finishes()).includes('<script>attacked=1</script>'), 'the answer does not say what the model said')
      await visitor.locator('.hljs-tag').first().waitFor()
      await clickLinks(visitor)
      await expectUnharmed(visitor)
      await visitor.context().close()
    })
    await step('XSS: the console shows the app, its log and the prompt as sent as text', async () => {
      await page.goto(server.url)
      await appears(page.getByText(TAG, { exact: true }).first())
      await expectUnharmed(page)
      await page.goto(`${server.url}/app/${app.id}/logs`)
      await page.getByRole('row').nth(1).click()
      await appears(page.getByRole('article').first())
      await clickLinks(page)
      await expectUnharmed(page)
    })
    await step('the log asks no other server for a picture before somebody wants to see it', async () => {
      const pictures = await lendPictures(page.context())
      await page.reload()
      await page.getByRole('row').nth(1).click()
      const picture = page.getByRole('button', { name: /^Show picture from pictures\.example\.com/ })
      await appears(picture)
      check(pictures.count() === 0, 'a picture was asked for by itself')
      await picture.click()
      await until('the picture is there', async () => pictures.count() === 1)
      await vanishes(picture)
      await pictures.end()
      server.provider.behave(provider.customModel, {})
      await call(page, 'DELETE', `/apps/${app.id}`)
      await page.goto(server.url)
    })
    await step('a script on a published page could neither run out of text nor reach into the console', () => tryToBreakOut(journey))
  },
}

/** The other server, and how often it was asked. */
async function lendPictures(context: BrowserContext): Promise<{ readonly count: () => number; readonly end: () => Promise<void> }> {
  const all = `${new URL(PICTURE).origin}/**`
  let count = 0
  await context.route(all, (route) => {
    count += 1
    return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>' })
  })
  return { count: () => count, end: () => context.unroute(all) }
}

interface HostileApp {
  readonly id: string
  readonly code: string
}

async function makeHostileApp({ page }: Journey): Promise<HostileApp> {
  const created = await call(page, 'POST', '/apps', { name: TAG, description: TAG, mode: 'chat', icon_type: 'emoji', icon: '🧪' })
  const { id, site, model_config: config } = created
  const { data } = await call(page, 'GET', '/workspaces/current/models/model-types/llm')
  const owner = data.find((group: Json) => group.models.some(({ model }: Json) => model === provider.customModel))
  await call(page, 'POST', `/apps/${id}/model-config`, {
    ...config,
    model: { provider: owner.provider, name: provider.customModel, mode: 'chat', completion_params: {} },
    pre_prompt: `${TAG} {{x}}`,
    user_input_form: [{ 'text-input': { variable: 'x', label: TAG, required: true, default: '' } }],
    opening_statement: MARKDOWN,
    suggested_questions: [TAG],
  })
  await call(page, 'POST', `/apps/${id}/site`, { title: TAG, description: TAG, copyright: TAG, custom_disclaimer: MARKDOWN })
  return { id, code: site.code }
}

// Answers of the console API.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Json = any

/** The console API with the session of the page. */
const call = (page: Page, method: string, path: string, body?: object): Promise<Json> =>
  page.evaluate(
    async ([url, verb, text]) => {
      const headers = { 'x-csrf-token': /csrf_token=([^;]+)/u.exec(document.cookie)?.[1] ?? '', 'content-type': 'application/json' }
      const response = await fetch(url, { method: verb, headers, ...(text === '' ? {} : { body: text }) })
      const answer = await response.text()
      if (!response.ok) throw new Error(`${verb} ${url} answered ${response.status}: ${answer}`)
      return answer === '' ? undefined : JSON.parse(answer)
    },
    [`/console/api${path}`, method, body ? JSON.stringify(body) : ''] as const,
  )

/** Wherever markdown stands: an address that is a script is none, and pressing what is left does nothing. */
async function clickLinks(page: Page): Promise<void> {
  const scripted = await page.getByText(/^[abc] link$/u).evaluateAll((links) =>
    links.flatMap((link) => {
      const address = link.getAttribute('href') ?? ''
      if (link instanceof HTMLElement && address === '') link.click()
      return /^(javascript|data):/iu.test(address) ? [address] : []
    }),
  )
  check(scripted.length === 0, `a link leads to a script: ${scripted.join(' ')}`)
}

async function expectUnharmed(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    hasRun: 'attacked' in window,
    markup: document.querySelectorAll('[onerror], [onload], script:not([src]), iframe, #root svg[onload]').length,
  }))
  check(!found.hasRun, 'a script ran')
  check(found.markup === 0, 'a text became markup')
}

/** In a window of its own: what is forbidden is told as an error there. */
async function tryToBreakOut({ browser, server, page, addresses }: Journey): Promise<void> {
  const context = await browser.newContext({ storageState: await page.context().storageState() })
  const published = await context.newPage()
  await published.goto(addresses.chat ?? '')
  await published.locator('#root > *').first().waitFor()
  const outcomes = await published.evaluate(async (consoleUrl) => {
    // What runs at once is the debugger's, to which the policy does not apply.
    await new Promise((resolve) => setTimeout(resolve))
    const attempt = async (act: () => unknown): Promise<string> => {
      try {
        return String(await act())
      } catch (error) {
        return error instanceof Error ? error.name : 'failed'
      }
    }
    const inFrame = async (): Promise<unknown> => {
      const frame = document.createElement('iframe')
      frame.src = consoleUrl
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
      document.body.append(frame)
      await loaded
      return frame.contentDocument?.getElementById('root') ?? 'nothing'
    }
    return {
      script: await attempt(() => {
        const script = document.createElement('script')
        script.textContent = 'window.attacked = 1'
        document.body.append(script)
        return 'attacked' in window
      }),
      markup: await attempt(() => {
        document.body.innerHTML = '<img src=x onerror="window.attacked = 1">'
      }),
      evaluation: await attempt(() => Reflect.construct(Function, ['return 1'])()),
      frame: await attempt(inFrame),
      session: String(/access_token|refresh_token/u.test(document.cookie)),
    }
  }, server.url)
  const wanted = {
    script: /TypeError|false/u,
    markup: /TypeError/u,
    evaluation: /EvalError|TypeError/u,
    frame: /nothing|Error/u,
    session: /false/u,
  }
  // The outcomes have the same names.
  for (const [what, outcome] of Object.entries(outcomes))
    check(wanted[what as keyof typeof wanted].test(outcome), `a script on a published page got by its ${what}: ${outcome}`)
  await published.evaluate((consoleUrl) => Object.assign(window, { opened: window.open(consoleUrl) }), server.url)
  // Set a line above.
  await until('the window of the console is out of reach', () =>
    published.evaluate(() => (window as { opened?: Window }).opened?.closed === true),
  )
  await context.close()
}
