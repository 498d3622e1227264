/** What a paragraph is to a table, by where its last byte lies in the file. */
export interface ParagraphMarks {
  find(offset: number): 'row-end' | 'in-table' | 'text'
}

const PAGE_BYTES = 512
const IN_TABLE = 0x2416
const ROW_END = 0x2417
const TABLE_DEFINITION = 0xd608
const TABS = 0xc615

interface MarkedRange {
  readonly start: number
  readonly end: number
  readonly mark: 'row-end' | 'in-table'
}

/** @param list the table of pages of paragraph properties ([MS-DOC] 2.8.6), whose pages lie in the main stream */
export function readParagraphMarks(list: DataView, main: DataView): ParagraphMarks {
  const count = Math.max(0, Math.floor((list.byteLength - 4) / 8))
  const ranges: MarkedRange[] = []
  for (let index = 0; index < count; index += 1) {
    const page = (list.getUint32((count + 1) * 4 + index * 4, true) & 0x3fffff) * PAGE_BYTES
    if (page + PAGE_BYTES <= main.byteLength) ranges.push(...readPage(new DataView(main.buffer, main.byteOffset + page, PAGE_BYTES)))
  }
  ranges.sort((left, right) => left.start - right.start)
  return { find: (offset) => findRange(ranges, offset)?.mark ?? 'text' }
}

function findRange(ranges: readonly MarkedRange[], offset: number): MarkedRange | undefined {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (!range) return undefined
    if (offset < range.start) high = middle - 1
    else if (offset >= range.end) low = middle + 1
    else return range
  }
  return undefined
}

function readPage(page: DataView): MarkedRange[] {
  const count = Math.min(0x1d, page.getUint8(PAGE_BYTES - 1))
  const ranges: MarkedRange[] = []
  for (let index = 0; index < count; index += 1) {
    const properties = page.getUint8((count + 1) * 4 + index * 13) * 2
    const mark = properties === 0 ? undefined : readMark(page, properties)
    if (mark) ranges.push({ start: page.getUint32(index * 4, true), end: page.getUint32(index * 4 + 4, true), mark })
  }
  return ranges
}

function readMark(page: DataView, offset: number): MarkedRange['mark'] | undefined {
  const words = page.getUint8(offset)
  const start = words === 0 ? offset + 2 : offset + 1
  const end = Math.min(PAGE_BYTES - 1, words === 0 ? start + page.getUint8(offset + 1) * 2 : start + words * 2 - 1)
  let mark: MarkedRange['mark'] | undefined
  // A style's number comes first, then properties, each with its own length.
  for (let at = start + 2; at + 3 <= end; ) {
    const property = page.getUint16(at, true)
    if (property === ROW_END && page.getUint8(at + 2) !== 0) return 'row-end'
    if (property === IN_TABLE && page.getUint8(at + 2) !== 0) mark = 'in-table'
    at += 2 + operandBytes(page, property, at + 2, end)
  }
  return mark
}

function operandBytes(page: DataView, property: number, at: number, end: number): number {
  const kind = property >> 13
  if (kind === 6) {
    if (property === TABLE_DEFINITION && at + 2 <= end) return page.getUint16(at, true) + 1
    // Long lists of tabs say 255 and are long in another way; nothing that matters here follows them.
    return property === TABS && page.getUint8(at) === 0xff ? end : page.getUint8(at) + 1
  }
  return [1, 1, 2, 4, 2, 2, 0, 3][kind] ?? end
}
