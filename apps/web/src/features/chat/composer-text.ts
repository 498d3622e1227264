/** A question that shall stand in the field, as if somebody had written it; a new object puts it there once more. */
export interface OfferedText {
  readonly text: string
}

/** What was said aloud goes behind what stands there. */
export const addText = (before: string, said: string): string => (before.trim() === '' ? said : `${before.trimEnd()} ${said}`)

/** A question takes the place of one that was offered before, and goes behind what a person wrote; no text takes the one before away. */
export function putOffered(before: string, { text }: OfferedText, last: OfferedText | null): string {
  if (before.trim() === last?.text.trim()) return text
  return before.trimEnd().endsWith(text.trimEnd()) ? before : addText(before, text)
}
