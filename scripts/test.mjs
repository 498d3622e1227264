// `npm test`: every test that needs nothing but this checkout (suites for PostgreSQL and Redis say so and skip where there is none),
// then the browser journey where there is a Chromium. Words after it go to vitest: `npm test -- packages/kit`.
import { join } from 'node:path'
import { ensureOwnDependencies, prepare, root } from './bootstrap.mjs'
import { ensureBuilt } from './lib/builds.mjs'
import { findChromium } from './lib/find-chromium.mjs'
import { runMain, say } from './lib/report.mjs'
import { runToEnd } from './lib/run.mjs'

await runMain(async () => {
  const chosen = process.argv.slice(2)
  const node = await prepare()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const chromium = chosen.length === 0 ? findChromium() : undefined
  // Brought while the first tests run: it waits for the net, they for their timers.
  const packages = chromium && ensureOwnDependencies('e2e', node).catch((error) => error)
  const units = await runToEnd(node.binary, [vitest, 'run', ...chosen], { cwd: root, env: node.env })
  const obstacle = await packages
  if (units !== 0 || chosen.length > 0) process.exit(units)
  if (obstacle) throw obstacle
  process.exit(await runJourney(node, chromium))
})

async function runJourney(node, chromium) {
  if (!chromium) {
    say('No Chromium on this machine: the browser journey is left out. (Install chromium, or set CHROMIUM_PATH.)')
    return 0
  }
  await ensureBuilt(node)
  say('Browser journey ...')
  return await runToEnd(node.binary, [join('e2e', 'run.mjs')], { cwd: root, env: { ...node.env, CHROMIUM_PATH: chromium } })
}
