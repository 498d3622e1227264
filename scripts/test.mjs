// `npm test`: every test that needs nothing but this checkout (suites for PostgreSQL and Redis say so and skip where there is none),
// then the browser journey where there is a Chromium. Words after it go to vitest: `npm test -- packages/kit`.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ensureOwnDependencies, prepare, root } from './bootstrap.mjs'
import { ensureBuilt } from './lib/builds.mjs'
import { runMain, say } from './lib/report.mjs'
import { runToEnd } from './lib/run.mjs'

await runMain(async () => {
  const chosen = process.argv.slice(2)
  const node = await prepare()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const units = await runToEnd(node.binary, [vitest, 'run', ...chosen], { cwd: root, env: node.env })
  if (units !== 0 || chosen.length > 0) process.exit(units)
  process.exit(await runJourney(node))
})

async function runJourney(node) {
  if (!existsSync(join(root, 'e2e', 'run.mjs'))) return 0
  const chromium = findChromium()
  if (!chromium) {
    say('No Chromium on this machine: the browser journey is left out. (Install chromium, or set CHROMIUM_PATH.)')
    return 0
  }
  await ensureOwnDependencies('e2e', node)
  await ensureBuilt(node)
  say('Browser journey ...')
  return await runToEnd(node.binary, [join('e2e', 'run.mjs')], { cwd: root, env: { ...node.env, CHROMIUM_PATH: chromium } })
}

function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env.PATH ?? '').split(delimiter)
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), mac].find((path) => existsSync(path))
}
