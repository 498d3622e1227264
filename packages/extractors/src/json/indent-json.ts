const INDENT = '  '
/** Deeper levels keep this indentation, so that a file of brackets does not grow with the square of its size. */
const MAX_INDENTS = 100

/**
 * Valid JSON with new white space and strings without needless escapes; the rest as it was written: long numbers keep their digits,
 * keys their order and their repetitions, which parsing and printing would lose.
 */
export function indentJson(json: string): string {
  const pieces: string[] = []
  let depth = 0
  let isFresh = false
  const breakLine = (): void => void pieces.push('\n', INDENT.repeat(Math.min(depth, MAX_INDENTS)))
  for (const token of readTokens(json)) {
    if (token === '}' || token === ']') {
      depth -= 1
      if (!isFresh) breakLine()
      isFresh = false
    } else if (isFresh) {
      breakLine()
      isFresh = false
    }
    pieces.push(token)
    if (token === '{' || token === '[') {
      depth += 1
      isFresh = true
    }
    if (token === ',') breakLine()
    if (token === ':') pieces.push(' ')
  }
  return pieces.join('')
}

function* readTokens(json: string): Generator<string> {
  let at = 0
  while (at < json.length) {
    const start = at
    const character = json[at] ?? ''
    if (character === '"') {
      at = findStringEnd(json, at)
      const written = json.slice(start, at)
      yield written.includes('\\') ? JSON.stringify(JSON.parse(written)) : written
    } else if ('{}[],:'.includes(character)) {
      at += 1
      yield character
    } else if (' \t\r\n'.includes(character)) {
      at += 1
    } else {
      while (at < json.length && !' \t\r\n{}[],:"'.includes(json[at] ?? '')) at += 1
      yield json.slice(start, at)
    }
  }
}

function findStringEnd(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at + 1
}
