import { mkdtemp } from 'node:fs/promises'
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
  /** Further arguments of the server. */
  readonly args?: readonly string[]
}

/** Starts a Redis server of its own, which keeps nothing on disk. @throws Error where none is installed */
export async function startRedis({ port: wantedPort, args = [] }: RedisStartOptions = {}): Promise<RunningRedis> {
  const command = findRedis()
  if (command === undefined) throw new Error('Redis is not installed here (Debian: apt-get install redis-server).')
  const folder = await mkdtemp(join(tmpdir(), 'trellis-redis-'))
  const port = wantedPort ?? (await findFreePort())
  const server = await startGuardedServer({
    command,
    args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder, ...args],
    folder,
    readyWhen: /Ready to accept connections/,
  })
  return { host: '127.0.0.1', port, url: `redis://127.0.0.1:${port}`, stop: server.stop }
}
