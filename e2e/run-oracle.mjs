// `npm run oracle`: graphon, Dify's own engine, runs our cases. Node's own parts and a Python are all that it needs.
import { join } from 'node:path'
import { prepare, root } from '../scripts/bootstrap.mjs'
import { runMain } from '../scripts/lib/report.mjs'
import { runToEnd } from '../scripts/lib/run.mjs'

await runMain(async () => {
  const node = await prepare()
  const parameters = [join('e2e', 'oracle', 'engine', 'main.ts'), ...process.argv.slice(2)]
  process.exit(await runToEnd(node.binary, parameters, { cwd: root, env: { ...node.env, TRELLIS_ORACLE_NODE: node.binary } }))
})
