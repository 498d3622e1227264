/** A short text in which every part counts, and their order: whatever goes wrong with an order shows in all that follows (FNV-1a). */
export function digest(id: string, parts: readonly (string | undefined)[]): string {
  let hash = 0x811c9dc5
  for (const part of [id, ...parts]) {
    for (const character of `${part ?? '-'};`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return `${id}.${(hash >>> 0).toString(36)}`
}

/** A decision that is taken the same way wherever the same text comes. */
export const decide = (text: string, ways: number): number => Number.parseInt(text.slice(-4).replace(/[^a-z0-9]/g, '0'), 36) % ways
