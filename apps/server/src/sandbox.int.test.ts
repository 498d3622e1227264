import { createServer } from 'node:net'
import { loadConfig } from '@trellis/config'
import { silentLogger } from '@trellis/spec'
import { afterEach, describe, expect, it } from 'vitest'
import { StartupError } from './data-folder.ts'
import { startSandbox } from './sandbox.ts'

const closers: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const settings = { DIFY_BIND_ADDRESS: '127.0.0.1', SANDBOX_PORT: '0', SANDBOX_API_KEY: 'a key of the test' }

async function start(env: Record<string, string> = {}): Promise<string> {
  const loaded = loadConfig({ env: { ...settings, ...env }, cwd: '/nowhere', role: 'sandbox' })
  if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
  const sandbox = await startSandbox({ config: loaded.config, logger: silentLogger })
  closers.push(() => sandbox.close())
  return sandbox.address ?? ''
}

describe('the role sandbox', () => {
  it('starts without database, Redis and SECRET_KEY, tells that it lives, and wants its key', async () => {
    const address = await start()
    expect(await (await fetch(`${address}/health`)).text()).toBe('"ok"')
    expect((await fetch(`${address}/v1/sandbox/run`, { method: 'POST' })).status).toBe(401)
    const listed = await fetch(`${address}/v1/sandbox/dependencies?language=python3`, { headers: { 'x-api-key': 'a key of the test' } })
    expect(await listed.json()).toEqual({ code: 0, message: 'success', data: { dependencies: [] } })
  })

  it('says which setting chooses another port', async () => {
    const stranger = createServer()
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    closers.push(() => stranger.close())
    const taken = stranger.address()
    const port = String(typeof taken === 'object' && taken ? taken.port : 0)
    await expect(start({ SANDBOX_PORT: port })).rejects.toThrow(StartupError)
    await expect(start({ SANDBOX_PORT: port })).rejects.toThrow('SANDBOX_PORT')
  })

  it('is not to be started without a key', () => {
    expect(loadConfig({ env: {}, cwd: '/nowhere', role: 'sandbox' })).toMatchObject({
      ok: false,
      faults: [{ variable: 'SANDBOX_API_KEY' }],
    })
  })
})
