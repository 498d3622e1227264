export interface FixedProperties {
  /** Of the texts that are not Unicode. */
  readonly codePage: number
  /** ISO 8601. */
  readonly sentAt: string | undefined
}

const HEADER_BYTES = 32
const ENTRY_BYTES = 16
const CODE_PAGE = 0x3ffd0003
const BODY_CODE_PAGE = 0x3fde0003
const SENT = 0x00390040
const DELIVERED = 0x0e060040
/** From 1601 to 1970. */
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n
const TICKS_PER_MS = 10_000n

/** The properties of a mail that are numbers. Undefined where there are none, so that it is no mail. Format: [MS-OXMSG] 2.4. */
export function readFixedProperties(content: Uint8Array | undefined): FixedProperties | undefined {
  if (!content || content.length < HEADER_BYTES) return undefined
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const values = new Map<number, bigint>()
  for (let at = HEADER_BYTES; at + ENTRY_BYTES <= content.length; at += ENTRY_BYTES) {
    values.set(view.getUint32(at, true), view.getBigUint64(at + 8, true))
  }
  const codePage = values.get(CODE_PAGE) ?? values.get(BODY_CODE_PAGE) ?? 1252n
  return { codePage: Number(codePage & 0xffffffffn), sentAt: showTime(values.get(SENT) ?? values.get(DELIVERED)) }
}

function showTime(ticks: bigint | undefined): string | undefined {
  if (ticks === undefined) return undefined
  const time = Number(ticks / TICKS_PER_MS - EPOCH_DIFFERENCE_MS)
  return Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : undefined
}
