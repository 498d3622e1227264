// `npm run conformance`: replies of the build against the description of Dify's Service API that DIFY_OPENAPI names.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ensureOwnDependencies, prepare, root } from '../scripts/bootstrap.mjs'
import { ensureBuilt } from '../scripts/lib/builds.mjs'
import { Failure, runMain, say } from '../scripts/lib/report.mjs'
import { runToEnd } from '../scripts/lib/run.mjs'

await runMain(async () => {
  const path = process.env.DIFY_OPENAPI && resolve(process.env.DIFY_OPENAPI)
  if (path && !existsSync(path)) throw new Failure(`DIFY_OPENAPI names ${path}, where there is no file.`)
  const node = await prepare()
  await ensureOwnDependencies('e2e', node)
  const run = (...parameters) => runToEnd(node.binary, parameters, { cwd: root, env: { ...node.env, DIFY_OPENAPI: path } })
  const judged = await run('--test', '--test-reporter=dot', join('e2e', 'conformance', 'judge.test.ts'))
  if (judged !== 0) process.exit(judged)
  if (!path) {
    say('DIFY_OPENAPI is not set: nothing to compare replies with. It names the OpenAPI description of the Service API, a JSON file.')
    return
  }
  await ensureBuilt(node)
  process.exit(await run(join('e2e', 'conformance', 'main.ts')))
})
