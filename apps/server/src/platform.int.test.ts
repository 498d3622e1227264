import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@trellis/config'
import { silentLogger, systemClock } from '@trellis/spec'
import { afterEach, describe, expect, it } from 'vitest'
import { findFreePort } from '../../../tools/test-services/index.ts'
import { StartupError } from './data-folder.ts'
import { createPlatform } from './platform.ts'

const folder = mkdtempSync(join(tmpdir(), 'trellis-platform-'))

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a start while Redis is away', () => {
  it('ends, and names the settings that say where Redis is', { timeout: 20_000 }, async () => {
    const loaded = loadConfig({
      env: { TRELLIS_HOME: folder, REDIS_HOST: '127.0.0.1', REDIS_PORT: String(await findFreePort()) },
      cwd: folder,
    })
    if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
    const started = createPlatform({ config: loaded.config, clock: systemClock, logger: silentLogger })
    await expect(started).rejects.toThrow(/Redis does not answer.*REDIS_HOST/u)
    await expect(started).rejects.toBeInstanceOf(StartupError)
  })
})
