import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@trellis/config'
import { silentLogger, systemClock } from '@trellis/spec'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findFreePort } from '../../../tools/test-services/index.ts'
import { StartupError } from './data-folder.ts'
import { startProcess } from './lifecycle.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a start while nobody listens where PostgreSQL should be', () => {
  // A name may stand for several addresses, each with its own reason.
  it.each(['127.0.0.1', 'localhost'])('at %s ends, and says what the net said and which settings name the place', async (host) => {
    const port = await findFreePort()
    const env = { TRELLIS_HOME: folder, DB_TYPE: 'postgresql', DB_HOST: host, DB_PORT: String(port), DB_PASSWORD: 'any' }
    const loaded = loadConfig({ env, cwd: folder })
    if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
    const failure = await startProcess({
      config: loaded.config,
      clock: systemClock,
      logger: silentLogger,
      version: '0',
      webFolder: undefined,
    }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StartupError)
    expect(String(failure)).toContain(`connect ECONNREFUSED 127.0.0.1:${port}`)
    expect(String(failure)).toMatch(/does not answer: connect .*[^.]\. Check DB_HOST/u)
  })
})
