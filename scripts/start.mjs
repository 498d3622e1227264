// `npm start`: from a fresh clone to a running server. Brings what is missing, builds what is stale, then runs the server.
// Words after `npm start --` go to the server, e.g. `npm start -- job doctor`.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root } from './bootstrap.mjs'
import { ensureBuilt } from './lib/builds.mjs'
import { explainServerEnd, runMain, say } from './lib/report.mjs'
import { runToEnd } from './lib/run.mjs'

await runMain(async () => {
  const { binary, env } = await prepare()
  await ensureBuilt({ binary, env }, { mayExceedBudgets: true })
  const main = join(root, 'apps', 'server', 'dist', 'main.mjs')
  // Streams leave much garbage and keep little: Node by itself would let it lie in more than a hundred megabytes before it collects.
  const flags = JSON.parse(readFileSync(join(root, 'scripts', 'server-flags.json'), 'utf8'))
  const words = process.argv.slice(2)
  const exitCode = await runToEnd(binary, [...flags, main, ...words], {
    // Compiled code is kept between starts: it halves the time to the first page.
    env: { NODE_COMPILE_CACHE: join(root, '.build', 'compiled'), ...env },
  })
  const explanation = explainServerEnd(exitCode, words)
  if (explanation) say(explanation)
  process.exit(exitCode)
})
