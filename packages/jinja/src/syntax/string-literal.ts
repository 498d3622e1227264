import { TemplateError } from '../template-error.ts'

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const SHAPES: Readonly<Record<string, string>> = { x: '\\xXX', u: '\\uXXXX', U: '\\UXXXXXXXX' }
const ESCAPE = /\\([0-7]{1,3}|[\s\S])/g

/** The value of a string literal, by Python's codec "unicode-escape". Named characters (`\N{...}`) are not known. */
export function unescapeString(text: string, line: number): string {
  if (!text.includes('\\')) return text
  let result = ''
  let from = 0
  ESCAPE.lastIndex = 0
  for (let found = ESCAPE.exec(text); found; found = ESCAPE.exec(text)) {
    const letter = found[1] ?? ''
    result += text.slice(from, found.index)
    from = ESCAPE.lastIndex
    const count = DIGITS[letter]
    if (count !== undefined) {
      result += hexadecimal(text.slice(from, from + count), letter, line)
      from += count
      ESCAPE.lastIndex = from
    } else if (/^[0-7]/.test(letter)) result += String.fromCodePoint(Number.parseInt(letter, 8))
    else if (letter === 'N') throw new TemplateError('TemplateSyntaxError', 'unknown Unicode character name', line)
    else result += SIMPLE[letter] ?? `\\${letter}`
  }
  return result + text.slice(from)
}

function hexadecimal(digits: string, letter: string, line: number): string {
  if (digits.length !== DIGITS[letter] || !/^[0-9a-fA-F]+$/.test(digits))
    throw new TemplateError('TemplateSyntaxError', `truncated ${SHAPES[letter]} escape`, line)
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff) throw new TemplateError('TemplateSyntaxError', 'illegal Unicode character', line)
  return String.fromCodePoint(code)
}
