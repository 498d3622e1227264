/** What is drawn in one go: more than fit on a screen, few enough for one frame. */
const PORTION = 8

/** Where the drawn part of a list begins that is drawn from its end: at what was the first so far, or a portion before the end. */
export function findFirstRevealed(keys: readonly string[], firstKey: string | undefined): number {
  const known = firstKey === undefined ? -1 : keys.indexOf(firstKey)
  return known >= 0 ? known : Math.max(0, keys.length - PORTION)
}

/** The key at which it begins when the next portion has been drawn. */
export const nextFirstKey = (keys: readonly string[], first: number): string | undefined => keys[Math.max(0, first - PORTION)]

/** So many that removing them at once would be felt. */
export const isHeavy = (count: number): boolean => count > 5 * PORTION

/** What is left of so many when the next portion has been taken away: removing is quicker than drawing. */
export const lessOf = (count: number): number => Math.max(0, count - 3 * PORTION)
