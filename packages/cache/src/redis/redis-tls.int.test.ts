import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { RedisConfig } from '@trellis/config'
import { silentLogger } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findRedis, type RunningRedis, startRedis } from '../../../../tools/test-services/index.ts'
import { createRedisCache } from './create-redis-cache.ts'

// A tool of the system, which no manifest of ours can declare.
const certificateMaker = 'openssl'

const hasOpenssl = ((): boolean => {
  try {
    execFileSync(certificateMaker, ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false // nothing to make a certificate with
  }
})()

describe.runIf(findRedis() && hasOpenssl)('Redis over TLS, with a password', () => {
  let folder: string
  let server: RunningRedis
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trellis-tls-'))
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate, ...subject]
    execFileSync(certificateMaker, request, { stdio: 'ignore' })
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate, '--tls-auth-clients', 'no']
    server = await startRedis({ isTls: true, args: [...tls, '--requirepass', 'p@ss word'] })
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })

  function connect(changes: { readonly caFile?: string; readonly password?: string; readonly verifiesServer?: boolean }) {
    const { caFile, password = 'p@ss word', verifiesServer = true } = changes
    const tls = { verifiesServer, caFile, certificateFile: undefined, keyFile: undefined }
    const address = { host: server.host, port: server.port, database: 0, username: undefined, keyPrefix: '', connectTimeoutMs: 2000 }
    const redis: RedisConfig = { mode: 'single', ...address, password, tls }
    return createRedisCache({ redis, logger: silentLogger })
  }

  it('trusts a server by the given authority, or without verification where that is asked for', async () => {
    for (const backend of [connect({ caFile: join(folder, 'certificate.pem') }), connect({ verifiesServer: false })]) {
      await backend.check()
      await backend.close()
    }
  })

  it('refuses a server that nobody vouches for, and says so', async () => {
    const backend = connect({})
    await expect(backend.check()).rejects.toThrow(/does not answer: .*self[- ]signed certificate/)
    await backend.close()
  })

  it('says that the password is wrong', async () => {
    const backend = connect({ verifiesServer: false, password: 'wrong' })
    await expect(backend.check()).rejects.toThrow(/WRONGPASS|NOAUTH/)
    await backend.close()
  })

  it('outlives connections that are closed in mid-handshake: a second error of the same connection is heard by somebody', async () => {
    const uncaught: unknown[] = []
    const note = (error: unknown): void => void uncaught.push(error)
    process.prependListener('uncaughtException', note)
    const backends = Array.from({ length: 100 }, () => connect({}))
    await Promise.all(
      backends.map(async (backend, index) => {
        await setTimeout(index)
        await backend.close()
      }),
    )
    await setTimeout(500)
    process.off('uncaughtException', note)
    expect(uncaught).toEqual([])
  })
})
