// The two things that are built, and whether what was built is still true to its sources.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root, withCheckoutLock } from '../bootstrap.mjs'
import { explainSystemError, Failure, say, signalExitCode, startProgress } from './report.mjs'
import { forwardSignals } from './run.mjs'

const STAMP = '.trellis-built'
/** What the web app's build leaves where a page takes more script than it may (apps/web/vite.config.ts). */
const OVER_BUDGET = '.trellis-over-budget'
const SCOPE = '@trellis/'
const OUTPUT_CHARACTERS = 8_000

/** `program` is the bundler's command line, run in the app's folder; it writes into the folder given to it. */
const builds = [
  {
    name: 'the server',
    app: 'apps/server',
    program: (output) => ['rolldown/bin/cli.mjs', '--config', 'rolldown.config.mjs', '--dir', output],
  },
  {
    name: 'the web app',
    app: 'apps/web',
    program: (output) => ['vite/bin/vite.js', 'build', '--outDir', output, '--emptyOutDir', '--logLevel', 'error'],
  },
]

/**
 * Builds what is stale, unless another process does so first. Returns whether anything was.
 * Pages over their budgets of script end whoever builds or tests; `mayExceedBudgets` is for who only wants it to run: they are told.
 */
export async function ensureBuilt({ binary, env }, { mayExceedBudgets = false } = {}) {
  const isStale = findStaleBuilds().length > 0
  if (isStale) {
    await withCheckoutLock(async ({ onChild }) => {
      const stale = findStaleBuilds()
      if (stale.length > 0) await runBuilds(stale, { binary, env, onChild })
    })
  }
  // Also where nothing was stale: it may have been built by who may exceed them.
  for (const { app } of builds) {
    const excess = explainExcess(join(root, app, 'dist'), { isBrief: mayExceedBudgets })
    if (excess && !mayExceedBudgets) throw new Failure(excess)
    if (excess && isStale) say(`${excess}\nIt works all the same: the page only takes a little longer to load.`)
  }
  return isStale
}

/** What to say of output whose pages take more script than they may, in brief or with all that they take; undefined where they do not. */
export function explainExcess(output, { isBrief }) {
  const file = join(output, OVER_BUDGET)
  if (!existsSync(file)) return undefined
  const pages = readFileSync(file, 'utf8').split('\n\n')
  return ['What was built is over a budget.', ...pages.map((page) => (isBrief ? page.split('\n')[0] : page))].join('\n')
}

/** Those builds whose sources differ from what their output was made of. A few milliseconds: sizes and times, no contents. */
function findStaleBuilds() {
  return builds.map((build) => ({ ...build, stamp: fingerprint(build.app) })).filter(({ app, stamp }) => readStamp(app) !== stamp)
}

/** Forgets what was built, so that all of it is stale. */
export function forgetBuilds() {
  for (const { app } of builds) rmSync(join(root, app, 'dist', STAMP), { force: true })
}

async function runBuilds(stale, { binary, env, onChild }) {
  const area = join(root, '.build')
  // Leftovers of builds that were cut off.
  rmSync(join(area, 'unfinished'), { recursive: true, force: true })
  const finish = startProgress(`Building ${stale.map(({ name }) => name).join(' and ')} ...`)
  const results = await Promise.allSettled(stale.map((build) => runBuild({ area, build, binary, env, onChild })))
  const failed = results.find(({ status }) => status === 'rejected')
  if (failed) throw failed.reason
  finish()
}

async function runBuild({ area, build, binary, env, onChild }) {
  const output = join(area, 'unfinished', build.app)
  mkdirSync(output, { recursive: true })
  const [script, ...parameters] = build.program(output)
  await runQuietly({
    binary,
    parameters: [findProgram(build.app, script), ...parameters],
    cwd: join(root, build.app),
    env,
    name: build.name,
    onChild,
  })
  writeFileSync(join(output, STAMP), build.stamp)
  replaceFolder(join(root, build.app, 'dist'), output, join(area, 'unfinished', `${build.app}-previous`))
}

/** npm puts a package beside the app instead of at the root where another version of it has the root's place. */
function findProgram(app, script) {
  const own = join(root, app, 'node_modules', script)
  return existsSync(own) ? own : join(root, 'node_modules', script)
}

/** A cut between the two renames leaves no output, which the next start builds anew; never half of one. */
function replaceFolder(target, source, previous) {
  if (existsSync(target)) renameSync(target, previous)
  renameSync(source, target)
  rmSync(previous, { recursive: true, force: true })
}

async function runQuietly({ binary, parameters, cwd, env, name, onChild }) {
  const child = spawn(binary, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  const childEnded = child.pid && onChild(child.pid)
  let output = ''
  const keep = (chunk) => {
    output = (output + chunk).slice(0, OUTPUT_CHARACTERS)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const stopForwarding = forwardSignals(child)
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => resolve(signal ? signalExitCode(signal) : exitCode))
  })
  childEnded?.()
  const interruption = stopForwarding()
  if (interruption) process.exit(signalExitCode(interruption))
  if (code === 0) return
  if (/ENOSPC|no space left/i.test(output)) throw new Failure(explainSystemError({ code: 'ENOSPC' }))
  const killed = code === signalExitCode('SIGKILL') ? ' The machine ran out of memory, most likely: 1 GB must be free.' : ''
  throw new Failure(
    `Building ${name} failed (exit code ${code}).${killed} The sources may have been changed by hand: \`git status\` tells.\n${withoutStack(output)}`,
  )
}

/** A bundler's first words name the fault; its own stack helps nobody here. */
const withoutStack = (output) =>
  stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(0, 30)
    .join('\n')

function readStamp(app) {
  try {
    return readFileSync(join(root, app, 'dist', STAMP), 'utf8')
  } catch {
    return undefined
  }
}

/** Names, sizes and times of all that the app's output is made of: its own files and those of the workspaces that it stands on. */
export function fingerprint(app, base = root) {
  const hash = createHash('sha256')
  const addFile = (path) => {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${relative(base, path)} ${size} ${mtimeMs}\n`)
  }
  addFile(join(base, 'package-lock.json'))
  for (const folder of listWorkspaces(app, base)) for (const path of listSources(join(base, folder))) addFile(path)
  return hash.digest('hex')
}

function listWorkspaces(app, base) {
  const found = new Set([app])
  for (const folder of found) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(base, folder, 'package.json'), 'utf8'))
    for (const name of Object.keys(dependencies)) if (name.startsWith(SCOPE)) found.add(`packages/${name.slice(SCOPE.length)}`)
  }
  return [...found].sort()
}

const isLeftOut = (name) =>
  name === 'node_modules' || name === 'dist' || name === '__fixtures__' || name.startsWith('.') || /\.test\.tsx?$/.test(name)

function listSources(folder) {
  const found = []
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1))
  for (const entry of entries) {
    if (isLeftOut(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...listSources(path))
    else found.push(path)
  }
  return found
}
