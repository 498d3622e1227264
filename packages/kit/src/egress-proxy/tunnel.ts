import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { EgressError } from '@trellis/spec'
import type { EgressTarget } from '../egress/index.ts'
import { writeError } from './answers.ts'
import { type Dialling, dial, dialThrough } from './dial.ts'
import { type Passage, toPassageError } from './passage.ts'
import { assertNoLoop, parseTunnelTarget } from './target.ts'

export interface TunnelOptions extends Omit<Dialling, 'signal'> {
  readonly connectPorts: readonly number[]
  readonly nextProxyUrl: string | undefined
}

/** Serves one CONNECT: checks where it leads, dials, and passes bytes until one end closes. Never rejects. */
export async function tunnel(
  incoming: { readonly request: IncomingMessage; readonly client: Duplex; readonly head: Buffer },
  passage: Passage,
  options: TunnelOptions,
): Promise<void> {
  const { request, client, head } = incoming
  const onGone = () => passage.abort(new EgressError('aborted', 'The client went away.'))
  client.once('close', onGone)
  client.on('error', onGone)
  try {
    assertNoLoop(request, options.viaMark)
    const { hostname, port } = parseTunnelTarget(request.url ?? '')
    passage.target = `${hostname}:${port}`
    const target: EgressTarget = { hostname, port, policy: 'content' }
    assertPort(target, options)
    const dialling = { ...options, signal: passage.signal }
    const server =
      options.nextProxyUrl === undefined ? await dial(target, dialling) : await dialThrough(options.nextProxyUrl, target, dialling)
    client.off('close', onGone)
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    await join(client, server, head, passage)
    passage.end({ status: 200 })
  } catch (reason) {
    const error = toPassageError(reason, passage)
    const status = writeError(client, error)
    passage.end({ status, error })
  }
}

function assertPort(target: EgressTarget, { guard, connectPorts }: TunnelOptions): void {
  if (connectPorts.includes(target.port) || guard.isOpened(target)) return
  const remedy = `An operator can allow it with EGRESS_PROXY_CONNECT_PORTS, or the host with EGRESS_ALLOWED_HOSTS.`
  throw new EgressError(
    'refused',
    `Refused: tunnels lead to port ${connectPorts.join(', ')}, not to ${target.port} (rule connect-port). ${remedy}`,
    { rule: 'connect-port' },
  )
}

/** Resolves when both ends have said all; rejects when a bound is passed. A broken end is the end of the tunnel, not a failure of ours. */
function join(client: Duplex, server: Socket, head: Buffer, passage: Passage): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 2
    const finish = (error?: unknown) => {
      passage.signal.removeEventListener('abort', onAbort)
      client.destroy()
      server.destroy()
      if (error === undefined) resolve()
      else reject(error)
    }
    const onAbort = () => finish(passage.signal.reason)
    passage.signal.addEventListener('abort', onAbort, { once: true })
    if (passage.signal.aborted) onAbort()
    const onClose = () => {
      open -= 1
      if (open === 0) finish()
    }
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      end.once('close', () => {
        // What the other end is still owed is written first.
        if (other.writableFinished) other.destroy()
        else other.end(() => other.destroy())
        onClose()
      })
      end.on('error', () => other.destroy())
    }
    if (head.length > 0) {
      passage.countUp(head.length)
      server.write(head)
    }
    client.on('data', (chunk: Buffer) => passage.countUp(chunk.length))
    server.on('data', (chunk: Buffer) => passage.countDown(chunk.length))
    client.pipe(server)
    server.pipe(client)
  })
}
