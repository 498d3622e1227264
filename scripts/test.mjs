// `npm test`: every test that needs nothing but this checkout; suites for PostgreSQL, Redis and code say so and skip where there is none.
// Words after it go to vitest: `npm test -- packages/kit`. What needs a browser is `npm run journey` and `npm run recovery`.
import { join } from 'node:path'
import { prepare, root } from './bootstrap.mjs'
import { runMain } from './lib/report.mjs'
import { runToEnd } from './lib/run.mjs'

await runMain(async () => {
  const { binary, env } = await prepare()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  process.exit(await runToEnd(binary, [vitest, 'run', ...process.argv.slice(2)], { cwd: root, env }))
})
