import { type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { EgressError } from '@trellis/spec'
import { refusedByProxy, toEgressError } from '../egress/failure.ts'
import { createPinnedLookup, type EgressGuard, type EgressTarget } from '../egress/index.ts'

export interface Dialling {
  readonly guard: EgressGuard
  readonly connectTimeoutMs: number
  readonly signal: AbortSignal
  readonly viaMark: string
}

/** Opens a connection to an address that was checked. @throws EgressError */
export function dial(target: EgressTarget, { guard, connectTimeoutMs, signal }: Dialling): Promise<Socket> {
  guard.checkTarget(target)
  signal.throwIfAborted()
  const { hostname, ...rest } = target
  const socket = connect({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: target.port,
    lookup: createPinnedLookup(guard, rest),
    autoSelectFamily: true,
    allowHalfOpen: true,
    noDelay: true,
  })
  return settle(socket, target, { connectTimeoutMs, signal }, (resolve) => socket.once('connect', () => resolve(socket)))
}

/** Opens a tunnel through the next proxy, after what can be judged from here was. @throws EgressError */
export async function dialThrough(proxyUrl: string, target: EgressTarget, dialling: Dialling): Promise<Socket> {
  await checkFromHere(target, dialling)
  dialling.signal.throwIfAborted()
  const authority = `${target.hostname}:${target.port}`
  const request = requestOfProxy(proxyUrl, { method: 'CONNECT', path: authority, headers: { host: authority, via: dialling.viaMark } })
  const opened = settle<Socket>(request, target, dialling, (resolve, reject) => {
    request.once('connect', (response, socket, head) => {
      if (response.statusCode === 200) {
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
        return
      }
      socket.destroy()
      reject(refusedByProxy(authority, response.statusCode ?? 502))
    })
    request.once('response', (response) => {
      response.destroy()
      reject(refusedByProxy(authority, response.statusCode ?? 502))
    })
  })
  request.end()
  return opened
}

/** A request to the next proxy itself; the target's address is its path. */
export function requestOfProxy(
  proxyUrl: string,
  options: RequestOptions & { readonly headers: Record<string, string> | string[] },
): ClientRequest {
  const url = new URL(proxyUrl)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  const authorization = credentials === ':' ? [] : ['proxy-authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]
  const headers = Array.isArray(options.headers) ? options.headers : Object.entries(options.headers).flat()
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  return send({
    ...options,
    agent: false,
    setHost: false,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    headers: [...headers, ...authorization],
  })
}

/** The next proxy resolves for itself; what can be seen from here to be forbidden is refused all the same. @throws EgressError */
export async function checkFromHere(target: EgressTarget, { guard }: Dialling): Promise<void> {
  guard.checkTarget(target)
  await guard.resolve(target).catch((error: unknown) => {
    if (error instanceof EgressError) throw error
  })
}

function settle<T>(
  source: Socket | ClientRequest,
  target: EgressTarget,
  { connectTimeoutMs, signal }: Pick<Dialling, 'connectTimeoutMs' | 'signal'>,
  wait: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> {
  const url = new URL(`http://${target.hostname}:${target.port}`)
  return new Promise<T>((resolve, reject) => {
    const fail = (error: unknown) => {
      release()
      source.destroy()
      reject(toEgressError(error, { url, headersTimeoutMs: connectTimeoutMs, idleTimeoutMs: connectTimeoutMs }))
    }
    const onAbort = () => fail(signal.reason)
    const timer = setTimeout(
      () => fail(new EgressError('timeout', `${url.host} could not be reached within ${connectTimeoutMs} ms.`)),
      connectTimeoutMs,
    )
    const release = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      source.off('error', fail)
      // Whoever takes the connection over listens for itself; an error in between must not end the process.
      source.on('error', () => undefined)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    source.on('error', fail)
    wait((value) => {
      release()
      resolve(value)
    }, fail)
  })
}
