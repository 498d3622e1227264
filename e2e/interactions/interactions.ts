import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Interaction, Sample } from '../../bench/src/interactions/figures.ts'
import { keepReport, renderTable } from '../../bench/src/interactions/report.ts'
import { describeMachine } from '../../bench/src/machine.ts'
import { watchOthers } from '../../bench/src/process/others.ts'
import { owner } from '../console.ts'
import { button, field } from '../journey/pages/controls.ts'
import { appears } from '../journey/wait.ts'
import { type Cleanup, openInstallation, type Scale } from './installation.ts'
import { installRecorder } from './recorder.ts'
import type { Keep, Scene, Stage } from './scene.ts'
import { scenes } from './scenes/index.ts'

export interface InteractionsOptions {
  /** Few of everything, once: it only proves that everything runs; keeps no results. */
  readonly isQuick: boolean
  /** Undefined: three. */
  readonly rounds: number | undefined
  /** The word of the one scene that is wanted besides the floor; keeps no results. Undefined: all of them. */
  readonly only: string | undefined
}

const FULL: Scale = { apps: 1_000, conversations: 10_000, turns: 500 }
const QUICK: Scale = { apps: 90, conversations: 300, turns: 120 }
const ROUNDS = 3
const PATIENCE_MS = 20_000
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update']

const say = (text: string): void => console.error(`[bench] ${text}`)

/** `npm run bench -- interactions`. Resolves to the exit code; misses of the limit do not change it. */
export async function runInteractions({ isQuick, rounds = ROUNDS, only }: InteractionsOptions): Promise<number> {
  const scale = isQuick ? QUICK : FULL
  const played = scenes.filter(({ word }) => only === undefined || word === only || word === 'floor')
  const cleanup: Cleanup = []
  try {
    say(`filling: ${scale.apps} apps, ${scale.conversations} conversations, ${scale.turns} turns`)
    const stage = await setStage(scale, cleanup)
    const othersPercent = watchOthers()
    const interactions = await play(stage, played, isQuick ? 1 : rounds)
    const othersCpuPercent = othersPercent()
    console.log(renderTable(interactions))
    if (othersCpuPercent > 10)
      console.log(`\nOther processes took ${othersCpuPercent.toFixed(0)} % of the machine: measure again when it is quiet.`)
    if (isQuick || only !== undefined) console.log('\nNo results kept (a quick or partial run).')
    else {
      const report = { machine: describeMachine(), othersCpuPercent, rounds, scale, interactions }
      console.log(`\nKept: ${keepReport(report, new Date()).join(', ')}`)
    }
    return 0
  } finally {
    for (const undo of cleanup.toReversed()) await undo()
  }
}

async function setStage(scale: Scale, cleanup: Cleanup): Promise<Stage> {
  const installation = await openInstallation(scale, cleanup)
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS })
  cleanup.push(() => browser.close())
  const console = await openPage(browser)
  await console.goto(installation.url)
  await field(console, 'E-mail').fill(owner.email)
  await field(console, 'Password').fill(owner.password)
  await field(console, 'Password').press('Enter')
  await appears(button(console, 'New app'))
  const visitor = await openPage(browser)
  await visitor.goto(installation.pageUrl)
  await appears(visitor.getByText('No conversations yet').or(field(visitor, 'Message')).first())
  return { installation, scale, console, visitor, longConversationId: await installation.fillVisitor() }
}

async function openPage(browser: Browser): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addInitScript(installRecorder)
  return context.newPage()
}

/** Rounds of all scenes, so that a busy minute of the machine does not befall one of them alone. */
async function play(stage: Stage, played: readonly Scene[], rounds: number): Promise<Interaction[]> {
  const interactions = new Map<string, Interaction & { readonly samples: Sample[] }>()
  for (let round = 1; round <= rounds; round += 1) {
    for (const scene of played) {
      say(`round ${round} of ${rounds}: ${scene.word}`)
      const keep: Keep = (name, sample) => {
        const key = `${scene.place}: ${name}`
        const known = interactions.get(key) ?? { place: scene.place, name, samples: [] }
        known.samples.push(sample)
        interactions.set(key, known)
      }
      await scene.play(stage, keep)
    }
  }
  return [...interactions.values()]
}
