export interface Typo {
  readonly given: string
  readonly meant: string
}

/** Names that are set, mean nothing, and lie one or two edits from one of ours that is not set. */
export function findTypos(
  given: readonly string[],
  known: { readonly names: readonly string[]; readonly isForeign: (name: string) => boolean },
): readonly Typo[] {
  const harmless = new Set(known.names)
  const candidates = known.names.filter((name) => !given.includes(name))
  return given
    .filter((name) => !harmless.has(name) && !known.isForeign(name) && /^[A-Z][A-Z0-9_]*$/.test(name))
    .flatMap((name) => {
      const meant = closest(name, candidates)
      return meant === undefined ? [] : [{ given: name, meant }]
    })
}

function closest(name: string, candidates: readonly string[]): string | undefined {
  let best: { name: string; distance: number } | undefined
  for (const candidate of candidates) {
    const allowed = allowedEdits(candidate)
    if (Math.abs(candidate.length - name.length) > allowed) continue
    const distance = editDistance(name, candidate)
    if (distance <= allowed && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { name: candidate, distance }
  }
  return best?.name
}

/** Short names lie close to the system's own (MODE and HOME are two edits apart). */
function allowedEdits(name: string): number {
  if (name.length < 6) return 0
  return name.length < 9 ? 1 : 2
}

/** Optimal string alignment: insertions, deletions, substitutions and swapped neighbours each count one. */
function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1]
      let cost = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + (isSame ? 0 : 1))
      const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (isSwap) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.length] ?? 0
}
