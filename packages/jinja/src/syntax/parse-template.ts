import { reprString } from '@trellis/values'
import { lex } from './lex.ts'
import type { Body, Expression, Statement } from './nodes.ts'
import { parseTuple } from './parse-expression.ts'
import { type BodyParser, parseBlockStatement, statementParsers } from './parse-statement.ts'
import { TokenStream } from './token-stream.ts'

/** Parses a whole template. Throws a TemplateError of kind TemplateSyntaxError. */
export function parseTemplate(source: string): Body {
  return new TemplateParser(new TokenStream(lex(source))).parse(undefined)
}

class TemplateParser implements BodyParser {
  readonly stream: TokenStream
  private readonly openTags: string[] = []
  private readonly endTags: (readonly string[])[] = []

  constructor(stream: TokenStream) {
    this.stream = stream
  }

  body(ends: readonly string[], dropsEnd = false): Body {
    this.stream.skipOperator(':')
    this.stream.expectType('block_end')
    const body = this.stream.nested(() => this.parse(ends))
    if (this.stream.current.type === 'eof') this.failAtEnd(undefined, [...this.endTags, ends])
    if (dropsEnd) this.stream.next()
    return body
  }

  /** Statements up to one of the words, which stays the current token, or up to the end. */
  parse(ends: readonly string[] | undefined): Body {
    if (ends) this.endTags.push(ends)
    const body: Statement[] = []
    let output: (string | Expression)[] = []
    let line = 1
    const flush = (): void => {
      if (output.length > 0) body.push({ type: 'output', nodes: output, line })
      output = []
    }
    while (this.stream.current.type !== 'eof') {
      const token = this.stream.next()
      if (output.length === 0) line = token.line
      if (token.type === 'data') output.push(token.text)
      else if (token.type === 'variable_begin') {
        output.push(parseTuple(this.stream))
        this.stream.expectType('variable_end')
      } else {
        flush()
        if (ends?.some((end) => this.stream.isName(end))) {
          this.endTags.pop()
          return body
        }
        body.push(this.statement())
        this.stream.expectType('block_end')
      }
    }
    flush()
    if (ends) this.endTags.pop()
    return body
  }

  private statement(): Statement {
    const { type, text, line } = this.stream.current
    if (type !== 'name') this.stream.fail('tag name expected')
    const parse = statementParsers.get(text) ?? (text === 'block' ? parseBlockStatement : undefined)
    if (!parse) return this.failAtEnd(text, this.endTags, line)
    this.openTags.push(text)
    const statement = parse(this)
    this.openTags.pop()
    return statement
  }

  /** Jinja's help with a tag that does not belong where it is, or is missing at the end. */
  private failAtEnd(name: string | undefined, endTags: readonly (readonly string[])[], line = this.stream.current.line): never {
    const innermost = endTags.at(-1)
    const looking = innermost?.map((tag) => reprString(tag)).join(' or ')
    const parts = [name === undefined ? 'Unexpected end of template.' : `Encountered unknown tag ${reprString(name)}.`]
    if (looking && name !== undefined && endTags.some((tags) => tags.includes(name)))
      parts.push(`You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${looking}.`)
    else if (looking) parts.push(`Jinja was looking for the following tags: ${looking}.`)
    const open = this.openTags.at(-1)
    if (open !== undefined) parts.push(`The innermost block that needs to be closed is ${reprString(open)}.`)
    return this.stream.fail(parts.join(' '), line)
  }
}
