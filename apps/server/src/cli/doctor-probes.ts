import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { Config, RedisConfig, Warning } from '@trellis/config'
import type { OpenDatabase } from '@trellis/db'
import type { CacheBackend, CodeSandbox, Storage } from '@trellis/spec'
import { redactText } from '../observability/redact.ts'
import type { DoctorProbes } from './doctor.ts'
import { probeEgress } from './doctor-egress.ts'
import { databasePlace, storagePlace } from './places.ts'

export interface DoctorDependencies {
  readonly config: Config
  readonly warnings: readonly Warning[]
  /** Where the secret is kept when `SECRET_KEY` is not given. */
  readonly secretKeyFile: string
  /** Each is opened for its own check and closed after it, so that one that fails hides no other. */
  readonly openDatabase: () => OpenDatabase
  /** Called only where Redis is configured. */
  readonly openCache: (redis: RedisConfig) => Promise<CacheBackend>
  readonly openStorage: () => Promise<Storage>
  readonly openSandbox: () => CodeSandbox
}

/** Looks at the machine and at the backends that the configuration names. */
export function createDoctorProbes(dependencies: DoctorDependencies): DoctorProbes {
  const { config } = dependencies
  return {
    nodeVersion: () => process.version,
    settings: () => ({ warnings: dependencies.warnings.map((warning) => warning.message), ignoredVariables: config.ignoredVariables }),
    dataFolder: () => probeFolder(config.dataFolder),
    secretKey: () => probeSecretKey(config, dependencies.secretKeyFile),
    database: () => probeDatabase(config, dependencies.openDatabase),
    redis: async () => {
      if (!config.redis) return { place: undefined }
      await checkAndClose(await dependencies.openCache(config.redis))
      return { place: describeRedis(config.redis) }
    },
    storage: async () => {
      const { storage } = config
      // As with the database: a check makes the folder that it writes to. A parent that cannot be written is told.
      if (storage.type === 'local' && !(await isThere(storage.folder))) {
        const parent = await probeFolder(storage.folder)
        if (!parent.isWritable) throw new Error(`${storage.folder} is not there and cannot be made.`)
      } else await checkAndClose(await dependencies.openStorage())
      return { place: storagePlace(storage) }
    },
    port: () => probePort(config.server),
    sandbox: async () => {
      const sandbox = dependencies.openSandbox()
      return sandbox.mechanisms().finally(() => sandbox.close())
    },
    egress: () => probeEgress(config),
    memory: () => ({ totalBytes: availableMemory() }),
  }
}

async function checkAndClose(backend: { check(): Promise<void>; close(): Promise<void> }): Promise<void> {
  try {
    await backend.check()
  } catch (error) {
    throw toPlain(error)
  } finally {
    await backend.close()
  }
}

/** Drivers like to repeat addresses with their passwords. */
function toPlain(error: unknown): Error {
  return new Error(redactText(error instanceof Error ? error.message || error.name : String(error)), { cause: error })
}

/** A folder that is not there yet is judged by the nearest one that is. */
async function probeFolder(path: string) {
  let existing = path
  while (!(await isThere(existing)) && dirname(existing) !== existing) existing = dirname(existing)
  const isWritable = await access(existing, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  const { bavail, bsize } = await statfs(existing)
  return { path, isThere: existing === path, isWritable, freeBytes: bavail * bsize }
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

async function probeSecretKey(config: Config, file: string) {
  if (config.secretKey !== undefined) return { source: 'environment' } as const
  if (!(await isThere(file))) return { source: 'none' } as const
  const { mode } = await stat(file)
  return { source: 'file', path: file, isPrivate: (mode & 0o077) === 0 } as const
}

async function probeDatabase({ database }: Config, open: () => OpenDatabase) {
  const place = databasePlace(database)
  // Opening SQLite would make the file, and looking must not change anything.
  if (database.type === 'sqlite' && !(await isThere(database.file))) return { place, isMade: false, pendingMigrations: [] }
  const opened = open()
  try {
    await opened.check()
    return { place, isMade: true, pendingMigrations: await opened.pendingMigrations() }
  } catch (error) {
    throw toPlain(error)
  } finally {
    await opened.close()
  }
}

function describeRedis(redis: RedisConfig): string {
  const at = (nodes: readonly { readonly host: string; readonly port: number }[]) =>
    nodes.map(({ host, port }) => `${host}:${port}`).join(', ')
  if (redis.mode === 'single') return `${redis.host}:${redis.port}/${redis.database}`
  return redis.mode === 'sentinel' ? `${redis.masterName} of the Sentinels ${at(redis.sentinels)}` : `cluster ${at(redis.nodes)}`
}

async function probePort({ host, port }: Config['server']) {
  const address = `${host}:${port}`
  if (await canListen(host, port)) return { address, state: 'free' } as const
  return { address, state: (await isTrellis(host, port)) ? 'taken by Trellis' : 'taken' } as const
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Asks for /ready, which Dify has not: another Dify on this port is a stranger. */
function isTrellis(host: string, port: number): Promise<boolean> {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect({ host: reachable, port }, () =>
      socket.write('GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'),
    )
    socket.setTimeout(3_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (answer.length > 10_000) socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(/^x-version:/im.test(answer) && /"status":"(not_)?ready"/.test(answer)))
  })
}

/** The container's limit where there is one, else the machine's memory. */
function availableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}
