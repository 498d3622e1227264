/** A token's type: Jinja's names, which its messages show. Operators are their own text. */
export type TokenType =
  | 'data'
  | 'variable_begin'
  | 'variable_end'
  | 'block_begin'
  | 'block_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'eof'

export interface Token {
  readonly type: TokenType
  /** The text of data, names and operators, the value of strings, the digits of numbers. */
  readonly text: string
  readonly line: number
  /** What is wrong here; told only when the parser comes this far. */
  readonly fault?: Error
}

const DESCRIPTIONS: Readonly<Partial<Record<TokenType, string>>> = {
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  data: 'template data / text',
  eof: 'end of template',
}

/** How Jinja's messages name a token. */
export const describeToken = ({ type, text }: Token): string => (type === 'name' || type === 'operator' ? text : describeType(type))

export const describeType = (type: TokenType): string => DESCRIPTIONS[type] ?? type
