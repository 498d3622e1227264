/** Where Python's `splitlines` ends a line. */
const LINE_BREAKS = new Set('\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029')

/** `name: value`, a line each, split at the first colon; blank lines are left out, a line without a colon has an empty value. */
export function parseLines(text: string): readonly (readonly [string, string])[] {
  return splitLines(text)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':')
      return colon < 0 ? [line.trim(), ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
    })
}

function splitLines(text: string): readonly string[] {
  const lines: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (!LINE_BREAKS.has(text.charAt(at))) continue
    lines.push(text.slice(from, at))
    from = at + 1
  }
  return [...lines, text.slice(from)]
}
