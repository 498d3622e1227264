export interface LineItem {
  readonly str: string
  readonly hasEOL: boolean
}

/** Lines as they are set; runs of spaces that only move the pen are one. */
export function toPageText(items: readonly LineItem[]): string {
  let text = ''
  for (const { str, hasEOL } of items) text += hasEOL ? `${str}\n` : str
  return text
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
