// What must be on the machine before anything else can run: Node 24 and the dependencies of package-lock.json.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const WANTED_MAJOR = 24
const LOCK_STALE_MS = 10 * 60_000

/** Finds or installs Node 24. Returns the binary to run and, where it came with headers, their folder. */
export async function ensureNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return { binary: process.execPath }
  const toolchain = join(root, 'toolchain')
  const binary = findToolchainNode(toolchain)
  if (binary) return describeNode(binary)
  await withLock(root, async () => {
    if (findToolchainNode(toolchain)) return
    say(`This machine has Node ${process.versions.node}; bringing Node ${WANTED_MAJOR} (about 50 MB, once) ...`)
    await npm(process.execPath, ['install', '--ignore-scripts', '--no-save', ...QUIET], { cwd: toolchain })
  })
  const installed = findToolchainNode(toolchain)
  if (!installed)
    fail(
      `npm installed no Node ${WANTED_MAJOR} for ${process.platform}-${process.arch}. Install Node ${WANTED_MAJOR} yourself (https://nodejs.org) and try again.`,
    )
  return describeNode(installed)
}

/** Installs the dependencies of the root lockfile, unless that very lockfile is installed already. */
export async function ensureDependencies(root, nodeBinary, env) {
  const stamp = join(root, 'node_modules', '.trellis-installed')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform)
    .update(process.arch)
    .digest('hex')
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isInstalled()) return
  await withLock(root, async () => {
    if (isInstalled()) return
    say('Installing dependencies (a minute or two, once) ...')
    // `npm install`, never `npm ci`: where a registry lacks a foreign platform's optional package, `ci` refuses the lockfile.
    await npm(nodeBinary, ['install', '--no-save', ...QUIET], { cwd: root, env })
    writeFileSync(stamp, wanted)
  })
}

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error']

const say = (text) => console.error(`\u001b[2m[trellis]\u001b[0m ${text}`)

function fail(text) {
  console.error(`[trellis] ${text}`)
  process.exit(1)
}

function findToolchainNode(toolchain) {
  const suffix = process.platform === 'win32' ? 'node.exe' : 'node'
  const platform = process.platform === 'win32' ? 'win' : process.platform
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]) {
    const binary = join(toolchain, 'node_modules', name, 'bin', suffix)
    if (existsSync(binary)) return binary
  }
  return undefined
}

function describeNode(binary) {
  const headersDir = dirname(dirname(binary))
  return { binary, ...(existsSync(join(headersDir, 'include', 'node')) ? { headersDir } : {}) }
}

/** Runs npm under the given Node: an older one would pick older native packages, built for itself. */
async function npm(nodeBinary, parameters, options) {
  const cli = findNpmCli()
  const [command, all] = cli ? [nodeBinary, [cli, ...parameters]] : ['npm', parameters]
  const code = await new Promise((resolve) => {
    const child = spawn(command, all, { stdio: ['ignore', 'inherit', 'inherit'], shell: !cli && process.platform === 'win32', ...options })
    child.on('error', () => resolve(127))
    child.on('exit', (exitCode) => resolve(exitCode ?? 1))
  })
  if (code === 0) return
  fail(
    `npm failed (exit code ${code}). Check that this machine reaches the npm registry (\`npm ping\`), that the disk has at least 1 GB free, and that this folder is writable; then run the same command again: what was finished is kept.`,
  )
}

function findNpmCli() {
  const fromNpm = process.env.npm_execpath
  if (fromNpm?.endsWith('.js') && existsSync(fromNpm)) return fromNpm
  const beside = join(dirname(dirname(process.execPath)), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  if (existsSync(beside)) return beside
  try {
    return createRequire(process.execPath).resolve('npm/bin/npm-cli.js')
  } catch {
    return undefined
  }
}

/** Two commands started at once on a fresh clone must not install into each other. The lock names its process and dies with it. */
async function withLock(root, work) {
  const lock = join(root, '.trellis-install.lock')
  let announced = false
  while (!tryLock(lock)) {
    if (!announced) say('Another process is installing here; waiting for it ...')
    announced = true
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  try {
    await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function tryLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') fail(`This folder is not writable (${error.code}): ${dirname(lock)}`)
    if (isHolderGone(lock)) rmSync(lock, { force: true })
    return false
  }
}

function isHolderGone(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    if (!pid) return Date.now() - statSync(lock).mtimeMs > LOCK_STALE_MS
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH' || error.code === 'ENOENT'
  }
}
