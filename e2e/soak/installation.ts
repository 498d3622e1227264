import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../../tools/test-services/start-postgres.ts'
import { startRedis } from '../../tools/test-services/start-redis.ts'

/** Trellis as it was built, with what it stands on: one process on a data folder, or two on PostgreSQL and Redis. */
export interface Installation {
  readonly folder: string
  /** The processes that serve; one that was killed comes back in its place. */
  readonly servers: readonly Server[]
  /** Ends one, by default without a word, and starts it again. Resolves with the milliseconds until it served. */
  killAndRestart(index: number, signal?: 'SIGKILL' | 'SIGTERM'): Promise<number>
  /** How many runs count as running where no process lives that could run them; undefined where it cannot be told from outside. */
  countRunning(): number | undefined
  /** Stops it all; keeps the data where asked. */
  close(options: { readonly isKept: boolean }): Promise<void>
}

export interface Server {
  readonly url: string
  output(): string
}

interface ServerProcess extends Server {
  readonly child: ChildProcess
}

const program = fileURLToPath(new URL('../../apps/server/dist/main.mjs', import.meta.url))
const READY = /Trellis is ready: http:\/\/[^:\s]+:(\d+)/
const START_TIMEOUT_MS = 120_000
const KEPT_CHARACTERS = 20_000

export async function startSingle(env: Readonly<Record<string, string>> = {}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-soak-'))
  const file = join(folder, 'data', 'trellis.db')
  return startServers(folder, {
    count: 1,
    role: 'all',
    env,
    countRunning: () => countRunning(file),
    stopServices: async () => undefined,
  })
}

export async function startCluster(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-soak-'))
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  const env = {
    DB_TYPE: 'postgresql',
    DB_HOST: postgres.host,
    DB_PORT: String(postgres.port),
    DB_USERNAME: postgres.user,
    DB_PASSWORD: postgres.password,
    DB_DATABASE: 'postgres',
    SQLALCHEMY_POOL_SIZE: '10',
    REDIS_HOST: redis.host,
    REDIS_PORT: String(redis.port),
    SECRET_KEY: 'a secret of the soak test alone, and of nothing else',
    STORAGE_LOCAL_PATH: join(folder, 'files'),
    STORAGE_LOCAL_SHARED: 'true',
  }
  const stopServices = async (): Promise<void> => {
    await Promise.all([postgres.stop(), redis.stop()])
  }
  try {
    const migration = spawnProgram(folder, 'migration', env)
    const [code] = await once(migration.child, 'exit')
    if (code !== 0) throw new Error(`The migration ended with ${code}:\n${migration.output()}`)
    return await startServers(folder, { count: 2, role: 'api', env, countRunning: () => undefined, stopServices })
  } catch (error) {
    await stopServices()
    throw error
  }
}

interface ServersOptions {
  readonly count: number
  readonly role: string
  readonly env: Readonly<Record<string, string>>
  readonly countRunning: () => number | undefined
  readonly stopServices: () => Promise<void>
}

async function startServers(folder: string, { count, role, env, countRunning, stopServices }: ServersOptions): Promise<Installation> {
  const start = (): Promise<ServerProcess> => startServer(folder, role, env)
  const servers: ServerProcess[] = []
  for (let index = 0; index < count; index++) servers.push(await start())
  return {
    folder,
    servers,
    countRunning,
    async killAndRestart(index, signal = 'SIGKILL') {
      const victim = servers[index]
      if (!victim) throw new RangeError(`There is no server ${index}`)
      await end(victim.child, signal)
      const startedAt = performance.now()
      servers[index] = await start()
      return performance.now() - startedAt
    },
    async close({ isKept }) {
      await Promise.all(servers.map(({ child }) => end(child, 'SIGTERM')))
      await stopServices()
      if (!isKept) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startServer(folder: string, role: string, env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const { child, output } = spawnProgram(folder, role, env)
  const signal = AbortSignal.timeout(START_TIMEOUT_MS)
  const exited = once(child, 'exit')
  try {
    for (;;) {
      const port = READY.exec(output())?.[1]
      if (port !== undefined) return { child, output, url: `http://127.0.0.1:${port}` }
      if (hasEnded(child)) throw new Error(`A server ended before it served:\n${output()}`)
      if (child.stdout) await Promise.race([once(child.stdout, 'data', { signal }), exited])
    }
  } catch (error) {
    // Whoever cannot wait for it any longer would not end it either.
    await end(child, 'SIGKILL')
    throw error
  }
}

/** Nothing of the caller's environment reaches the server, but for the way to programs. */
function spawnProgram(folder: string, role: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [program, role], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      HOME: folder,
      TRELLIS_HOME: join(folder, 'data'),
      DIFY_BIND_ADDRESS: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'WARNING',
      ...env,
    },
  })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk).slice(-KEPT_CHARACTERS)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return { child, output: () => output }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (hasEnded(child)) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

function countRunning(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return Number(database.prepare("select count(*) as count from runs where status = 'running'").get()?.['count'])
  } finally {
    database.close()
  }
}
