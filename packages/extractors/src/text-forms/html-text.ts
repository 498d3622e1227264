import { Parser } from 'htmlparser2'

const BLOCKS = new Set(
  `address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
   header hr html legend li main nav ol p pre section summary table tbody tfoot thead title tr ul`.split(/\s+/),
)
const HIDDEN = new Set(['script', 'style', 'head', 'template', 'noscript', 'svg', 'math', 'object'])
const CELLS = new Set(['td', 'th'])

/** What a reader of the page sees, a line a block. Never throws: whatever is sent as HTML has some text. */
export function htmlToText(html: string): string {
  const writer = new LineWriter()
  const hidden: string[] = []
  let preformatted = 0
  const parser = new Parser({
    onopentagname(name) {
      if (HIDDEN.has(name)) hidden.push(name)
      if (name === 'br') writer.breakLine()
      if (name === 'pre') preformatted += 1
      if (BLOCKS.has(name)) writer.startBlock()
      if (name === 'li') writer.add('- ')
    },
    onclosetag(name) {
      if (hidden.at(-1) === name) hidden.pop()
      if (name === 'pre') preformatted -= 1
      if (BLOCKS.has(name)) writer.startBlock()
      if (CELLS.has(name)) writer.add('\t')
    },
    ontext(text) {
      if (hidden.length > 0) return
      if (preformatted > 0) writer.addLines(text)
      else writer.add(text.replace(/[ \t\r\n\f]+/g, ' '))
    },
  })
  parser.end(html)
  return writer.toText()
}

/** Spaces at the ends of lines and lines without text are dropped. */
class LineWriter {
  private readonly lines: string[] = []
  private line = ''

  add(text: string): void {
    this.line += this.line === '' || this.line.endsWith(' ') || this.line.endsWith('\t') ? text.replace(/^ /, '') : text
  }

  addLines(text: string): void {
    const [first = '', ...rest] = text.split(/\r\n|\r|\n/)
    this.line += first
    for (const line of rest) {
      this.breakLine()
      this.line = line
    }
  }

  breakLine(): void {
    const line = this.line.trimEnd()
    if (line.trim() !== '' && line !== '-') this.lines.push(line)
    this.line = ''
  }

  startBlock(): void {
    // The text of an item may begin with a block of its own.
    if (this.line !== '- ') this.breakLine()
  }

  toText(): string {
    this.breakLine()
    return this.lines.join('\n')
  }
}
