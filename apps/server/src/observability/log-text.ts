const reset = '\u001b[0m'
const dim = '\u001b[2m'
const colours: Readonly<Record<string, string>> = {
  debug: '\u001b[90m',
  info: '\u001b[32m',
  warn: '\u001b[33m',
  error: '\u001b[31m',
  fatal: '\u001b[1;31m',
}

/** Turns a JSON log line into one for people: time, level, message, fields, and the stack of an error below. */
export function formatLogLine(line: string, options: { readonly hasColour: boolean }): string {
  // Our own logger made the line: an object with these three.
  const { time, level, message, ...fields } = JSON.parse(line) as { time: string; level: string; message?: string }
  const paint = (colour: string | undefined, text: string) => (options.hasColour && colour ? `${colour}${text}${reset}` : text)
  const stacks: string[] = []
  const shown = Object.entries(fields).map(([name, value]) => `${paint(dim, `${name}=`)}${formatValue(value, stacks)}`)
  const moment = time.slice(0, 23).replace('T', ' ')
  const head = [paint(dim, moment), paint(colours[level], level.toUpperCase().padEnd(5)), printable(message ?? ''), ...shown].join(' ')
  return `${[head, ...stacks.map((stack) => paint(dim, stack))].join('\n')}\n`
}

function formatValue(value: unknown, stacks: string[]): string {
  if (typeof value === 'string') return /^[\w./:@+-]+$/.test(value) ? value : printable(JSON.stringify(value))
  if (typeof value !== 'object' || value === null) return String(value)
  return printable(
    JSON.stringify(value, (key, item: unknown) => {
      if (key !== 'stack' || typeof item !== 'string') return item
      stacks.push(
        item
          .split('\n')
          .map((part) => `    ${printable(part)}`)
          .join('\n'),
      )
      return undefined
    }),
  )
}

/** Whoever writes a name or a message must not be able to write lines or commands to the terminal of whoever reads the log. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
