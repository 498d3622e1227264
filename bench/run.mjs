// `npm run bench -- chat` comes in here. The bench itself needs nothing but Node: its package.json has no dependencies to install.
import { ensureBuilt } from '../scripts/lib/builds.mjs'
import { runMain } from '../scripts/lib/report.mjs'
import { main } from './src/main.ts'

await runMain(async () => {
  const parameters = process.argv.slice(2)
  if (parameters.includes('chat') && !parameters.includes('--limit-only')) await ensureBuilt({ binary: process.execPath, env: process.env })
  process.exit(await main(parameters))
})
