import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadConfig } from '@trellis/config'
import { type Logger, silentLogger } from '@trellis/spec'
import { afterEach, describe, expect, it } from 'vitest'
import { StartupError } from './data-folder.ts'
import { startSsrfProxy } from './ssrf-proxy.ts'

const closers: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(env: Record<string, string> = {}, logger: Logger = silentLogger) {
  const loaded = loadConfig({ env: { DIFY_BIND_ADDRESS: '127.0.0.1', SSRF_HTTP_PORT: '0', ...env }, cwd: '/nowhere', role: 'ssrf-proxy' })
  if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
  const proxy = await startSsrfProxy({ config: loaded.config, logger, version: '1.2.3' })
  closers.push(() => proxy.close({ graceMs: 0 }))
  return { ...proxy, port: Number(new URL(proxy.address ?? '').port) }
}

function get(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path, headers: { host: 'x', connection: 'close', ...headers } }, async (response) => {
      let body = ''
      for await (const chunk of response) body += String(chunk)
      resolve({ status: response.statusCode ?? 0, body })
    })
      .on('error', reject)
      .end()
  })
}

async function serveOrigin(): Promise<string> {
  const server = createServer((_request, response) => response.end('from afar'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server that listens has one
}

describe('the role ssrf-proxy', () => {
  it('starts without database, Redis and secrets, and tells that it lives', async () => {
    const { port } = await start()
    expect(await get(port, '/health')).toEqual({ status: 200, body: '{"status":"ok","version":"1.2.3"}' })
  })

  it('lets out what the configuration opens and refuses the rest, with a line and a figure for each', async () => {
    const lines: { readonly fields: object; readonly message: string }[] = []
    const note = (fields: object, message: string) => void lines.push({ fields, message })
    const logger: Logger = { ...silentLogger, info: note, warn: note }
    const origin = await serveOrigin()
    const { port } = await start({ SSRF_PROXY_ALLOW_PRIVATE_IPS: '127.0.0.1' }, logger)
    expect(await get(port, `http://${origin}/secret?key=hush`)).toEqual({ status: 200, body: 'from afar' })
    expect(await get(port, 'http://10.0.0.1/')).toMatchObject({
      status: 403,
      body: expect.stringContaining('EGRESS_ALLOWED_HOSTS=10.0.0.1'),
    })
    expect(lines).toMatchObject([
      { message: 'Passed', fields: { method: 'GET', target: origin, status: 200, bytesDown: 9 } },
      {
        message: 'Refused',
        fields: { target: '10.0.0.1:80', status: 403, rule: 'private-address', reason: expect.stringContaining('private') },
      },
    ])
    expect(JSON.stringify(lines)).not.toContain('hush')
    const { body } = await get(port, '/metrics')
    expect(body).toContain('trellis_egress_proxy_passages_total{kind="request",outcome="passed",rule="none"} 1')
    expect(body).toContain('trellis_egress_proxy_passages_total{kind="request",outcome="refused",rule="private-address"} 1')
    expect(body).toMatch(/trellis_egress_proxy_connections [1-9]/)
  })

  it('shows its figures to whoever has the token', async () => {
    const { port } = await start({ METRICS_TOKEN: 'a-token-of-sixteen' })
    expect((await get(port, '/metrics')).status).toBe(401)
    expect((await get(port, '/metrics', { authorization: 'Bearer a-token-of-sixteen' })).status).toBe(200)
  })

  it('says which setting chooses another port where its own is taken', async () => {
    const { port } = await start()
    const second = start({ SSRF_HTTP_PORT: String(port) })
    await expect(second).rejects.toBeInstanceOf(StartupError)
    await expect(second).rejects.toThrow('SSRF_HTTP_PORT')
  })
})
