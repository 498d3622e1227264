/** Length of the demo's vectors. */
const DEMO_DIMENSIONS = 256

const STOP_WORDS = new Set(
  'a an and are as at be by can do does for from has have how i in is it its me my of on or that the this to was what when where which who will with you your'.split(
    ' ',
  ),
)

/**
 * A deterministic vector of a text: its words, their three-letter pieces and (for Chinese) its characters and pairs of them, each
 * hashed to a place and a sign, of unit length. Texts that share words or parts of words are near; meaning is not looked at.
 */
export function vectorOf(text: string): readonly number[] {
  const vector = new Array<number>(DEMO_DIMENSIONS).fill(0)
  for (const [feature, weight] of featuresOf(text)) {
    const hash = hashOf(feature)
    const place = hash % DEMO_DIMENSIONS
    const sign = (hash >>> 16) & 1 ? 1 : -1
    vector[place] = (vector[place] ?? 0) + sign * weight
  }
  const length = Math.hypot(...vector)
  if (length === 0) {
    vector[0] = 1
    return vector
  }
  return vector.map((value) => value / length)
}

/** Between -1 and 1 for unit vectors. */
export function similarityOf(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, place) => sum + value * (right[place] ?? 0), 0)
}

function featuresOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const add = (feature: string, weight: number): void => {
    counts.set(feature, (counts.get(feature) ?? 0) + weight)
  }
  const normal = text.normalize('NFKC').toLowerCase()
  for (const word of normal.match(/[^\s\p{P}\p{S}\p{Script=Han}]+/gu) ?? []) {
    const weight = STOP_WORDS.has(word) ? 0.1 : 1
    add(`word:${word}`, weight)
    const padded = `^${word}$`
    for (let start = 0; start + 3 <= padded.length; start += 1) add(`part:${padded.slice(start, start + 3)}`, weight * 0.3)
  }
  for (const run of normal.match(/\p{Script=Han}+/gu) ?? []) {
    const characters = [...run]
    characters.forEach((character, place) => {
      add(`han:${character}`, 0.4)
      const next = characters[place + 1]
      if (next !== undefined) add(`pair:${character}${next}`, 1)
    })
  }
  return new Map([...counts].map(([feature, count]) => [feature, count <= 1 ? count : 1 + Math.log(count)]))
}

/** FNV-1a, 32 bit, with a final mix so that its low bits are even. */
function hashOf(feature: string): number {
  let hash = 0x811c9dc5
  for (let place = 0; place < feature.length; place += 1) {
    hash = Math.imul(hash ^ feature.charCodeAt(place), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
