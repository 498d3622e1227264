export type { EgressProxyLimits } from './limits.ts'
export type { EgressAccess } from './passage.ts'
export { type EgressProxyOptions, type ListenTarget, type RunningEgressProxy, startEgressProxy } from './start-egress-proxy.ts'
