import { reprString } from '@trellis/values'
import { TemplateError } from '../template-error.ts'
import { describeToken, describeType, type Token, type TokenType } from './token.ts'

/** How deep expressions and blocks may be nested. */
const MAX_NESTING = 100

/** The tokens of a template, one after the other, with the errors that Jinja tells about them. */
export class TokenStream {
  private index = 0
  private nesting = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  get current(): Token {
    return this.at(this.index)
  }

  look(): Token {
    return this.at(this.index + 1)
  }

  private at(index: number): Token {
    // The last token, the end, stays current for ever.
    const token = this.tokens[Math.min(index, this.tokens.length - 1)]
    if (!token) throw new TemplateError('TemplateSyntaxError', 'unexpected end of template')
    if (token.fault) throw token.fault
    return token
  }

  next(): Token {
    const token = this.current
    this.index++
    return token
  }

  skip(count: number): void {
    this.index += count
  }

  isName(name: string): boolean {
    return this.current.type === 'name' && this.current.text === name
  }

  isOperator(text: string): boolean {
    return this.current.type === 'operator' && this.current.text === text
  }

  skipName(name: string): boolean {
    if (!this.isName(name)) return false
    this.index++
    return true
  }

  skipOperator(text: string): boolean {
    if (!this.isOperator(text)) return false
    this.index++
    return true
  }

  expectType(type: TokenType): Token {
    return this.current.type === type ? this.next() : this.fail(this.expected(describeType(type)))
  }

  expectName(name: string): Token {
    return this.isName(name) ? this.next() : this.fail(this.expected(name))
  }

  expectOperator(text: string): Token {
    return this.isOperator(text) ? this.next() : this.fail(this.expected(text))
  }

  private expected(what: string): string {
    if (this.current.type === 'eof') return `unexpected end of template, expected ${reprString(what)}.`
    return `expected token ${reprString(what)}, got ${reprString(describeToken(this.current))}`
  }

  fail(message: string, line = this.current.line, kind: 'TemplateSyntaxError' | 'TemplateAssertionError' = 'TemplateSyntaxError'): never {
    throw new TemplateError(kind, message, line)
  }

  /** Parses one level deeper, if that is not too deep. */
  nested<Result>(parse: () => Result): Result {
    if (++this.nesting > MAX_NESTING) this.fail(`nested more than ${MAX_NESTING} levels deep`)
    const result = parse()
    this.nesting--
    return result
  }
}
