// `npm test`: every test that needs nothing but this checkout (suites for PostgreSQL and Redis say so and skip where there is none),
// and the browser journey where there is a Chromium. Words after it go to vitest: `npm test -- packages/kit`.
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { ensureOwnDependencies, prepare, root } from './bootstrap.mjs'
import { ensureBuilt } from './lib/builds.mjs'
import { findChromium } from './lib/find-chromium.mjs'
import { runMain, say } from './lib/report.mjs'
import { runToEnd } from './lib/run.mjs'

/** What all tests, a browser and its server take together at most, and half as much again. */
const ROOM_BYTES = 6e9
/** The journey does one thing after the other; tests that run beside it take what it leaves. */
const STAND_BACK = 5

await runMain(async () => {
  const chosen = process.argv.slice(2)
  const node = await prepare()
  const chromium = chosen.length === 0 ? findChromium() : undefined
  const isBeside = chromium !== undefined && hasRoom()
  const journey = isBeside ? startJourney(node, chromium) : undefined
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const units = await runToEnd(node.binary, [vitest, 'run', ...chosen], { cwd: root, env: node.env, niceness: isBeside ? STAND_BACK : 0 })
  if (chosen.length > 0) process.exit(units)
  if (!chromium) say('No Chromium on this machine: the browser journey is left out. (Install chromium, or set CHROMIUM_PATH.)')
  const told = chromium ? await (journey ?? startJourney(node, chromium)).tell() : 0
  process.exit(units || told)
})

function hasRoom() {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) >= ROOM_BYTES
}

/** Brings and builds what the journey needs and begins it. Its words are kept for `tell`, which goes on with them to its end: its exit code. */
function startJourney(node, chromium) {
  const kept = []
  let print = (chunk) => kept.push(chunk)
  const run = async () => {
    await ensureOwnDependencies('e2e', node)
    await ensureBuilt(node)
    const env = { ...node.env, CHROMIUM_PATH: chromium }
    return await runToEnd(node.binary, [join('e2e', 'run.mjs')], { cwd: root, env, onOutput: (chunk) => print(chunk) })
  }
  // A failure waits until the tests beside it have ended, and is told then.
  const ended = run().catch((error) => ({ error }))
  return {
    async tell() {
      say('Browser journey ...')
      print = (chunk) => process.stdout.write(chunk)
      for (const chunk of kept) print(chunk)
      const result = await ended
      if (result.error) throw result.error
      return result
    },
  }
}
