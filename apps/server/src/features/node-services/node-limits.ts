import type { Config } from '@trellis/config'
import type { NodeLimits } from '@trellis/spec'

/** What nodes may ask for, as configured. */
export const toNodeLimits = ({ nodes, httpRequest }: Pick<Config, 'nodes' | 'httpRequest'>): NodeLimits => ({
  ...nodes,
  httpMaxBinaryBytes: httpRequest.maxBinaryBytes,
  httpMaxTextBytes: httpRequest.maxTextBytes,
  httpConnectTimeoutMs: httpRequest.connectTimeoutMs,
  httpReadTimeoutMs: httpRequest.readTimeoutMs,
  httpWriteTimeoutMs: httpRequest.writeTimeoutMs,
  httpVerifyTls: httpRequest.verifiesCertificates,
})
