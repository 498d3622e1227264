import { type AddressGroups, type Cidr, isInCidr, parseCidr } from './address.ts'

/** Hosts, addresses and networks that may be reached although they are not public. */
export interface AllowList {
  readonly hosts: readonly string[]
  readonly networks: readonly Cidr[]
}

/**
 * Reads `host` (exactly), `*.host` (all below it), `.host` (both, as Squid writes it), an address, or a network like `10.0.0.0/8`.
 *
 * @throws TypeError where an entry with a length is no network: configuration is checked before it comes here
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  const hosts: string[] = []
  const networks: Cidr[] = []
  for (const entry of entries.map((text) => text.trim()).filter((text) => text !== '')) {
    const network = parseCidr(entry)
    if (network !== undefined) networks.push(network)
    else if (entry.includes('/')) throw new TypeError(`"${entry}" is not a network like 10.0.0.0/8 or fc00::/7.`)
    else hosts.push(normalizeHost(entry))
  }
  return { hosts, networks }
}

/** Host as names are compared: lower-case, without brackets and final dot. */
export function normalizeHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

export function isHostAllowed(host: string, list: AllowList | undefined): boolean {
  return (list?.hosts ?? []).some((entry) => {
    if (entry.startsWith('*.')) return host.endsWith(entry.slice(1))
    return entry.startsWith('.') ? host === entry.slice(1) || host.endsWith(entry) : host === entry
  })
}

export function isAddressAllowed(address: AddressGroups, list: AllowList | undefined): boolean {
  return (list?.networks ?? []).some((network) => isInCidr(address, network))
}
