import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { EgressPolicy } from '@trellis/spec'
import { buildConnector } from 'undici'
import { checkAddress, checkHost, type EgressRules } from './policy.ts'

export interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

/** Resolves a name to all its addresses; rejects with the resolver's error. */
export type HostLookup = (hostname: string) => Promise<readonly ResolvedAddress[]>

/** The operating system's resolver (hosts file, search domains and all). */
export const lookUpHost: HostLookup = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)))
  })

/** A host is refused when one of its addresses is: a name that answers with both sorts is an attack or a mistake. */
async function lookUpChecked(hostname: string, options: ConnectorOptions): Promise<readonly ResolvedAddress[]> {
  const addresses = await options.lookup(hostname)
  for (const { address } of addresses) checkAddress({ hostname, address }, options.policy, options.rules)
  return addresses
}

export interface ConnectorOptions {
  readonly policy: EgressPolicy
  readonly rules: EgressRules
  readonly lookup: HostLookup
}

/**
 * Opens connections whose address was checked: the name is resolved once, and the very addresses that passed are dialled, so a
 * second answer of the resolver cannot slip another one in.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const pinnedLookup: LookupFunction = (hostname, lookupOptions, callback) => {
    lookUpChecked(hostname, options).then(
      (addresses) => {
        const wanted = lookupOptions.family === 4 || lookupOptions.family === 6 ? lookupOptions.family : undefined
        const usable = wanted === undefined ? addresses : addresses.filter(({ family }) => family === wanted)
        const [first] = usable
        if (first === undefined) callback(Object.assign(new Error(`${hostname} has no address.`), { code: 'ENOTFOUND' }), '', 0)
        else if (lookupOptions.all === true) callback(null, [...usable])
        else callback(null, first.address, first.family)
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 0),
    )
  }
  const connect = buildConnector({ allowH2: false, lookup: pinnedLookup, autoSelectFamily: true, port: 0 })
  return (target, callback) => {
    try {
      // An address written out never passes the lookup.
      if (isIP(target.hostname) !== 0) checkHost(target.hostname, options.policy, options.rules)
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null)
      return
    }
    connect(target, callback)
  }
}
