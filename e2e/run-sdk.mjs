// `npm run sdk`: brings the official clients and the build, then runs them against it.
import { join } from 'node:path'
import { ensureOwnDependencies, prepare, root } from '../scripts/bootstrap.mjs'
import { ensureBuilt } from '../scripts/lib/builds.mjs'
import { runMain } from '../scripts/lib/report.mjs'
import { runToEnd } from '../scripts/lib/run.mjs'

await runMain(async () => {
  const node = await prepare()
  await ensureOwnDependencies('e2e', node)
  await ensureBuilt(node)
  process.exit(await runToEnd(node.binary, [join('e2e', 'sdk', 'main.ts')], { cwd: root, env: node.env }))
})
