import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createEgress } from '../egress/index.ts'
import {
  aGuard,
  bodyOf,
  closeAll,
  closeLater,
  lookup,
  openTunnel,
  sendRaw,
  serve,
  serveTcp,
  startProxy,
  textOf,
} from './proxy-for-tests.ts'

afterEach(closeAll)

describe('bounds', () => {
  it('end what is too large one way', async () => {
    const origin = await serve((_request, response) => {
      response.write('x'.repeat(2000))
      response.end('x'.repeat(2000))
    })
    const proxy = await startProxy({ limits: { maxBytes: 1000 } })
    const announced = await serve((_request, response) => response.end('x'.repeat(2000)))
    const answer = await sendRaw(proxy.port, `GET http://open.test:${announced}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(bodyOf(answer)).toMatchObject({ code: 'egress_too_large', rule: 'max-bytes' })
    const ended = proxy.nextAccess()
    await sendRaw(proxy.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(await ended).toMatchObject({ outcome: 'failed', rule: 'max-bytes' })
  })

  it('end what is silent', async () => {
    const origin = await serve(() => undefined)
    const proxy = await startProxy({ limits: { idleTimeoutMs: 50 } })
    const answer = await sendRaw(proxy.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(bodyOf(answer)).toMatchObject({ status: 504, rule: 'idle-timeout' })
  })

  it('end what takes too long, though it talks', async () => {
    const origin = await serveTcp((socket) => {
      const timer = setInterval(() => socket.write('x'), 10)
      socket.on('close', () => clearInterval(timer))
    })
    const proxy = await startProxy({ limits: { totalTimeoutMs: 100 } })
    const ended = proxy.nextAccess()
    const { socket } = await openTunnel(proxy.port, `open.test:${origin}`)
    socket.resume()
    expect(await ended).toMatchObject({ outcome: 'failed', rule: 'total-timeout' })
  })

  it('answer more clients than there may be', async () => {
    const proxy = await startProxy({ limits: { maxConnections: 1 } })
    const first = connect({ host: '127.0.0.1', port: proxy.port })
    closeLater(() => first.destroy())
    await new Promise((resolve) => first.once('connect', resolve))
    const answer = await sendRaw(proxy.port, 'GET http://open.test/ HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(bodyOf(answer)).toMatchObject({ status: 503, rule: 'max-connections' })
  })
})

describe('life', () => {
  it('lets what runs end within the grace time', async () => {
    let answer: (() => void) | undefined
    const arrived = new Promise<void>((resolve) => {
      answer = resolve
    })
    let finish: (() => void) | undefined
    const origin = await serve((_request, response) => {
      finish = () => response.end('late')
      answer?.()
    })
    const proxy = await startProxy()
    const pending = sendRaw(proxy.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\n\r\n`)
    await arrived
    const closed = proxy.close(10_000)
    await expect(sendRaw(proxy.port, 'GET http://open.test/ HTTP/1.1\r\n\r\n')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    finish?.()
    expect(await pending).toContain('late')
    await closed
  })

  it('cuts tunnels when the grace time is over', async () => {
    const origin = await serveTcp(() => undefined)
    const proxy = await startProxy()
    const { socket } = await openTunnel(proxy.port, `open.test:${origin}`)
    const cut = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume())
    await proxy.close(0)
    await cut
  })

  it('listens on a unix socket as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'trellis-egress-'))
    closeLater(() => rmSync(folder, { recursive: true, force: true }))
    const socketPath = join(folder, 'out.sock')
    const origin = await serve((_request, response) => response.end('through'))
    const proxy = await startProxy({ listen: { socketPath } })
    expect(proxy.address).toBe(`unix:${socketPath}`)
    const text = await new Promise<string>((resolve, reject) => {
      httpRequest({ socketPath, path: `http://open.test:${origin}/`, headers: { host: 'x' } }, (response) => resolve(textOf(response)))
        .on('error', reject)
        .end()
    })
    expect(text).toBe('through')
    expect(proxy.accesses).toMatchObject([{ client: undefined, outcome: 'passed' }])
  })
})

describe('clients that leave', () => {
  it('at any point do no harm', async () => {
    const origin = await serve((request, response) => {
      response.write('x'.repeat(70_000))
      request.on('error', () => undefined).pipe(response)
    })
    const proxy = await startProxy()
    const sent = [
      `POST http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
      `CONNECT open.test:${origin} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`,
      'CONNECT 10.0.0.1:443 HTTP/1.1\r\nHost: x\r\n\r\n',
    ]
    const visits = sent.flatMap((text) => Array.from({ length: text.length + 1 }, (_, length) => text.slice(0, length)))
    for (const [index, text] of visits.entries()) {
      await new Promise<void>((resolve) => {
        const socket = connect({ host: '127.0.0.1', port: proxy.port }, () => {
          socket.write(text, () => (index % 2 === 0 ? socket.destroy() : socket.resetAndDestroy()))
        })
        socket.on('error', () => undefined).on('close', () => resolve())
      })
    }
    const answer = await sendRaw(proxy.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })
})

describe('proxies in a row', () => {
  it('are passed by requests and tunnels, and the next one is believed when it refuses', async () => {
    const origin = await serve((_request, response) => response.end('far'))
    const next = await startProxy()
    const proxies = { http: next.address, https: next.address }
    const near = await startProxy({ guard: aGuard(['open.test', 'closed.test']), next: proxies })
    expect(await sendRaw(near.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toContain('far')
    expect(next.accesses).toHaveLength(1)
    const { status, socket } = await openTunnel(near.port, `open.test:${origin}`)
    expect(status).toBe(200)
    socket.destroy()
    const refused = await sendRaw(near.port, `CONNECT closed.test:9999 HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(bodyOf(refused)).toMatchObject({ rule: 'proxy' })
  })

  it('are what our own requests go through', async () => {
    const origin = await serve((_request, response) => response.end('far'))
    const next = await startProxy()
    const egress = createEgress({
      modelEndpointAllowPrivate: false,
      allowedHosts: ['open.test', 'closed.test'],
      lookup,
      proxies: { http: next.address, https: next.address },
    })
    closeLater(() => egress.close())
    expect(await (await egress.request({ url: `http://open.test:${origin}/`, policy: 'content' })).text()).toBe('far')
    for (const scheme of ['http', 'https']) {
      const refused = egress.request({ url: `${scheme}://closed.test:${origin}/`, policy: 'content' })
      await expect(refused).rejects.toMatchObject({ rule: 'proxy' })
    }
    await expect(egress.request({ url: 'http://10.0.0.1/', policy: 'content' })).rejects.toMatchObject({ rule: 'private-address' })
    expect(next.accesses.map(({ outcome }) => outcome)).toEqual(['passed', 'refused', 'refused'])
  })
})
