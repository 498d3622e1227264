/** What an IP address is for. Only `public` ones lie on the open internet. */
export type AddressRange =
  | 'public'
  | 'unspecified'
  | 'loopback'
  | 'private'
  | 'link-local'
  /** Where a cloud hands its machine's credentials to whoever asks. */
  | 'metadata'
  | 'multicast'
  | 'reserved'
  /** An IPv6 address that wraps a public IPv4 one: nobody needs it, and filters stumble over it. */
  | 'mapped'

/** An address as its 16-bit groups: 2 for IPv4, 8 for IPv6. */
export type AddressGroups = readonly number[]

export interface Cidr {
  readonly groups: AddressGroups
  readonly bits: number
}

/**
 * Reads an IPv4 address in plain dotted form or an IPv6 address in any form (brackets and zone id are dropped). Anything else,
 * other spellings of IPv4 included, is undefined: a URL parser has already turned those into the plain form.
 */
export function parseAddress(text: string): AddressGroups | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  return bare.includes(':') ? parseIpv6(bare) : parseIpv4(bare)
}

function parseIpv4(text: string): AddressGroups | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (match === null) return undefined
  const bytes = match.slice(1).map(Number)
  // A leading zero means octal to some resolvers: refuse to guess.
  if (bytes.some((byte) => byte > 255) || match.slice(1).some((part) => part.length > 1 && part.startsWith('0'))) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  return [a * 256 + b, c * 256 + d]
}

function parseIpv6(text: string): AddressGroups | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  // Only the very last group may be written as IPv4.
  if (halves.length === 2 && halves[0]?.includes('.')) return undefined
  const head = parseGroups(halves[0] ?? '')
  const tail = parseGroups(halves[1] ?? '')
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...head, ...Array<number>(missing).fill(0), ...tail]
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const groups: number[] = []
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : undefined
    if (embedded !== undefined) groups.push(...embedded)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

/** Reads `10.0.0.0/8`, `fc00::/7` or a single address. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length, ...rest] = text.trim().split('/')
  const groups = parseAddress(address)
  if (groups === undefined || rest.length > 0) return undefined
  const maxBits = groups.length * 16
  if (length === undefined) return { groups, bits: maxBits }
  return /^\d{1,3}$/.test(length) && Number(length) <= maxBits ? { groups, bits: Number(length) } : undefined
}

export function isInCidr(address: AddressGroups, cidr: Cidr): boolean {
  if (address.length !== cidr.groups.length) return false
  for (const [index, group] of cidr.groups.entries()) {
    const bits = Math.min(16, cidr.bits - index * 16)
    if (bits <= 0) return true
    if (((address[index] ?? 0) ^ group) >> (16 - bits) !== 0) return false
  }
  return true
}

const table = (rows: readonly (readonly [string, AddressRange])[]) =>
  rows.map(([text, range]) => {
    const cidr = parseCidr(text)
    if (cidr === undefined) throw new TypeError(`Not a network: ${text}`)
    return { cidr, range }
  })

/** First match counts. IANA special-purpose registries, RFC 6890 and its successors; cloud metadata services by their vendors' documentation. */
const IPV4_RANGES = table([
  ['169.254.169.254', 'metadata'], // AWS, Azure, Google, DigitalOcean, OpenStack, Oracle
  ['169.254.170.2', 'metadata'], // AWS ECS
  ['169.254.170.23', 'metadata'], // AWS EKS
  ['169.254.42.42', 'metadata'], // Scaleway
  ['169.254.0.23', 'metadata'], // Tencent
  ['100.100.100.200', 'metadata'], // Alibaba
  ['192.0.0.192', 'metadata'], // Oracle, classic
  ['168.63.129.16', 'metadata'], // Azure host agent
  ['0.0.0.0/8', 'unspecified'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'private'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
])

/** Single addresses, before those that wrap an IPv4 one. */
const IPV6_ADDRESSES = table([
  ['fd00:ec2::254', 'metadata'], // AWS
  ['fd00:ec2::23', 'metadata'], // AWS EKS
  ['fd20:ce::254', 'metadata'], // Google
  ['fd00:42::42', 'metadata'], // Scaleway
  ['fe80::a9fe:a9fe', 'metadata'], // OpenStack
  ['::', 'unspecified'],
  ['::1', 'loopback'],
])

const IPV6_RANGES = table([
  ['64:ff9b:1::/48', 'private'], // NAT64 of the local network: where it embeds the IPv4 address is its own affair
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'private'],
  ['ff00::/8', 'multicast'],
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'reserved'],
  ['3fff::/20', 'reserved'],
  ['2000::/3', 'public'],
])

/** Where an IPv6 address hides an IPv4 one: the index of its two groups. */
const EMBEDDINGS = [
  { network: '::ffff:0:0/96', at: 6 },
  { network: '::ffff:0:0:0/96', at: 6 },
  { network: '::/96', at: 6 },
  { network: '64:ff9b::/96', at: 6, isNat64: true },
  { network: '2002::/16', at: 1 },
  { network: '2001::/32', at: 6, isInverted: true },
].map(({ network, ...embedding }) => ({ ...embedding, ranges: table([[network, 'mapped']]) }))

export function classifyAddress(address: AddressGroups): AddressRange {
  if (address.length === 2) return lookUp(IPV4_RANGES, address) ?? 'public'
  const plain = lookUp(IPV6_ADDRESSES, address)
  if (plain !== undefined) return plain
  for (const { at, ranges, isNat64, isInverted } of EMBEDDINGS) {
    if (lookUp(ranges, address) === undefined) continue
    const inner = classifyAddress(embeddedIpv4(address, at, isInverted === true))
    // Networks without IPv4 reach the whole of it through NAT64, so a public address within is public.
    return inner === 'public' && isNat64 !== true ? 'mapped' : inner
  }
  if (isIsatap(address)) {
    const inner = classifyAddress(embeddedIpv4(address, 6, false))
    if (inner !== 'public') return inner
  }
  return lookUp(IPV6_RANGES, address) ?? 'reserved'
}

function embeddedIpv4(address: AddressGroups, at: number, isInverted: boolean): AddressGroups {
  const mask = isInverted ? 0xffff : 0
  return [(address[at] ?? 0) ^ mask, (address[at + 1] ?? 0) ^ mask]
}

/** RFC 5214: an interface id of 0000:5efe or 0200:5efe, then the IPv4 address. */
function isIsatap(address: AddressGroups): boolean {
  return ((address[4] ?? 0) & 0xfdff) === 0 && address[5] === 0x5efe
}

function lookUp(ranges: ReturnType<typeof table>, address: AddressGroups): AddressRange | undefined {
  return ranges.find(({ cidr }) => isInCidr(address, cidr))?.range
}
