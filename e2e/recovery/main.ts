// npm run recovery [-- --only <words of titles>] [--cluster]
import { parseArgs } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { batches } from './cases/batch.ts'
import { network } from './cases/network.ts'
import { reloads } from './cases/reload.ts'
import { restarted, takenOver } from './cases/restart.ts'
import { tabs } from './cases/tabs.ts'
import { playScene, type Scene } from './scene.ts'
import { createWorld, type World } from './world.ts'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']

/** Scenes play side by side, each with pages and a way to the server of its own. */
const scenes: readonly Scene[] = [...network, ...reloads, ...tabs, ...batches]
/** It befalls all pages of a server, and plays on one of its own. */
const restarts: readonly Scene[] = [restarted]

const {
  values: { only, cluster: isCluster },
} = parseArgs({ options: { only: { type: 'string' }, cluster: { type: 'boolean', default: false } } })
const isChosen = ({ title }: Scene): boolean => only === undefined || title.includes(only)
const startedAt = performance.now()
let passed = 0
let failed = 0

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: FLAGS })
try {
  if (isCluster) await playOneByOne(browser, [takenOver])
  else await Promise.all([playSideBySide(browser, scenes.filter(isChosen)), playOneByOne(browser, restarts.filter(isChosen))])
} finally {
  await browser.close()
}
console.log(`\n${passed} passed, ${failed} failed in ${Math.round((performance.now() - startedAt) / 1000)} s`)
// Nothing that was forgotten may keep it from telling.
process.exit(failed === 0 ? 0 : 1)

async function playSideBySide(browser: Browser, chosen: readonly Scene[]): Promise<void> {
  if (chosen.length === 0) return
  await inWorld(browser, async (world) => void (await Promise.all(chosen.map((scene) => play(world, scene)))))
}

async function playOneByOne(browser: Browser, chosen: readonly Scene[]): Promise<void> {
  if (chosen.length === 0) return
  await inWorld(browser, async (world) => {
    for (const scene of chosen) await play(world, scene)
  })
}

async function inWorld(browser: Browser, work: (world: World) => Promise<void>): Promise<void> {
  const world = await createWorld({ browser, isCluster })
  try {
    await work(world)
    for (const { output } of world.installation.servers) if (failed > 0) console.log(`A server said last:\n${output().slice(-3000)}`)
  } finally {
    await world.close({ isKept: false })
  }
}

async function play(world: World, scene: Scene): Promise<void> {
  const begunAt = performance.now()
  const complaints = await playScene(world, scene)
  if (complaints.length === 0) passed += 1
  else failed += 1
  console.log(`  ${complaints.length === 0 ? '✓' : '✗'} ${scene.title} (${Math.round((performance.now() - begunAt) / 1000)} s)`)
  for (const complaint of complaints) console.log(`    ${complaint.replaceAll('\n', '\n    ')}`)
}
