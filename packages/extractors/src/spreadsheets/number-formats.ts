const MS_PER_DAY = 86_400_000
/** 30 December 1899: Lotus counted a 29 February 1900, and everybody has since. */
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)
const LAST_DAY = 2_958_466

/** Ids that every workbook has without listing them: dates and times, East Asian ones included. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Whether numbers in this format are shown as dates or times. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id)
  // Literals, escapes, fillers, conditions, colours and locales say nothing; "General" has an "e" and an "a".
  const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare)
}

/** A day count as `2026-01-31`, `2026-01-31 08:00:00` or, before the first day, `08:00:00`. */
export function formatSerialDate(serial: number, is1904: boolean): string {
  if (!Number.isFinite(serial) || serial < 0 || serial >= LAST_DAY) return formatNumber(serial)
  const seconds = Math.round(serial * 86_400)
  // Before March 1900 the two counts differ by the day that never was.
  const shift = !is1904 && serial >= 1 && serial < 60 ? MS_PER_DAY : 0
  const [date = '', time = ''] = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + shift + seconds * 1000).toISOString().slice(0, 19).split('T')
  if (serial < 1) return time
  return time === '00:00:00' ? date : `${date} ${time}`
}

/** Without the digits that binary fractions add: 0.1 + 0.2 is 0.3 in a spreadsheet. */
export const formatNumber = (value: number): string => String(Number(value.toPrecision(15)))
