import { enableCompileCache, flushCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Before anything else is loaded, so that the second start finds it compiled.
enableCompileCache(join(dirname(fileURLToPath(import.meta.url)), '..', '.build', 'compile-cache'))

/** For what is written on the way out. */
const LAST_MOMENTS_MS = 2_000

const { run } = await import('./cli/run.ts')
process.exitCode = await run({
  arguments: process.argv.slice(2),
  processEnv: process.env,
  // Sources and the bundle lie equally deep in the checkout.
  rootFolder: join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..'),
  onServing: () => flushCompileCache(),
})
// The channel to a process that started this one would keep it alive.
if (process.connected) process.disconnect()
// So would a client that goes on seeking its server: a supervisor would wait for ever to start anew.
setTimeout(() => process.exit(), LAST_MOMENTS_MS).unref()
