export {
  type AddressRange,
  type ClosableEgress,
  classifyAddress,
  createEgress,
  createEgressGuard,
  createMultipartBody,
  type EgressGuard,
  type EgressGuardOptions,
  type EgressOptions,
  type EgressProxies,
  type HostLookup,
  type MultipartBody,
  type MultipartField,
  type MultipartFile,
  parseAddress,
  parseCidr,
  type ResolvedAddress,
} from './egress/index.ts'
export {
  type EgressAccess,
  type EgressProxyLimits,
  type EgressProxyOptions,
  type ListenTarget,
  type RunningEgressProxy,
  startEgressProxy,
} from './egress-proxy/index.ts'
export { createIdSource, firstIdAt, type IdSourceDependencies, isUuid, newId, randomHex, randomToken } from './ids.ts'
export { makeFolder } from './make-folder.ts'
export { abortableSleep, parseRetryAfterMs, type RetryOptions, retry } from './retry.ts'
export { createSignedTokens, type SignedTokens, type TokenClaims } from './signed-tokens.ts'
export { createSseDecoder, type SseDecoder, type SseDecoderOptions, type SseListener, sseData, ssePing } from './sse.ts'
export { listTemplateVariables, neutralizePlaceholders, renderTemplate, type TemplateOptions, toTemplateText } from './template.ts'
