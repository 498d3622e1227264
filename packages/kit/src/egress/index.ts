export { type AddressRange, classifyAddress, parseAddress, parseCidr } from './address.ts'
export type { HostLookup, ResolvedAddress } from './connector.ts'
export { type ClosableEgress, createEgress, type EgressOptions } from './create-egress.ts'
