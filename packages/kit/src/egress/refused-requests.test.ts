import type { EgressPolicy } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import type { EgressOptions } from './create-egress.ts'
import { failureOf, useEgress } from './testing/use-egress.ts'

const { serve, anEgress } = useEgress()

describe('policies', () => {
  const lookup = async (host: string) => (HOSTS[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const HOSTS: Record<string, readonly string[]> = {
    'private.test': ['10.1.2.3'],
    'private.test.': ['10.1.2.3'],
    'mixed.test': ['93.184.216.34', '127.0.0.1'],
    'meta.test': ['169.254.169.254'],
    'mapped.test': ['::ffff:169.254.169.254'],
    'local.test': ['127.0.0.1'],
    'zone.test': ['fe80::1%eth0'],
  }

  it.each<[EgressPolicy, string, string]>([
    ['content', 'http://127.0.0.1/', 'loopback-address'],
    ['content', 'http://2130706433/', 'loopback-address'],
    ['content', 'http://[::ffff:10.0.0.1]/', 'private-address'],
    ['content', 'http://private.test/', 'private-address'],
    ['content', 'http://private.test./', 'private-address'],
    ['content', 'http://mixed.test/', 'loopback-address'],
    ['content', 'http://meta.test/', 'metadata-address'],
    ['content', 'http://mapped.test/', 'metadata-address'],
    ['content', 'http://zone.test/', 'link-local-address'],
    ['content', 'http://metadata.google.internal/', 'metadata-address'],
    ['content', 'http://8.8.8.8@127.0.0.1/', 'loopback-address'],
    ['content', 'ftp://example.com/', 'scheme'],
    ['content', 'http://[fe80::1%25eth0]/', 'invalid-url'],
    ['content', 'not a url', 'invalid-url'],
    ['model', 'http://169.254.169.254/', 'metadata-address'],
    ['model', 'http://[::ffff:a9fe:a9fe]/', 'metadata-address'],
    ['model', 'http://meta.test/', 'metadata-address'],
    ['model', 'http://224.0.0.1/', 'multicast-address'],
    ['operator', 'file:///etc/passwd', 'scheme'],
  ])('%s may not reach %s: %s', async (policy, url, rule) => {
    const error = await failureOf(anEgress({ lookup }).request({ url, policy }))
    expect(error).toMatchObject({ failure: 'refused', rule })
  })

  it('forbid private model endpoints where the operator says so', async () => {
    const egress = anEgress({ lookup, modelEndpointAllowPrivate: false })
    expect(await failureOf(egress.request({ url: 'http://private.test/', policy: 'model' }))).toMatchObject({ rule: 'private-address' })
  })

  it.each<[string, EgressPolicy, string, Partial<EgressOptions>]>([
    ['operators reach everything', 'operator', 'local.test', {}],
    ['models reach private addresses', 'model', 'local.test', {}],
    ['content reaches allowed hosts', 'content', 'local.test', { allowedHosts: ['Local.Test'] }],
    ['content reaches hosts below an allowed domain', 'content', 'local.test', { allowedHosts: ['*.test'] }],
    ['content reaches allowed networks', 'content', 'local.test', { allowedHosts: ['127.0.0.0/8'] }],
    ['models reach allowed networks', 'model', '127.0.0.1', { allowedHosts: ['127.0.0.1'], modelEndpointAllowPrivate: false }],
  ])('%s', async (_title, policy, host, options) => {
    const { port } = await serve((request, response) => response.end(request.headers.host))
    const response = await anEgress({ lookup, ...options }).request({ url: `http://${host}:${port}/`, policy })
    expect(await response.text()).toBe(`${host}:${port}`)
  })

  it('keep metadata closed even to the allow-list', async () => {
    const egress = anEgress({ lookup, allowedHosts: ['meta.test', '169.254.0.0/16'] })
    expect(await failureOf(egress.request({ url: 'http://meta.test/', policy: 'content' }))).toMatchObject({ rule: 'metadata-address' })
  })

  it('dial the very address that was checked', async () => {
    const { port } = await serve((_request, response) => response.end('x'))
    let asked = 0
    const rebinding = async () => {
      asked += 1
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    }
    const egress = anEgress({ lookup: rebinding })
    expect(await (await egress.request({ url: `http://rebind.test:${port}/`, policy: 'model' })).text()).toBe('x')
    expect(asked).toBe(1)
  })

  it('never share a connection', async () => {
    const { port } = await serve((_request, response) => response.end('x'))
    const egress = anEgress({ lookup })
    await (await egress.request({ url: `http://local.test:${port}/`, policy: 'operator' })).text()
    expect(await failureOf(egress.request({ url: `http://local.test:${port}/`, policy: 'content' }))).toMatchObject({
      rule: 'loopback-address',
    })
  })

  it('go through the proxy for content, after our own check', async () => {
    const { url } = await serve((request, response) => response.end(`proxied ${request.url}`))
    const open = async (host: string) => [{ address: host === 'inner.test' ? '10.0.0.1' : '93.184.216.34', family: 4 }]
    const egress = anEgress({ proxies: { http: url }, lookup: open })
    expect(await (await egress.request({ url: 'http://example.test/a', policy: 'content' })).text()).toBe('proxied http://example.test/a')
    expect(await failureOf(egress.request({ url: 'http://inner.test/', policy: 'content' }))).toMatchObject({ rule: 'private-address' })
  })
})

describe('failures', () => {
  it('name a host that does not exist', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    const error = await failureOf(anEgress({ lookup }).request({ url: 'http://nowhere.test/', policy: 'content' }))
    expect(error).toMatchObject({ failure: 'connection', message: 'The name nowhere.test cannot be resolved.' })
  })

  it('name a port that nobody listens on', async () => {
    const { url, server } = await serve(() => undefined)
    await new Promise((resolve) => server.close(resolve))
    expect(await failureOf(anEgress().request({ url, policy: 'operator' }))).toMatchObject({ failure: 'connection' })
  })

  it('tell a cut connection from an end', async () => {
    const { url } = await serve((_request, response) => {
      response.write('part', () => response.destroy())
    })
    const response = await anEgress().request({ url, policy: 'operator' })
    expect(await failureOf(response.text())).toMatchObject({ failure: 'connection' })
  })

  it('time out while connecting', async () => {
    const lookup = () => new Promise<never>(() => undefined)
    const error = await failureOf(anEgress({ lookup }).request({ url: 'http://slow.test/', policy: 'operator', connectTimeoutMs: 20 }))
    expect(error).toMatchObject({ failure: 'timeout' })
  })

  it('time out while waiting for headers', async () => {
    const { url } = await serve(() => undefined)
    expect(await failureOf(anEgress().request({ url, policy: 'operator', headersTimeoutMs: 50 }))).toMatchObject({ failure: 'timeout' })
  })

  it('time out in a silent body', async () => {
    const { url } = await serve((_request, response) => {
      response.write('x')
    })
    const response = await anEgress().request({ url, policy: 'operator', idleTimeoutMs: 50 })
    expect(await failureOf(response.text())).toMatchObject({ failure: 'timeout' })
  })

  it('stop on abort: before, while waiting, and in the body', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/body') response.write('x')
    })
    const egress = anEgress()
    const before = AbortSignal.abort('early')
    expect(await failureOf(egress.request({ url, policy: 'operator', signal: before }))).toMatchObject({
      failure: 'aborted',
      cause: 'early',
    })

    const waiting = new AbortController()
    const pending = egress.request({ url, policy: 'operator', signal: waiting.signal })
    waiting.abort('late')
    expect(await failureOf(pending)).toMatchObject({ failure: 'aborted', cause: 'late' })

    const reading = new AbortController()
    const response = await egress.request({ url: `${url}/body`, policy: 'operator', signal: reading.signal })
    const text = response.text()
    reading.abort('later')
    expect(await failureOf(text)).toMatchObject({ failure: 'aborted', cause: 'later' })
  })

  it('refuse headers that are not HTTP', async () => {
    const error = await failureOf(anEgress().request({ url: 'http://127.0.0.1:9/', policy: 'operator', headers: { 'x-a': 'b\r\nc: d' } }))
    expect(error).toMatchObject({ failure: 'refused', rule: 'invalid-request' })
  })
})
