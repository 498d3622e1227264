// Runs a command under Node 24 with the project's dependencies in place.
// Usage: node scripts/with-node.mjs <command> [arguments...]
// Works under any Node from 18 on; uses nothing but Node itself, because it runs before anything is installed.
import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDependencies, ensureNode } from './bootstrap.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [command, ...parameters] = process.argv.slice(2)
if (!command) {
  console.error('Usage: node scripts/with-node.mjs <command> [arguments...]')
  process.exit(2)
}

const node = await ensureNode(root)
const env = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), dirname(node.binary), process.env.PATH].join(delimiter),
}
// Headers of the Node that runs, where an npmrc names those of another one.
if (node.headersDir) env.npm_config_nodedir = node.headersDir
await ensureDependencies(root, node.binary, env)

const executable = command === 'node' ? node.binary : command
const child = spawn(executable, parameters, {
  stdio: 'inherit',
  env,
  cwd: process.cwd(),
  shell: process.platform === 'win32' && executable !== node.binary,
})
// A terminal signals the whole group; a supervisor signals only us. Both must reach the child exactly as they came.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(`Could not run ${command}: ${error.message}`)
  process.exit(127)
})
child.on('exit', (code, signal) =>
  process.exit(signal ? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGKILL: 9 }[signal] ?? 0) : (code ?? 1)),
)
