import { type Browser, chromium } from 'playwright-core'
import { startFakeGithub } from '../../tools/fake-github/index.ts'
import { startFakeOidc } from '../../tools/fake-oidc/index.ts'
import { startFakeSmtp } from '../../tools/fake-smtp/index.ts'
import { type BuiltServer, startServer } from '../server.ts'
import { chapters } from './chapters/index.ts'
import { type Journey, provider } from './journey.ts'
import { readLocales } from './locales.ts'
import { createLooks } from './look.ts'
import { installPythonPackages } from './python-packages.ts'
import { createReport, type Report, StepFailure } from './report.ts'
import { createWatch } from './watch.ts'

const PATIENCE_MS = 20_000
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A microphone that beeps, and may be listened to.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]

export interface JourneyOptions {
  readonly chromiumPath: string
  readonly screenshots: string | undefined
}

/** Tells the whole journey, on a server, a data folder and a browser profile of its own. The exit code. */
export async function runJourney(options: JourneyOptions): Promise<number> {
  const report = createReport((line) => console.log(line))
  const python = installPythonPackages()
  const mail = await startFakeSmtp()
  const oidc = await startFakeOidc()
  const github = await startFakeGithub()
  const server = await startServer({
    providerKey: provider.key,
    env: { ...mail.env, ...oidc.env, ...github.env, ...googleSettings, ...egressSettings, ...accountSettings },
  })
  // Playwright gives each launch a profile of its own and takes it away afterwards.
  const browser = await chromium.launch({ executablePath: options.chromiumPath, args: FLAGS })
  try {
    await tell(report, options, { server, browser, mail, oidc, github, python: python.ready })
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    console.log(`  What the server said last:\n${server.output()}`)
  } finally {
    await browser.close()
    await server.stop()
    await mail.close()
    await oidc.close()
    await github.close()
    await python.remove()
  }
  return report.close()
}

/** Google has one address for all; it is offered here, and what it answers is tried beside its adapter. */
const googleSettings = { GOOGLE_CLIENT_ID: 'journey.apps.googleusercontent.com', GOOGLE_CLIENT_SECRET: 'a secret of Google' }

/** Nobody registers here, as on most installations: another chapter has a server for it. */
const accountSettings = { ENABLE_EMAIL_CODE_LOGIN: 'true', ALLOW_CREATE_WORKSPACE: 'true' }

/** What runs beside the server stands for the public net. */
const egressSettings = { EGRESS_ALLOWED_HOSTS: '127.0.0.1' }

interface Started extends Pick<Journey, 'python' | 'mail' | 'oidc' | 'github'> {
  readonly server: BuiltServer
  readonly browser: Browser
}

async function tell(
  report: Report,
  { screenshots }: JourneyOptions,
  { server, browser, mail, oidc, github, python }: Started,
): Promise<void> {
  const watch = createWatch()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', colorScheme: 'light' })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  watch.follow(context, 'console')
  const page = await context.newPage()
  const journey: Journey = {
    server,
    browser,
    watch,
    page,
    python,
    mail,
    oidc,
    github,
    looks: createLooks(readLocales(), screenshots),
    addresses: {},
    step: (title, run) => report.step(title, run, watch.takeFaults),
  }
  for (const chapter of chapters) {
    report.chapter(chapter.title)
    try {
      await chapter.tell(journey)
    } catch (error) {
      await keepLastSight(browser, screenshots)
      throw error
    }
  }
}

async function keepLastSight(browser: Browser, screenshots: string | undefined): Promise<void> {
  if (screenshots === undefined) return
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const [position, page] of pages.entries()) await page.screenshot({ path: `${screenshots}/failed-${position}.png` })
}
