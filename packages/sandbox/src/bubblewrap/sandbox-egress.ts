import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EgressGuard, type EgressProxyOptions, type RunningEgressProxy, startEgressProxy } from '@trellis/kit'

export interface SandboxEgressOptions {
  /** The policy for content decides what code may reach. */
  readonly guard: EgressGuard
  /** Proxies behind ours. */
  readonly next?: EgressProxyOptions['next']
}

/** Node's fetch tunnels to plain http too. Which hosts may be reached is the guard's to say. */
const TUNNEL_PORTS = [80, 443]

/** The one way out of a sandbox. */
export interface SandboxEgress {
  /** Path of a socket at which a forward proxy listens; it starts with the first call. */
  open(): Promise<string>
  close(): Promise<void>
}

/**
 * A sandbox that may use the network has a network namespace with no interface but its own loopback: all that it can reach is this
 * socket, which is shown inside as a file, and at it our forward proxy. So the policy stands outside, where code cannot step round it.
 */
export function createSandboxEgress({ guard, next }: SandboxEgressOptions): SandboxEgress {
  let opened: Promise<{ readonly proxy: RunningEgressProxy; readonly folder: string; readonly path: string }> | undefined

  async function start() {
    const folder = mkdtempSync(join(tmpdir(), 'trellis-egress-'))
    const path = join(folder, 'egress.sock')
    const proxy = await startEgressProxy({
      guard,
      listen: { socketPath: path },
      limits: { connectPorts: TUNNEL_PORTS },
      ...(next ? { next } : {}),
    })
    // A child runs as another user, who may enter by the path and list nothing.
    chmodSync(folder, 0o711)
    chmodSync(path, 0o666)
    return { proxy, folder, path }
  }

  return {
    async open() {
      opened ??= start()
      return (await opened).path
    },
    async close() {
      if (!opened) return
      const { proxy, folder } = await opened
      await proxy.close(0)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
