import type { NodeLimits } from '@trellis/spec'

/** The limits that an untouched configuration gives. */
export const usualLimits: NodeLimits = {
  codeMaxStringLength: 400_000,
  codeMaxStringArrayLength: 30,
  codeMaxNumberArrayLength: 1000,
  codeMaxObjectArrayLength: 30,
  codeMaxDepth: 5,
  codeMaxPrecision: 20,
  codeMinNumber: -9223372036854775807n,
  codeMaxNumber: 9223372036854775807n,
  templateMaxLength: 400_000,
  httpMaxBinaryBytes: 10_485_760,
  httpMaxTextBytes: 1_048_576,
  httpConnectTimeoutMs: 10_000,
  httpReadTimeoutMs: 600_000,
  httpWriteTimeoutMs: 600_000,
  httpVerifyTls: true,
}
