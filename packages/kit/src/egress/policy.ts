import type { EgressPolicy } from '@trellis/spec'
import { classifyAddress, parseAddress } from './address.ts'
import { type AllowList, isAddressAllowed, isHostAllowed, normalizeHost } from './allow-list.ts'
import { refuseAddress, refusePort } from './refusal.ts'
import { isSafePort, LOOPBACK_ADDRESSES, LOOPBACK_NAME, METADATA_HOSTS } from './special-targets.ts'

export interface EgressRules {
  readonly isPrivateAllowedForModels: boolean
  /** What the operator opens for everybody. */
  readonly allowed: AllowList
}

/** Where a request wants to go, and who asks. */
export interface EgressTarget {
  readonly hostname: string
  readonly port: number
  readonly policy: EgressPolicy
  /** Opened for this request beyond what the operator opens for all. */
  readonly allowed?: AllowList | undefined
}

/** Checks what can be told from name and port alone, an address written out included. @throws EgressError `refused` with the rule */
export function checkTarget(target: EgressTarget, rules: EgressRules): void {
  if (target.policy === 'operator') return
  const host = normalizeHost(target.hostname)
  if (parseAddress(host) !== undefined) checkAddress(target, host, rules)
  else if (METADATA_HOSTS.has(host)) throw refuseAddress({ host, address: undefined, range: 'metadata', policy: target.policy })
  else if (LOOPBACK_NAME.test(host)) checkLoopbackName(target, host, rules)
  if (target.policy === 'content' && !isSafePort(target.port) && !isOpened(target, rules)) throw refusePort(host, target.port)
}

/** RFC 6761: such a name is this machine, whatever a resolver, here or in a proxy, makes of it. */
function checkLoopbackName(target: EgressTarget, host: string, rules: EgressRules): void {
  if (isHostAllowed(host, rules.allowed) || isHostAllowed(host, target.allowed)) return
  if (target.policy === 'model' && rules.isPrivateAllowedForModels) return
  const isOpen = LOOPBACK_ADDRESSES.some((address) => isAddressAllowed(address, rules.allowed) || isAddressAllowed(address, target.allowed))
  if (!isOpen) throw refuseAddress({ host, address: undefined, range: 'loopback', policy: target.policy })
}

/** Checks one address that a host resolved to. @throws EgressError `refused` with the rule */
export function checkAddress(target: EgressTarget, address: string, rules: EgressRules): void {
  const { policy } = target
  if (policy === 'operator') return
  const groups = parseAddress(address)
  const range = groups === undefined ? 'reserved' : classifyAddress(groups)
  if (range === 'public') return
  const host = normalizeHost(target.hostname)
  if (range !== 'metadata') {
    if (policy === 'model' && rules.isPrivateAllowedForModels && range !== 'multicast' && range !== 'reserved') return
    if (isHostAllowed(host, rules.allowed) || isHostAllowed(host, target.allowed)) return
    if (groups !== undefined && (isAddressAllowed(groups, rules.allowed) || isAddressAllowed(groups, target.allowed))) return
  }
  throw refuseAddress({ host, address, range, policy })
}

/** Whether the host, a name or an address, stands on one of the lists. */
export function isOpened(target: EgressTarget, rules: EgressRules): boolean {
  const host = normalizeHost(target.hostname)
  const groups = parseAddress(host)
  return [rules.allowed, target.allowed].some(
    (list) => isHostAllowed(host, list) || (groups !== undefined && isAddressAllowed(groups, list)),
  )
}
