import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { type AllowList, parseAllowList } from './allow-list.ts'
import { createLookupQueue } from './lookup-queue.ts'
import { checkAddress, checkTarget, type EgressRules, type EgressTarget, isOpened } from './policy.ts'

export interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

/** Resolves a name to all its addresses; rejects with the resolver's error. */
export type HostLookup = (hostname: string) => Promise<readonly ResolvedAddress[]>

export interface EgressGuardOptions {
  /** Whether addresses that administrators give for model endpoints may lie in private networks. */
  readonly modelEndpointAllowPrivate: boolean
  /**
   * Hosts, addresses and networks that may be reached although they are not public: `host`, `*.host` (below it), `.host` (both),
   * `10.0.0.5`, `10.0.0.0/8`. Metadata addresses stay closed.
   */
  readonly allowedHosts?: readonly string[]
  readonly lookup?: HostLookup
}

/** The policy object: everything that lets a connection out asks it, our own requests and the forward proxy alike. */
export interface EgressGuard {
  /** Checks what can be told without asking a resolver. @throws EgressError `refused` with the rule */
  checkTarget(target: EgressTarget): void
  /** Resolves once and checks every address. @throws EgressError `refused`, or the resolver's error */
  resolve(target: EgressTarget): Promise<readonly ResolvedAddress[]>
  /** Whether an allow-list names the host. */
  isOpened(target: EgressTarget): boolean
}

/** Half of the threads that Node has for such work. */
const CONTENT_LOOKUPS = 2
const LONGEST_LOOKUP_WAIT_MS = 10_000

/** The operating system's resolver (hosts file, search domains and all). */
const lookUpHost: HostLookup = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)))
  })

/** @throws TypeError where an entry of `allowedHosts` is no host or network */
export function createEgressGuard(options: EgressGuardOptions): EgressGuard {
  const lookup = options.lookup ?? lookUpHost
  const lookupForContent = createLookupQueue(lookup, { most: CONTENT_LOOKUPS, longestWaitMs: LONGEST_LOOKUP_WAIT_MS })
  const allowed: AllowList = parseAllowList(options.allowedHosts ?? [])
  const rules: EgressRules = { isPrivateAllowedForModels: options.modelEndpointAllowPrivate, allowed }
  return {
    checkTarget: (target) => checkTarget(target, rules),
    isOpened: (target) => isOpened(target, rules),
    async resolve(target) {
      const find = target.policy === 'content' ? lookupForContent : lookup
      const addresses = await find(target.hostname.replace(/^\[(.*)\]$/, '$1'))
      // A name that answers with both sorts is an attack or a mistake: one forbidden address refuses the host.
      for (const { address } of addresses) checkAddress(target, address, rules)
      return addresses
    },
  }
}

/**
 * A resolver for sockets: the name is resolved once, and the very addresses that passed are dialled, so a second answer cannot slip
 * another one in. Addresses written out never pass a resolver: `checkTarget` has to judge them.
 */
export function createPinnedLookup(guard: EgressGuard, target: Omit<EgressTarget, 'hostname'>): LookupFunction {
  return (hostname, options, callback) => {
    guard.resolve({ ...target, hostname }).then(
      (addresses) => {
        const wanted = options.family === 4 || options.family === 6 ? options.family : undefined
        const usable = wanted === undefined ? addresses : addresses.filter(({ family }) => family === wanted)
        const [first] = usable
        if (first === undefined) callback(Object.assign(new Error(`${hostname} has no address.`), { code: 'ENOTFOUND' }), '', 0)
        else if (options.all === true) callback(null, [...usable])
        else callback(null, first.address, first.family)
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 0),
    )
  }
}
