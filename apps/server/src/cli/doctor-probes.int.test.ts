import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryCache } from '@trellis/cache'
import { type Config, loadConfig } from '@trellis/config'
import { openDatabase } from '@trellis/db'
import { silentLogger, systemClock } from '@trellis/spec'
import { createLocalStorage } from '@trellis/storage'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCodeSandbox } from '../sandbox.ts'
import { createDoctorProbes } from './doctor-probes.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function probesFor(env: Record<string, string> = {}) {
  const loaded = loadConfig({ env: { TRELLIS_HOME: folder, ...env }, cwd: folder })
  if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
  const { config } = loaded
  return createDoctorProbes({
    config,
    warnings: loaded.warnings,
    secretKeyFile: join(folder, 'secret.key'),
    openDatabase: () => openDatabase({ type: 'sqlite', file: sqliteFile(config) }),
    openCache: async () => createMemoryCache({ clock: systemClock, logger: silentLogger }),
    openSandbox: () => openCodeSandbox({ config, logger: silentLogger }),
    openStorage: async () => createLocalStorage({ folder: join(folder, 'storage'), clock: systemClock }),
  })
}

const sqliteFile = (config: Config) => (config.database.type === 'sqlite' ? config.database.file : '')

describe('the data folder', () => {
  it('is judged by its nearest parent before the first start', async () => {
    const probe = await probesFor({ TRELLIS_HOME: join(folder, 'a/b') }).dataFolder()
    expect(probe).toMatchObject({ path: join(folder, 'a/b'), isThere: false, isWritable: true })
    expect(probe.freeBytes).toBeGreaterThan(0)
  })
})

describe('the secret key', () => {
  it('comes from the environment, a private file, a public file, or nowhere yet', async () => {
    expect(await probesFor({ SECRET_KEY: 'sixteen characters or more' }).secretKey()).toEqual({ source: 'environment' })
    expect(await probesFor().secretKey()).toEqual({ source: 'none' })
    const path = join(folder, 'secret.key')
    writeFileSync(path, 'x', { mode: 0o600 })
    expect(await probesFor().secretKey()).toEqual({ source: 'file', path, isPrivate: true })
    chmodSync(path, 0o644)
    expect(await probesFor().secretKey()).toEqual({ source: 'file', path, isPrivate: false })
  })
})

describe('the database', () => {
  it('is not made by looking at it', async () => {
    const file = join(folder, 'trellis.db')
    expect(await probesFor().database()).toEqual({ place: file, isMade: false, pendingMigrations: [] })
    expect(existsSync(file)).toBe(false)
  })

  it('tells which migrations are missing', async () => {
    const database = openDatabase({ type: 'sqlite', file: join(folder, 'trellis.db') })
    await database.check()
    const before = await probesFor().database()
    expect(before.pendingMigrations.length).toBeGreaterThan(0)
    await database.migrate()
    await database.close()
    expect((await probesFor().database()).pendingMigrations).toEqual([])
  })
})

describe('the port', () => {
  const stateOf = async (port: number) => (await probesFor({ DIFY_PORT: String(port) }).port()).state

  it('is free', async () => {
    expect(await stateOf(0)).toBe('free')
  })

  it('is taken by a stranger who says nothing', async () => {
    const stranger = createServer((socket) => socket.resume().end())
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    // A listening TCP server has an address with a port.
    expect(await stateOf((stranger.address() as AddressInfo).port)).toBe('taken')
    await new Promise((resolve) => stranger.close(resolve))
  })

  it('is taken by Trellis', async () => {
    const server = createHttpServer((_, response) => response.setHeader('X-Version', '1').end('{"status":"not_ready","checks":{}}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // The same.
    expect(await stateOf((server.address() as AddressInfo).port)).toBe('taken by Trellis')
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('the rest', () => {
  it('names the folder of the files after writing there', async () => {
    expect(await probesFor().storage()).toEqual({ place: join(folder, 'storage') })
  })

  it('says nothing of a Redis that is not configured', async () => {
    expect(await probesFor().redis()).toEqual({ place: undefined })
    expect(await probesFor({ REDIS_HOST: 'cache', REDIS_PASSWORD: 'hush' }).redis()).toEqual({ place: 'cache:6379/0' })
  })

  it('tries the sandbox and reads the memory', async () => {
    const mechanisms = await probesFor().sandbox()
    expect(mechanisms.map(({ language }) => language)).toEqual(expect.arrayContaining(['python3', 'javascript']))
    for (const { name } of mechanisms) expect(['bubblewrap', 'isolate', 'none']).toContain(name)
    expect(probesFor().memory().totalBytes).toBeGreaterThan(0)
  })
})
