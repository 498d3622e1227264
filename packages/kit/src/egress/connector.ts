import { isIP } from 'node:net'
import type { EgressPolicy } from '@trellis/spec'
import { buildConnector } from 'undici'
import type { AllowList } from './allow-list.ts'
import { createPinnedLookup, type EgressGuard } from './guard.ts'

/** Each request has a limit of its own; this one ends the attempts that nobody waits for any more. */
const LONGEST_CONNECT_MS = 300_000

/** What connections that share a pool have in common. */
export interface ConnectorOptions {
  readonly guard: EgressGuard
  readonly policy: EgressPolicy
  readonly allowed: AllowList | undefined
  readonly verifiesCertificate: boolean
}

/** Opens connections whose address was checked. */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const { guard, policy, allowed, verifiesCertificate } = options
  const connect = buildConnector({
    allowH2: false,
    lookup: createPinnedLookup(guard, { policy, allowed, port: 0 }),
    autoSelectFamily: true,
    port: 0,
    rejectUnauthorized: verifiesCertificate,
    timeout: LONGEST_CONNECT_MS,
  })
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80)
    try {
      if (isIP(target.hostname.replace(/^\[(.*)\]$/, '$1')) !== 0) guard.checkTarget({ hostname: target.hostname, port, policy, allowed })
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null)
      return
    }
    connect(target, callback)
  }
}
