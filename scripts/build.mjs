// Builds the server and the web app where they are stale; with --all, anew. (`npm start` builds what is stale by itself.)
import { prepare } from './bootstrap.mjs'
import { ensureBuilt, forgetBuilds } from './lib/builds.mjs'
import { runMain, say } from './lib/report.mjs'

await runMain(async () => {
  const node = await prepare()
  if (process.argv.includes('--all')) forgetBuilds()
  if (!(await ensureBuilt(node))) say('Nothing to build: the output is true to its sources. (`npm run build -- --all` builds it anew.)')
})
