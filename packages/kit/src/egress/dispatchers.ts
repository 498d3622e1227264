import type { EgressPolicy } from '@trellis/spec'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import { type AllowList, parseAllowList } from './allow-list.ts'
import { createConnector } from './connector.ts'
import type { EgressGuard } from './guard.ts'

/** Forward proxies for `content` requests, by the scheme of the address that is asked for. */
export interface EgressProxies {
  readonly http?: string | undefined
  readonly https?: string | undefined
}

/** What decides whether two requests may share a connection. */
export interface Lane {
  readonly policy: EgressPolicy
  readonly proxyUrl: string | undefined
  readonly verifiesCertificate: boolean
  /** The entries as they were given. */
  readonly allowedHosts: readonly string[]
}

export interface Dispatchers {
  pick(lane: Lane): Dispatcher
  /** The lane's own allow-list, read once. @throws TypeError where an entry is wrong */
  allowListOf(lane: Lane): AllowList | undefined
  destroy(): Promise<void>
}

/** Allow-lists come from workspaces, so there may be many: the connections of those that are not in use are closed. */
const MAX_LANES = 64

/**
 * A pool of connections for each lane: one that was opened for an operator's address never serves a user's, nor one that a workspace's
 * allow-list opened another workspace.
 */
export function createDispatchers(guard: EgressGuard): Dispatchers {
  const lanes = new Map<string, { readonly dispatcher: Dispatcher; readonly allowed: AllowList | undefined }>()
  const open = new Set<Dispatcher>()
  const find = (lane: Lane) => {
    const key = JSON.stringify([lane.policy, lane.proxyUrl, lane.verifiesCertificate, lane.allowedHosts])
    const known = lanes.get(key)
    // Moved to the end: the first is the one that nobody used for longest.
    lanes.delete(key)
    const allowed = known?.allowed ?? (lane.allowedHosts.length === 0 ? undefined : parseAllowList(lane.allowedHosts))
    const found = known ?? { allowed, dispatcher: openDispatcher(lane, guard, allowed) }
    lanes.set(key, found)
    open.add(found.dispatcher)
    closeOldest()
    return found
  }
  const closeOldest = () => {
    const [oldest] = lanes
    if (lanes.size <= MAX_LANES || oldest === undefined) return
    const [key, { dispatcher }] = oldest
    lanes.delete(key)
    // Waits for what is under way. It can only fail because all are being destroyed.
    dispatcher
      .close()
      .catch(() => undefined)
      .finally(() => open.delete(dispatcher))
  }
  return {
    pick: (lane) => find(lane).dispatcher,
    allowListOf: (lane) => find(lane).allowed,
    destroy: async () => {
      await Promise.all([...open].map((dispatcher) => dispatcher.destroy()))
    },
  }
}

function openDispatcher(lane: Lane, guard: EgressGuard, allowed: AllowList | undefined): Dispatcher {
  const { policy, proxyUrl, verifiesCertificate } = lane
  if (proxyUrl !== undefined) {
    return new ProxyAgent({ uri: proxyUrl, allowH2: false, requestTls: { rejectUnauthorized: verifiesCertificate, port: 0 } })
  }
  return new Agent({ connect: createConnector({ guard, policy, allowed, verifiesCertificate }), allowH2: false })
}
