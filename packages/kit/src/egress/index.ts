export { type AddressRange, classifyAddress, parseAddress, parseCidr } from './address.ts'
export { type ClosableEgress, createEgress, type EgressOptions } from './create-egress.ts'
export type { EgressProxies } from './dispatchers.ts'
export {
  createEgressGuard,
  createPinnedLookup,
  type EgressGuard,
  type EgressGuardOptions,
  type HostLookup,
  type ResolvedAddress,
} from './guard.ts'
export { createMultipartBody, type MultipartBody, type MultipartField, type MultipartFile } from './multipart.ts'
export type { EgressTarget } from './policy.ts'
export { parseEgressUrl, portOf, requestTargetOf } from './url.ts'
