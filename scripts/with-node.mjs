// Runs a command under Node 24 with the project's dependencies in place.
// Usage: node scripts/with-node.mjs <command> [arguments...]
// Works under any Node from 18 on; uses nothing but Node itself, because it runs before anything is installed.
import { prepare } from './bootstrap.mjs'
import { runMain } from './lib/report.mjs'
import { runToEnd } from './lib/run.mjs'

const [command, ...parameters] = process.argv.slice(2)

await runMain(async () => {
  if (!command) {
    console.error('Usage: node scripts/with-node.mjs <command> [arguments...]')
    process.exit(2)
  }
  const { binary, env } = await prepare()
  const executable = command === 'node' ? binary : command
  process.exit(await runToEnd(executable, parameters, { env, shell: process.platform === 'win32' && executable !== binary }))
})
