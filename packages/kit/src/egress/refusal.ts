import { EgressError, type EgressPolicy } from '@trellis/spec'
import type { AddressRange } from './address.ts'

type RefusedRange = Exclude<AddressRange, 'public'>

const RANGE_NAMES: Readonly<Record<RefusedRange, string>> = {
  unspecified: 'the unspecified address',
  loopback: 'an address of this machine itself',
  private: 'a private address',
  'link-local': 'a link-local address',
  metadata: 'a cloud metadata address',
  multicast: 'a multicast address',
  reserved: 'a reserved address',
  mapped: 'an IPv6 address that wraps an IPv4 one',
}

export function refuse(rule: string, what: string, remedy: string): EgressError {
  return new EgressError('refused', `Refused: ${what} (rule ${rule}). ${remedy}`, { rule })
}

/** `address` is undefined where the name alone tells. */
export function refuseAddress(seen: {
  readonly host: string
  readonly address: string | undefined
  readonly range: RefusedRange
  readonly policy: EgressPolicy
}): EgressError {
  const { host, address, range, policy } = seen
  // Content is asked for by anybody: where names of this network lead is not theirs to learn.
  const told = policy === 'content' ? '' : `${address}, `
  const what =
    address === undefined || address === host ? `${host} is ${RANGE_NAMES[range]}` : `${host} resolves to ${told}${RANGE_NAMES[range]}`
  return refuse(`${range}-address`, what, remedyFor(seen))
}

function remedyFor({
  host,
  range,
  policy,
}: {
  readonly host: string
  readonly range: RefusedRange
  readonly policy: EgressPolicy
}): string {
  if (range === 'metadata') return 'Nothing opens such addresses: they hand out the machine’s credentials.'
  const opening = `EGRESS_ALLOWED_HOSTS=${host}`
  return policy === 'model'
    ? `The operator can allow it with MODEL_ENDPOINT_ALLOW_PRIVATE=true or ${opening}.`
    : `The operator can allow it with ${opening}.`
}

export function refusePort(host: string, port: number): EgressError {
  return refuse(
    'port',
    `port ${port} of ${host} is not one for web requests`,
    `The operator can allow it with EGRESS_ALLOWED_HOSTS=${host}.`,
  )
}
