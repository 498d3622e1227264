// `npm run bench` comes in here. Chat and workflow need nothing but Node and the build; the engine stands beside other engines, which are brought
// when they are asked for and never by anything else. Interactions need a browser, whose driver belongs to e2e/.
import { ensureOwnDependencies, prepare } from '../scripts/bootstrap.mjs'
import { ensureBuilt } from '../scripts/lib/builds.mjs'
import { needChromium } from '../scripts/lib/find-chromium.mjs'
import { runMain } from '../scripts/lib/report.mjs'
import { main } from './src/main.ts'

await runMain(async () => {
  const parameters = process.argv.slice(2)
  // Before anything is built or brought.
  if (parameters.includes('interactions')) process.env.CHROMIUM_PATH = needChromium()
  const isServed =
    ['workflow', 'interactions'].some((name) => parameters.includes(name)) ||
    (parameters.includes('chat') && !parameters.includes('--limit-only'))
  if (isServed) await ensureBuilt({ binary: process.execPath, env: process.env })
  if (parameters.includes('engine')) await ensureOwnDependencies('bench', await prepare())
  if (parameters.includes('interactions')) await ensureOwnDependencies('e2e', await prepare())
  const interactions = async (options) => (await import('../e2e/interactions/interactions.ts')).runInteractions(options)
  process.exit(await main(parameters, { interactions }))
})
