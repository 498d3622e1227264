// Runs npm under the given Node (an older one would pick older native packages, built for itself), quietly; its words are shown only where it fails.
import { spawn } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Failure, signalExitCode } from './report.mjs'
import { forwardSignals } from './run.mjs'

const TAIL_CHARACTERS = 20_000
const OPTIONS = [
  '--no-audit',
  '--no-fund',
  '--no-progress',
  // At this level npm tells of every answered and every failed request.
  '--loglevel=http',
  '--prefer-offline',
  // npm waits up to a minute between attempts; somebody without a network should hear of it sooner.
  '--fetch-retries=4',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=8000',
  '--fetch-timeout=60000',
]
/** Without a network npm goes on to try every package of the lockfile, for ten minutes and more. This much silence of the registry is enough. */
const HOPELESS_MS = 15_000
const HOPELESS_FAILURES = 8
const LITTLE_SPACE_BYTES = 300_000_000

/** A failed npm run. `cause` is what `classifyNpmFailure` made of its output. */
export class NpmFailure extends Failure {
  constructor(reason, output) {
    super([EXPLANATIONS[reason], ...lastErrorLines(output)].join('\n'))
    this.reason = reason
  }
}

const AGAIN = 'then run the same command again: what was finished is kept.'
const EXPLANATIONS = {
  network: `npm cannot reach its registry. Check the network and any proxy (\`npm ping\` must answer), ${AGAIN}`,
  disk: `The disk is full. Free at least 2 GB, ${AGAIN}`,
  permission: `npm may not write here. Give your user the right to write to this folder and to its npm cache (\`npm config get cache\`), ${AGAIN}`,
  missing: `The npm registry in use lacks a package that Trellis needs. Try the public one (\`npm config set registry https://registry.npmjs.org\`), ${AGAIN}`,
  native: `A native package has no ready-made binary for this machine and could not be compiled. Install a C++ compiler, make and python3, ${AGAIN}`,
  memory: `npm was killed, most likely because the machine ran out of memory (1 GB is enough). Free some, ${AGAIN}`,
  unknown: `npm failed. Read its words below, mend what they name, ${AGAIN}`,
}

/** Which of the known causes npm's output tells of. */
export function classifyNpmFailure(output, signal) {
  if (signal === 'SIGKILL') return 'memory'
  if (/ENOSPC|EDQUOT|no space left/i.test(output)) return 'disk'
  if (/EACCES|EPERM|EROFS/.test(output)) return 'permission'
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|CERT_/.test(output))
    return 'network'
  if (/gyp ERR!|prebuild-install/.test(output)) return 'native'
  if (/E404|ETARGET|notarget|EBADPLATFORM/.test(output)) return 'missing'
  return 'unknown'
}

function lastErrorLines(output) {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^npm warn |^npm (error|ERR!) (A complete log|\s+at )|\.log$/.test(line))
    .slice(-6)
    .map((line) => `    ${line}`)
}

/** Runs npm to its end. Throws `NpmFailure`; passes a signal on to npm and ends with it. `onChild` as in `withLock`. */
export async function runNpm(nodeBinary, parameters, { cwd, env = process.env, onChild }) {
  const cli = findNpmCli()
  const [command, all] = cli ? [nodeBinary, [cli, ...parameters, ...OPTIONS]] : ['npm', [...parameters, ...OPTIONS]]
  const child = spawn(command, all, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: !cli && process.platform === 'win32',
    windowsHide: true,
  })
  const childEnded = child.pid && onChild?.(child.pid)
  let output = ''
  let openLine = ''
  const watch = watchRegistry(() => child.kill('SIGTERM'))
  const keep = (chunk) => {
    const lines = (openLine + chunk).split('\n')
    openLine = lines.pop()
    for (const line of lines)
      if (line.startsWith('npm http')) watch.read(line)
      else output = `${output}${line}\n`.slice(-TAIL_CHARACTERS)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const stopForwarding = forwardSignals(child)
  const { code, signal } = await new Promise((resolve) => {
    child.on('error', (error) => {
      keep(`${error.message}\n`)
      resolve({ code: 127 })
    })
    child.on('close', (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal }))
  })
  childEnded?.()
  const interruption = stopForwarding()
  if (interruption) process.exit(signalExitCode(interruption))
  if (watch.isHopeless) throw new NpmFailure('network', output)
  if (code === 0) return
  const reason = classifyNpmFailure(output, signal)
  // npm that runs out of space falls over whatever it misses first, and has often made some room again by then.
  throw new NpmFailure(reason === 'unknown' && freeBytes(cwd) < LITTLE_SPACE_BYTES ? 'disk' : reason, output)
}

function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Reads npm's log of requests, line by line, and calls `giveUp` once when the registry has not answered for long, though asked often. */
export function watchRegistry(giveUp, now = () => performance.now()) {
  let failures = 0
  let lastAnswer = now()
  const watch = {
    isHopeless: false,
    read(line) {
      if (/^npm http fetch \w+ \d{3} /.test(line)) {
        failures = 0
        lastAnswer = now()
      } else if (/ attempt \d+ failed with E/.test(line)) failures++
      if (watch.isHopeless || failures < HOPELESS_FAILURES || now() - lastAnswer < HOPELESS_MS) return
      watch.isHopeless = true
      giveUp()
    },
  }
  return watch
}

function findNpmCli() {
  const fromNpm = process.env.npm_execpath
  if (fromNpm?.endsWith('npm-cli.js') && existsSync(fromNpm)) return fromNpm
  const prefix = dirname(dirname(process.execPath))
  for (const library of ['lib', 'share', '.'])
    for (const candidate of [
      join(prefix, library, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
      join(prefix, library, 'nodejs', 'npm', 'bin', 'npm-cli.js'),
    ])
      if (existsSync(candidate)) return candidate
  try {
    return createRequire(process.execPath).resolve('npm/bin/npm-cli.js')
  } catch {
    return undefined
  }
}
