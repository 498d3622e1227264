import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@trellis/config'
import { silentLogger, systemClock } from '@trellis/spec'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runDoctorCommand } from './doctor-command.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function runWith(env: Record<string, string>) {
  const loaded = loadConfig({ env: { TRELLIS_HOME: folder, DIFY_PORT: '0', ...env }, cwd: folder, role: 'job' })
  if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
  const parts: string[] = []
  const output = { hasColour: false, write: (part: string) => void parts.push(part) }
  const code = await runDoctorCommand({
    config: loaded.config,
    warnings: loaded.warnings,
    clock: systemClock,
    logger: silentLogger,
    output,
  })
  return { code, text: parts.join('') }
}

describe('trellis job doctor', () => {
  it('is content before the first start, and leaves neither database nor secret behind', async () => {
    const { code, text } = await runWith({})
    expect(text).toContain('✓ Database')
    expect(code).toBe(0)
    expect(existsSync(join(folder, 'trellis.db'))).toBe(false)
    expect(existsSync(join(folder, 'secret.key'))).toBe(false)
    expect(readdirSync(folder)).toEqual([])
  })

  it('looks at the address on which the server listens, and makes no data folder', async () => {
    const { text } = await runWith({ TRELLIS_HOME: join(folder, 'not', 'yet') })
    expect(text).toMatch(/Port .*127\.0\.0\.1:/)
    expect((await runWith({ MODE: 'api' })).text).toMatch(/Port .*0\.0\.0\.0:/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('tells what apps may reach, and by which way', async () => {
    const env = { SSRF_PROXY_ALLOW_PRIVATE_DOMAINS: 'ollama', SSRF_PROXY_ALL_URL: 'http://me:hush@127.0.0.1:1' }
    const { code, text } = await runWith(env)
    expect(text).toContain('reach public addresses and ollama, through http://127.0.0.1:1.')
    expect(text).toContain('http://127.0.0.1:1 does not answer')
    expect(text).not.toContain('hush')
    expect(code).toBe(1)
  })

  it('names what does not answer, without passwords, and fails', async () => {
    const { code, text } = await runWith({
      DB_HOST: '127.0.0.1',
      DB_PORT: '1',
      DB_PASSWORD: 'hush1',
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: '1',
      REDIS_PASSWORD: 'hush2',
    })
    expect(code).toBe(1)
    expect(text).toMatch(/✗ Database .*127\.0\.0\.1:1/)
    expect(text).toMatch(/✗ Redis .*127\.0\.0\.1:1/)
    expect(text).not.toContain('hush')
  })
})
