// `npm run dev`: the server from its sources, restarted when they change, and the web app's development server beside it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { prepare, root } from './bootstrap.mjs'
import { runMain } from './lib/report.mjs'
import { forwardSignals } from './lib/run.mjs'

await runMain(async () => {
  const { binary, env } = await prepare()
  const children = [
    spawn(binary, ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts'], { cwd: root, env, stdio: 'inherit' }),
    spawn(binary, [join(root, 'node_modules/vite/bin/vite.js')], { cwd: join(root, 'apps/web'), env, stdio: 'inherit' }),
  ]
  for (const child of children) forwardSignals(child)
  // One without the other is of no use.
  const codes = children.map((child) => new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 0))))
  const first = await Promise.race(codes)
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(codes)
  process.exit(first)
})
