import type { Body, CallNode, Expression, Signature, Statement } from './nodes.ts'
import { parseExpression, parseFilters, parseTuple } from './parse-expression.ts'
import { parseNameTarget, parseTarget } from './parse-target.ts'
import type { TokenStream } from './token-stream.ts'

/** What a statement's parser needs: the tokens, and a way to parse the body that follows. */
export interface BodyParser {
  readonly stream: TokenStream
  /** The statements behind the current tag, up to one of the words; `dropsEnd` takes that word too. */
  body(ends: readonly string[], dropsEnd?: boolean): Body
}

type StatementParser = (parser: BodyParser) => Statement

export const statementParsers: ReadonlyMap<string, StatementParser> = new Map<string, StatementParser>([
  ['for', parseFor],
  ['if', parseIf],
  ['set', parseSet],
  ['with', parseWith],
  ['macro', parseMacro],
  ['call', parseCallBlock],
  ['filter', parseFilterBlock],
  ['print', parsePrint],
  ['autoescape', parseAutoescape],
  ['extends', parseExtends],
  ['include', parseInclude],
  ['import', parseImport],
  ['from', parseFrom],
])

function parseFor(parser: BodyParser): Statement {
  const { stream } = parser
  const { line } = stream.next()
  const target = parseTarget(stream, { end: 'in' })
  stream.expectName('in')
  const iterable = parseTuple(stream, { hasCondition: false, end: 'recursive' })
  const test = stream.skipName('if') ? parseExpression(stream) : undefined
  const isRecursive = stream.skipName('recursive')
  const body = parser.body(['endfor', 'else'])
  const otherwise = stream.next().text === 'endfor' ? [] : parser.body(['endfor'], true)
  return { type: 'for', target, iterable, body, otherwise, test, isRecursive, line }
}

function parseIf(parser: BodyParser): Statement {
  const { stream } = parser
  const { line } = stream.current
  const branches: { test: Expression; body: Body; line: number }[] = []
  let otherwise: Body = []
  for (let word = stream.next(); word.text !== 'endif'; word = stream.next()) {
    if (word.text === 'else') {
      otherwise = parser.body(['endif'], true)
      break
    }
    const branchLine = branches.length === 0 ? line : stream.current.line
    const test = parseTuple(stream, { hasCondition: false })
    branches.push({ test, body: parser.body(['elif', 'else', 'endif']), line: branchLine })
  }
  return { type: 'if', branches, otherwise, line }
}

function parseSet(parser: BodyParser): Statement {
  const { stream } = parser
  const { line } = stream.next()
  const target = parseTarget(stream, { hasNamespace: true })
  if (stream.skipOperator('=')) return { type: 'set', target, value: parseTuple(stream), line }
  const filter = parseFilters(stream, undefined)
  return { type: 'set-block', target, filter, body: parser.body(['endset'], true), line }
}

function parseWith(parser: BodyParser): Statement {
  const { stream } = parser
  const { line } = stream.next()
  const targets = []
  const values = []
  while (stream.current.type !== 'block_end') {
    if (targets.length > 0) stream.expectOperator(',')
    targets.push(parseTarget(stream))
    stream.expectOperator('=')
    values.push(parseExpression(stream))
  }
  return { type: 'with', targets, values, body: parser.body(['endwith'], true), line }
}

function parseSignature(stream: TokenStream): Signature {
  const parameters: string[] = []
  const defaults: Expression[] = []
  stream.expectOperator('(')
  while (!stream.isOperator(')')) {
    if (parameters.length > 0) stream.expectOperator(',')
    const { name } = parseNameTarget(stream)
    if (stream.skipOperator('=')) defaults.push(parseExpression(stream))
    else if (defaults.length > 0) stream.fail('non-default argument follows default argument')
    parameters.push(name)
  }
  stream.expectOperator(')')
  return { parameters, defaults }
}

