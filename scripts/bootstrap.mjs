// What must be on the machine before anything else can run: Node 24 and the dependencies of package-lock.json.
// Runs under any Node from 18 on and uses nothing but Node itself, because nothing is installed yet.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lib/lock.mjs'
import { NpmFailure, runNpm } from './lib/npm.mjs'
import { Failure, say, startProgress } from './lib/report.mjs'

const WANTED_MAJOR = 24
/** Names the lockfile that node_modules was completely installed from. */
const STAMP = '.trellis-installed'
/** Stands while npm is at work. Where it is found, npm was cut off, and a package folder may be half unpacked without npm ever noticing. */
const UNFINISHED = '.trellis-installing'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Brings Node 24 and the dependencies if they are not there. Returns the Node to run and the environment to run it in. */
export async function prepare() {
  const node = await ensureNode()
  const env = {
    ...process.env,
    PATH: [join(root, 'node_modules', '.bin'), dirname(node.binary), process.env.PATH].join(delimiter),
  }
  // Headers of the Node that runs, where an npmrc names those of another one.
  if (node.headersDir) env.npm_config_nodedir = node.headersDir
  await ensureDependencies(node, env)
  return { ...node, env }
}

/** Waits for whoever installs or builds in this checkout, then does so itself. */
export function withCheckoutLock(work) {
  return withLock(
    join(root, '.trellis-install.lock'),
    { onWait: () => say('Another process is installing or building here; waiting for it ...') },
    work,
  )
}

async function ensureNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= WANTED_MAJOR) return describeNode(process.execPath, major)
  const folder = join(root, 'toolchain')
  const wanted = describeInstall(folder, '')
  await installOnce({
    folder,
    wanted,
    announcement: `This machine has Node ${process.versions.node}; bringing Node ${WANTED_MAJOR} (about 50 MB, once) ...`,
    install: async (onChild) => {
      await runNpm(process.execPath, ['install', '--ignore-scripts', '--no-save'], { cwd: folder, onChild })
      assertNodeRuns(findToolchainNode(folder))
    },
  })
  return describeNode(findToolchainNode(folder), WANTED_MAJOR)
}

/** `abi` names what native packages are made for; `headersDir` is where to find what they are compiled against. */
function describeNode(binary, major) {
  const headersDir = dirname(dirname(binary))
  return { binary, abi: `node${major}`, ...(existsSync(join(headersDir, 'include', 'node')) ? { headersDir } : {}) }
}

/** Installs what a folder with a lockfile of its own needs (e2e): nothing that `npm start` should wait for. */
export async function ensureOwnDependencies(name, { binary, env, abi }) {
  const folder = join(root, name)
  await installOnce({
    folder,
    wanted: describeInstall(folder, abi),
    announcement: `Installing what ${name}/ needs (once) ...`,
    install: (onChild) => runNpm(binary, ['install', '--no-save'], { cwd: folder, env, onChild }),
  })
}

async function ensureDependencies(node, env) {
  await installOnce({
    folder: root,
    // Native packages belong to the Node that they were installed under.
    wanted: describeInstall(root, node.abi),
    announcement: 'Installing dependencies (a minute or two, once) ...',
    // `npm install`, never `npm ci`: where a registry lacks a foreign platform's optional package, `ci` refuses the lockfile.
    install: (onChild) => runNpm(node.binary, ['install', '--no-save'], { cwd: root, env, onChild }),
  })
}

/** `wanted`: what the stamp says once this very lockfile is installed for this very machine. */
function describeInstall(folder, abi) {
  const lockfile = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  return `${process.platform}-${process.arch}-${abi} ${lockfile}`
}

async function installOnce({ folder, wanted, announcement, install }) {
  const modules = join(folder, 'node_modules')
  const stamp = join(modules, STAMP)
  const unfinished = join(modules, UNFINISHED)
  if (readStamp(stamp) === wanted) return
  await withCheckoutLock(async ({ onChild }) => {
    const found = readStamp(stamp)
    if (found === wanted) return
    const isForeign = found !== undefined && found.split(' ')[0] !== wanted.split(' ')[0]
    const finish = startProgress(announcement)
    if (existsSync(unfinished) || isForeign) removeModules(folder)
    mkdirSync(modules, { recursive: true })
    rmSync(stamp, { force: true })
    writeFileSync(unfinished, '')
    try {
      await install(onChild)
    } catch (error) {
      // Without a network npm has changed nothing; a tree that served until now is kept for whoever goes back to its commit.
      if (error instanceof NpmFailure && error.reason === 'network') rmSync(unfinished, { force: true })
      throw error
    }
    rmSync(unfinished, { force: true })
    writeFileSync(stamp, wanted)
    finish()
  })
}

function readStamp(stamp) {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return undefined
  }
}

/** Removes node_modules of a folder and of the workspaces in it. */
function removeModules(folder) {
  const groups = ['packages', 'apps'].map((group) => join(folder, group)).filter((group) => existsSync(group))
  const members = groups.flatMap((group) => readdirSync(group).map((name) => join(group, name)))
  for (const place of [folder, ...members]) rmSync(join(place, 'node_modules'), { recursive: true, force: true, maxRetries: 3 })
}

function findToolchainNode(toolchain) {
  const isWindows = process.platform === 'win32'
  const platform = isWindows ? 'win' : process.platform
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]) {
    const binary = join(toolchain, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node')
    if (existsSync(binary)) return binary
  }
  return undefined
}

/** Alpine's C library, for one, runs none of the published binaries. */
function assertNodeRuns(binary) {
  const remedy = `Install Node ${WANTED_MAJOR} or newer yourself (https://nodejs.org) and run the same command again.`
  if (!binary) throw new Failure(`There is no ready-made Node ${WANTED_MAJOR} for ${process.platform}-${process.arch}. ${remedy}`)
  try {
    execFileSync(binary, ['--version'], { stdio: 'ignore' })
  } catch {
    throw new Failure(`The ready-made Node ${WANTED_MAJOR} does not run on this system (${process.platform}-${process.arch}). ${remedy}`)
  }
}
