import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findRedis } from './find-binaries.ts'
import { findFreePort, startGuardedServer } from './guarded-server.ts'

export interface RunningRedis {
  readonly host: string
  readonly port: number
  readonly url: string
  stop(): Promise<void>
}

export interface RedisStartOptions {
  /** The port of an earlier server, to come back where clients look for it. */
  readonly port?: number
  /** Listens with TLS only; `args` name the certificate. */
  readonly isTls?: boolean
  /** Further arguments of the server. */
  readonly args?: readonly string[]
  /** Makes it a Sentinel, alone in its quorum, which watches the master at this port of this machine. */
  readonly sentinelOf?: { readonly name: string; readonly port: number }
}

/** Starts a Redis server of its own, which keeps nothing on disk. @throws Error where none is installed */
export async function startRedis({
  port: wantedPort,
  args = [],
  isTls = false,
  sentinelOf,
}: RedisStartOptions = {}): Promise<RunningRedis> {
  const command = findRedis()
  if (command === undefined) throw new Error('Redis is not installed here (Debian: apt-get install redis-server).')
  const folder = await mkdtemp(join(tmpdir(), 'trellis-redis-'))
  const port = wantedPort ?? (await findFreePort())
  const ports = isTls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)]
  const common = ['--bind', '127.0.0.1', ...ports, '--dir', folder, ...args]
  const server = await startGuardedServer({
    command,
    args: sentinelOf
      ? [await writeSentinelFile(folder, sentinelOf), '--sentinel', ...common]
      : [...common, '--save', '', '--appendonly', 'no'],
    folder,
    readyWhen: /Ready to accept connections|Sentinel ID is/,
  })
  return { host: '127.0.0.1', port, url: `redis://127.0.0.1:${port}`, stop: server.stop }
}

/** A Sentinel keeps its state in its configuration file and does not start without one. */
async function writeSentinelFile(folder: string, { name, port }: { readonly name: string; readonly port: number }): Promise<string> {
  const path = join(folder, 'sentinel.conf')
  await writeFile(path, `sentinel monitor ${name} 127.0.0.1 ${port} 1\n`)
  return path
}