function parseMacro(parser: BodyParser): Statement {
  const { stream } = parser
  const { line } = stream.next()
  const { name } = parseNameTarget(stream)
  const signature = parseSignature(stream)
  return { type: 'macro', name, ...signature, body: parser.body(['endmacro'], true), line }
}

function parseCallBlock(parser: BodyParser): Statement {
  const { stream } = parser
  const { line } = stream.next()
  const signature = stream.isOperator('(') ? parseSignature(stream) : { parameters: [], defaults: [] }
  const node = parseExpression(stream)
  const call: CallNode = node.type === 'call' ? node : stream.fail('expected call', line)
  return { type: 'call-block', call, ...signature, body: parser.body(['endcall'], true), line }
}

function parseFilterBlock(parser: BodyParser): Statement {
  const { stream } = parser
  const { line } = stream.next()
  const filter = parseFilters(stream, undefined, true)
  const body = parser.body(['endfilter'], true)
  return filter ? { type: 'filter-block', body, filter, line } : stream.fail("expected token 'name'", line)
}

function parsePrint({ stream }: BodyParser): Statement {
  const { line } = stream.next()
  const nodes: Expression[] = []
  while (stream.current.type !== 'block_end') {
    if (nodes.length > 0) stream.expectOperator(',')
    nodes.push(parseExpression(stream))
  }
  return { type: 'output', nodes, line }
}

function parseAutoescape(parser: BodyParser): Statement {
  const { line } = parser.stream.next()
  const value = parseExpression(parser.stream)
  return { type: 'autoescape', value, body: parser.body(['endautoescape'], true), line }
}

const NOT_AN_IDENTIFIER = 'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.'

export function parseBlockStatement(parser: BodyParser): Statement {
  const { stream } = parser
  const { line } = stream.next()
  const name = stream.expectType('name').text
  const isScoped = stream.skipName('scoped')
  const isRequired = stream.skipName('required')
  if (stream.isOperator('-')) stream.fail(NOT_AN_IDENTIFIER)
  const body = parser.body(['endblock'], true)
  if (isRequired && !body.every(isBlank)) stream.fail('Required blocks can only contain comments or whitespace')
  stream.skipName(name)
  return { type: 'block', name, isScoped, isRequired, body, line }
}

const isBlank = (statement: Statement): boolean =>
  statement.type === 'output' && statement.nodes.every((node) => typeof node === 'string' && node.trim() === '')

function parseExtends({ stream }: BodyParser): Statement {
  const { line } = stream.next()
  return { type: 'template-reference', template: parseExpression(stream), isExtends: true, line }
}

function parseInclude({ stream }: BodyParser): Statement {
  const { line } = stream.next()
  const template = parseExpression(stream)
  if (stream.isName('ignore') && stream.look().text === 'missing') stream.skip(2)
  skipContext(stream)
  return { type: 'template-reference', template, isExtends: false, line }
}

function parseImport({ stream }: BodyParser): Statement {
  const { line } = stream.next()
  const template = parseExpression(stream)
  stream.expectName('as')
  parseNameTarget(stream)
  skipContext(stream)
  return { type: 'template-reference', template, isExtends: false, line }
}

function parseFrom({ stream }: BodyParser): Statement {
  const { line } = stream.next()
  const template = parseExpression(stream)
  stream.expectName('import')
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst) stream.expectOperator(',')
    if (stream.current.type !== 'name') stream.expectType('name')
    if (skipContext(stream)) break
    const target = parseNameTarget(stream)
    if (target.name.startsWith('_'))
      stream.fail('names starting with an underline can not be imported', target.line, 'TemplateAssertionError')
    if (stream.skipName('as')) parseNameTarget(stream)
    if (skipContext(stream) || !stream.isOperator(',')) break
  }
  return { type: 'template-reference', template, isExtends: false, line }
}

/** `with context` or `without context`: there is nothing that could be told it. */
function skipContext(stream: TokenStream): boolean {
  if ((!stream.isName('with') && !stream.isName('without')) || stream.look().text !== 'context') return false
  stream.skip(2)
  return true
}
