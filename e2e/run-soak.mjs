// `npm run soak -- chat`: brings the build, then kills and restarts it over and over. Needs no dependencies but Node's own.
import { join } from 'node:path'
import { prepare, root } from '../scripts/bootstrap.mjs'
import { ensureBuilt } from '../scripts/lib/builds.mjs'
import { runMain } from '../scripts/lib/report.mjs'
import { runToEnd } from '../scripts/lib/run.mjs'

await runMain(async () => {
  const node = await prepare()
  // Fail points are tried on a host that is run from its sources.
  if (!process.argv.includes('--fail-points')) await ensureBuilt(node)
  const parameters = [join('e2e', 'soak', 'main.ts'), ...process.argv.slice(2)]
  process.exit(await runToEnd(node.binary, parameters, { cwd: root, env: { ...node.env, NODE_NO_WARNINGS: '1' } }))
})
