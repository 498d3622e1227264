import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ProxyAddress {
  readonly host: string
  readonly port: number
}

export interface EgressRelay {
  /** Path of the socket that leads to the proxy, and to nothing else. */
  open(): Promise<string>
  close(): Promise<void>
}

const MOST_CONNECTIONS = 256
const IDLE_MS = 120_000

/**
 * The one way out of a sandbox that may use the network. Its network namespace has no interface but its own loopback, so all it can reach
 * is this socket, which is shown inside as a file; whatever comes in goes to the egress proxy, which decides. Which addresses code may
 * reach is nowhere decided here.
 */
export function createEgressRelay({ host, port }: ProxyAddress): EgressRelay {
  let opened: Promise<{ readonly server: Server; readonly folder: string; readonly path: string }> | undefined

  async function listen() {
    const folder = mkdtempSync(join(tmpdir(), 'trellis-egress-'))
    const path = join(folder, 'egress.sock')
    const server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ host, port, allowHalfOpen: true })
      near.on('error', () => far.destroy()).on('close', () => far.destroy())
      far.on('error', () => near.destroy()).on('close', () => near.destroy())
      for (const socket of [near, far]) socket.setTimeout(IDLE_MS, () => socket.destroy())
      near.pipe(far)
      far.pipe(near)
    })
    server.maxConnections = MOST_CONNECTIONS
    server.unref()
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
    // A child runs as another user, who may enter by the path and list nothing.
    chmodSync(folder, 0o711)
    chmodSync(path, 0o666)
    return { server, folder, path }
  }

  return {
    async open() {
      opened ??= listen()
      return (await opened).path
    },
    async close() {
      if (!opened) return
      const { server, folder } = await opened
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
