/** Items in a row. Chinese texts have a space between words of theirs and of other scripts (`.dxf 或 .stl`), which `Intl` leaves out. */
export function formatList(language: string, items: readonly string[], options?: Intl.ListFormatOptions): string {
  const parts = new Intl.ListFormat(language, options).formatToParts(items)
  return parts
    .map(({ type, value }, position) => {
      if (type === 'element' || !/^\p{Script=Han}+$/u.test(value)) return value
      const before = parts[position - 1]?.value ?? ''
      const after = parts[position + 1]?.value ?? ''
      return `${/\p{Script=Han}$/u.test(before) ? '' : ' '}${value}${/^\p{Script=Han}/u.test(after) ? '' : ' '}`
    })
    .join('')
}
