import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { SystemUser } from './find-binaries.ts'

export interface ServerCommand {
  readonly command: string
  readonly args: readonly string[]
  /** The server's own folder, removed with it. */
  readonly folder: string
  readonly user?: SystemUser | undefined
  /** Written by the server to stdout or stderr once it serves. */
  readonly readyWhen: RegExp
}

export interface GuardedServer {
  readonly pid: number
  /** Stops the server at once and removes its folder. */
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 30_000
/** Waits for the end of its input, which comes when whoever started it ends in whatever way; then ends the server and tidies up. */
const GUARD = `
cat > /dev/null
kill -QUIT "$1" 2> /dev/null
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -0 "$1" 2> /dev/null || break; sleep 0.05; done
kill -KILL "$1" 2> /dev/null
rm -rf "$2"
`

/** Starts a server that never outlives this process, not even where this process is killed. */
export async function startGuardedServer({ command, args, folder, user, readyWhen }: ServerCommand): Promise<GuardedServer> {
  // A group of its own: Ctrl-C in the terminal must reach us, not it.
  const server = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...user })
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    server.once('spawn', resolve)
    server.once('error', reject)
  })
  const guard = spawn('sh', ['-c', GUARD, 'guard', String(server.pid), folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const guardExited = new Promise<void>((resolve) => guard.once('exit', () => resolve()))
  async function stop(): Promise<void> {
    // Awaited, so they count again: else this process could end with its clean-up half done.
    for (const child of [server, guard]) child.ref()
    guard.stdin.end()
    await Promise.all([guardExited, exited])
  }
  try {
    await waitUntilReady(server, readyWhen)
  } catch (error) {
    await stop()
    throw error
  }
  // Neither keeps this process alive; the guard ends both with it.
  for (const child of [server, guard]) child.unref()
  for (const stream of [server.stdout, server.stderr, guard.stdin]) unreference(stream)
  // It has been spawned.
  return { pid: server.pid ?? 0, stop }
}

async function waitUntilReady(server: ChildProcess, readyWhen: RegExp): Promise<void> {
  let output = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error(`${server.spawnfile} did not start in time:\n${output}`)), START_TIMEOUT_MS)
  const listen = (part: Buffer): void => {
    output += part.toString()
    if (readyWhen.test(output)) resolve()
  }
  server.stdout?.on('data', listen)
  server.stderr?.on('data', listen)
  server.once('exit', (code) => reject(new Error(`${server.spawnfile} ended with code ${code}:\n${output}`)))
  try {
    await promise
  } finally {
    clearTimeout(timer)
    for (const stream of [server.stdout, server.stderr]) stream?.off('data', listen).resume()
  }
}

function unreference(stream: unknown): void {
  // The pipes of a child process are sockets, whose types Node does not tell.
  if (typeof stream === 'object' && stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
}

/** A port that nobody listened on a moment ago. */
export async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}
