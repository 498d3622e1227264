const SHOWN_LINES = 20

/** The stretch in which two texts differ, as `line - found` and `line + wanted`: what both begin and end with is left out. */
export function describeDifference(found: string, wanted: string): string {
  const left = found.split('\n')
  const right = wanted.split('\n')
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start++
  let end = 0
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++
  return [...mark('-', left, start, end), ...mark('+', right, start, end)].join('\n')
}

function mark(sign: string, lines: readonly string[], start: number, end: number): string[] {
  const changed = lines.slice(start, lines.length - end).map((line, index) => `${start + index + 1} ${sign} ${line}`)
  const hidden = changed.length - SHOWN_LINES
  return hidden > 0 ? [...changed.slice(0, SHOWN_LINES), `  ${sign} ... and ${hidden} more lines`] : changed
}
