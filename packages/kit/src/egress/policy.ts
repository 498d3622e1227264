import { EgressError, type EgressPolicy } from '@trellis/spec'
import { type AddressRange, type Cidr, classifyAddress, isInCidr, parseAddress, parseCidr } from './address.ts'

export interface EgressRules {
  readonly isPrivateAllowedForModels: boolean
  readonly allowedHosts: readonly string[]
  readonly allowedCidrs: readonly Cidr[]
}

/** Names of metadata services, for the case that somebody else (a proxy) resolves them. */
const METADATA_HOSTS = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
  'metadata.azure.internal',
])

const RANGE_NAMES: Readonly<Record<Exclude<AddressRange, 'public'>, string>> = {
  unspecified: 'the unspecified address',
  loopback: 'an address of this machine itself',
  private: 'a private address',
  'link-local': 'a link-local address',
  metadata: 'a cloud metadata address',
  multicast: 'a multicast address',
  reserved: 'a reserved address',
  mapped: 'an IPv6 address that wraps an IPv4 one',
}

/** @throws TypeError where an entry is no network: configuration is checked before it comes here */
export function createRules(options: {
  readonly modelEndpointAllowPrivate: boolean
  readonly allowedHosts: readonly string[]
  readonly allowedCidrs: readonly string[]
}): EgressRules {
  return {
    isPrivateAllowedForModels: options.modelEndpointAllowPrivate,
    allowedHosts: options.allowedHosts.map((host) => normalizeHost(host.trim())).filter((host) => host !== ''),
    allowedCidrs: options.allowedCidrs.map((text) => {
      const cidr = parseCidr(text)
      if (cidr === undefined) throw new TypeError(`"${text}" is not a network like 10.0.0.0/8 or fc00::/7.`)
      return cidr
    }),
  }
}

/** Host as names are compared: lower-case, without brackets and final dot. */
function normalizeHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

/** Parses an address that may be requested at all. @throws EgressError `refused` with the rule */
export function parseEgressUrl(text: string, base?: string): URL {
  const url = URL.parse(text, base)
  if (url !== null && url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new EgressError('refused', `Only http and https addresses can be requested, not ${url.protocol}`, { rule: 'scheme' })
  }
  if (url === null || url.hostname === '') {
    throw new EgressError('refused', 'The address is not a valid URL. It must look like https://host/path.', { rule: 'invalid-url' })
  }
  return url
}

/** Checks what can be told from the host's name alone, an address written out included. @throws EgressError `refused` with the rule */
export function checkHost(hostname: string, policy: EgressPolicy, rules: EgressRules): void {
  const host = normalizeHost(hostname)
  if (parseAddress(host) !== undefined) {
    checkAddress({ hostname: host, address: host }, policy, rules)
  } else if (policy !== 'operator' && METADATA_HOSTS.has(host)) {
    throw refusal(host, undefined, 'metadata', policy)
  }
}

/** Checks one address that a host resolved to. @throws EgressError `refused` with the rule */
export function checkAddress(
  target: { readonly hostname: string; readonly address: string },
  policy: EgressPolicy,
  rules: EgressRules,
): void {
  if (policy === 'operator') return
  const groups = parseAddress(target.address)
  const range = groups === undefined ? 'reserved' : classifyAddress(groups)
  if (range === 'public') return
  const host = normalizeHost(target.hostname)
  if (range !== 'metadata') {
    if (policy === 'model' && rules.isPrivateAllowedForModels && range !== 'multicast' && range !== 'reserved') return
    if (isHostAllowed(host, rules) || (groups !== undefined && rules.allowedCidrs.some((cidr) => isInCidr(groups, cidr)))) return
  }
  throw refusal(host, target.address, range, policy)
}

function isHostAllowed(host: string, rules: EgressRules): boolean {
  return rules.allowedHosts.some((entry) => {
    const suffix = entry.startsWith('*.') ? entry.slice(1) : entry.startsWith('.') ? entry : undefined
    return suffix === undefined ? host === entry : host.endsWith(suffix)
  })
}

function refusal(host: string, address: string | undefined, range: Exclude<AddressRange, 'public'>, policy: EgressPolicy): EgressError {
  const rule = `${range}-address`
  // Content is asked for by anybody: where names of this network lead is not theirs to learn.
  const isTold = policy !== 'content'
  const what =
    address === undefined || address === host
      ? `${host} is ${RANGE_NAMES[range]}`
      : `${host} resolves to ${isTold ? `${address}, ` : ''}${RANGE_NAMES[range]}`
  const remedy =
    range === 'metadata'
      ? 'Such addresses are never allowed.'
      : policy === 'model'
        ? 'The operator has not allowed model endpoints there.'
        : 'The operator can allow the host or its network.'
  return new EgressError('refused', `Refused: ${what} (rule ${rule}). ${remedy}`, { rule })
}
