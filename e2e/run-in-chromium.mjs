// What needs a Chromium: brings packages and builds first, and says so where no browser is there.
import { join } from 'node:path'
import { ensureOwnDependencies, prepare, root } from '../scripts/bootstrap.mjs'
import { ensureBuilt } from '../scripts/lib/builds.mjs'
import { findChromium } from '../scripts/lib/find-chromium.mjs'
import { runMain, say } from '../scripts/lib/report.mjs'
import { runToEnd } from '../scripts/lib/run.mjs'

/** Runs `e2e/<suite>/main.ts` with the words of the command line, and ends with its exit code. */
export async function runInChromium(suite, { title }) {
  await runMain(async () => {
    const chromium = findChromium()
    if (!chromium) {
      say(`No Chromium on this machine: ${title} is left out. (Install chromium, or set CHROMIUM_PATH.)`)
      return
    }
    const node = await prepare()
    await ensureOwnDependencies('e2e', node)
    await ensureBuilt(node)
    const parameters = [join('e2e', suite, 'main.ts'), ...process.argv.slice(2)]
    process.exit(
      await runToEnd(node.binary, parameters, { cwd: root, env: { ...node.env, CHROMIUM_PATH: chromium, NODE_NO_WARNINGS: '1' } }),
    )
  })
}
