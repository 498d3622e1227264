import { reprString } from '@trellis/values'
import type { BinaryOperator, CallArguments, Comparison, Expression, FilterNode } from './nodes.ts'
import { NO_ARGUMENTS, parseArguments, parseDottedName } from './parse-arguments.ts'
import { describeToken } from './token.ts'
import type { TokenStream } from './token-stream.ts'

/** One expression, conditional ones (`a if b else c`) included unless said otherwise. */
export function parseExpression(stream: TokenStream, hasCondition = true): Expression {
  return stream.nested(() => (hasCondition ? parseCondition(stream) : parseOr(stream)))
}

export interface TupleRules {
  readonly hasCondition?: boolean
  /** Takes names and literals only: what stands left of an assignment. */
  readonly isSimple?: boolean
  /** A name that ends the tuple, as `in` does. */
  readonly end?: string
  readonly isInParentheses?: boolean
}

/** An expression, or several with commas between them, which are a tuple. */
export function parseTuple(stream: TokenStream, rules: TupleRules = {}): Expression {
  let { line } = stream.current
  const items: Expression[] = []
  let isTuple = false
  for (;;) {
    if (items.length > 0) stream.expectOperator(',')
    if (isTupleEnd(stream, rules.end)) break
    items.push(rules.isSimple ? stream.nested(() => parsePrimary(stream)) : parseExpression(stream, rules.hasCondition))
    if (!stream.isOperator(',')) break
    isTuple = true
    line = stream.current.line
  }
  const [only] = items
  if (!isTuple && only) return only
  if (!isTuple && !rules.isInParentheses) stream.fail(`Expected an expression, got ${reprString(describeToken(stream.current))}`)
  return { type: 'tuple', items, line }
}

function isTupleEnd(stream: TokenStream, end: string | undefined): boolean {
  const { type } = stream.current
  return type === 'variable_end' || type === 'block_end' || stream.isOperator(')') || (end !== undefined && stream.isName(end))
}

function parseCondition(stream: TokenStream): Expression {
  let { line } = stream.current
  let node = parseOr(stream)
  while (stream.skipName('if')) {
    const test = parseOr(stream)
    const otherwise = stream.skipName('else') ? stream.nested(() => parseCondition(stream)) : undefined
    node = { type: 'condition', test, whenTrue: node, otherwise, line }
    line = stream.current.line
  }
  return node
}

function parseOr(stream: TokenStream): Expression {
  let { line } = stream.current
  let left = parseAnd(stream)
  while (stream.skipName('or')) {
    left = { type: 'or', left, right: parseAnd(stream), line }
    line = stream.current.line
  }
  return left
}

function parseAnd(stream: TokenStream): Expression {
  let { line } = stream.current
  let left = parseNot(stream)
  while (stream.skipName('and')) {
    left = { type: 'and', left, right: parseNot(stream), line }
    line = stream.current.line
  }
  return left
}

function parseNot(stream: TokenStream): Expression {
  if (!stream.isName('not')) return parseCompare(stream)
  const { line } = stream.next()
  return { type: 'not', node: stream.nested(() => parseNot(stream)), line }
}

const COMPARISONS = new Set<string>(['==', '!=', '<', '<=', '>', '>='])

function parseCompare(stream: TokenStream): Expression {
  const { line } = stream.current
  const node = parseSum(stream)
  const operands: (readonly [Comparison, Expression])[] = []
  for (let operator = takeComparison(stream); operator; operator = takeComparison(stream)) operands.push([operator, parseSum(stream)])
  return operands.length > 0 ? { type: 'compare', node, operands, line } : node
}

function takeComparison(stream: TokenStream): Comparison | undefined {
  if (stream.current.type === 'operator' && COMPARISONS.has(stream.current.text)) return stream.next().text as Comparison // One of the set.
  if (stream.skipName('in')) return 'in'
  // What comes next is looked at only where it must be: it may be a fault that another one goes before.
  if (!stream.isName('not') || stream.look().type !== 'name' || stream.look().text !== 'in') return undefined
  stream.skip(2)
  return 'not in'
}

/** A level of operators that bind to the left. */
function parseLevel(stream: TokenStream, operators: readonly BinaryOperator[], parseSide: (stream: TokenStream) => Expression): Expression {
  let { line } = stream.current
  let left = parseSide(stream)
  for (;;) {
    const operator = operators.find((text) => stream.isOperator(text))
    if (!operator) return left
    stream.next()
    left = { type: 'binary', operator, left, right: parseSide(stream), line }
    line = stream.current.line
  }
}

const parseSum = (stream: TokenStream): Expression => parseLevel(stream, ['+', '-'], parseConcat)
const parseProduct = (stream: TokenStream): Expression => parseLevel(stream, ['*', '/', '//', '%'], parsePower)
/** In Jinja to the left as well: `2 ** 3 ** 2` is 64. */
const parsePower = (stream: TokenStream): Expression => parseLevel(stream, ['**'], parseUnary)

function parseConcat(stream: TokenStream): Expression {
  const { line } = stream.current
  const first = parseProduct(stream)
  if (!stream.isOperator('~')) return first
  const nodes = [first]
  while (stream.skipOperator('~')) nodes.push(parseProduct(stream))
  return { type: 'concat', nodes, line }
}

function parseUnary(stream: TokenStream, hasFilter = true): Expression {
  const { line } = stream.current
  const sign = stream.isOperator('-') ? 'negative' : stream.isOperator('+') ? 'positive' : undefined
  if (sign) stream.next()
  const inner: Expression = sign ? { type: sign, node: stream.nested(() => parseUnary(stream, false)), line } : parsePrimary(stream)
  const node = parsePostfix(stream, inner)
  return hasFilter ? parseFiltersAndTests(stream, node) : node
}

const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])

function parsePrimary(stream: TokenStream): Expression {
  const { type, text, line } = stream.current
  if (type === 'name') {
    stream.next()
    const value = CONSTANTS.get(text)
    return value === undefined ? { type: 'name', name: text, isStored: false, line } : { type: 'constant', value, line }
  }
  if (type === 'string') {
    let value = ''
    while (stream.current.type === 'string') value += stream.next().text
    return { type: 'constant', value, line }
  }
  if (type === 'integer' || type === 'float') {
    stream.next()
    return { type: 'number', kind: type, text, line }
  }
  if (stream.skipOperator('(')) {
    const node = parseTuple(stream, { isInParentheses: true })
    stream.expectOperator(')')
    return node
  }
  if (stream.isOperator('[')) return parseList(stream)
  if (stream.isOperator('{')) return parseDict(stream)
  return stream.fail(`unexpected ${reprString(describeToken(stream.current))}`)
}

function parseList(stream: TokenStream): Expression {
  const { line } = stream.next()
  const items: Expression[] = []
  while (!stream.isOperator(']')) {
    if (items.length > 0) stream.expectOperator(',')
    if (stream.isOperator(']')) break
    items.push(parseExpression(stream))
  }
  stream.expectOperator(']')
  return { type: 'list', items, line }
}

function parseDict(stream: TokenStream): Expression {
  const { line } = stream.next()
  const items: (readonly [Expression, Expression])[] = []
  while (!stream.isOperator('}')) {
    if (items.length > 0) stream.expectOperator(',')
    if (stream.isOperator('}')) break
    const key = parseExpression(stream)
    stream.expectOperator(':')
    items.push([key, parseExpression(stream)])
  }
  stream.expectOperator('}')
  return { type: 'dict', items, line }
}

function parsePostfix(stream: TokenStream, start: Expression): Expression {
  let node = start
  for (;;) {
    if (stream.isOperator('.') || stream.isOperator('[')) node = parseSubscript(stream, node)
    else if (stream.isOperator('(')) node = parseCall(stream, node)
    else return node
  }
}

function parseFiltersAndTests(stream: TokenStream, start: Expression): Expression {
  let node = start
  for (;;) {
    if (stream.isOperator('|')) node = parseFilters(stream, node)
    else if (stream.isName('is')) node = parseTest(stream, node)
    else if (stream.isOperator('(')) node = parseCall(stream, node)
    else return node
  }
}

function parseSubscript(stream: TokenStream, node: Expression): Expression {
  const { text, line } = stream.next()
  if (text === '.') {
    const token = stream.next()
    if (token.type === 'name') return { type: 'attribute', node, name: token.text, line }
    if (token.type !== 'integer') stream.fail('expected name or number', token.line)
    return { type: 'item', node, key: { type: 'number', kind: 'integer', text: token.text, line: token.line }, line }
  }
  const keys: Expression[] = []
  while (!stream.isOperator(']')) {
    if (keys.length > 0) stream.expectOperator(',')
    keys.push(parseSubscribed(stream))
  }
  stream.expectOperator(']')
  const [only] = keys
  return { type: 'item', node, key: only && keys.length === 1 ? only : { type: 'tuple', items: keys, line }, line }
}

function parseSubscribed(stream: TokenStream): Expression {
  const { line } = stream.current
  const start = stream.isOperator(':') ? undefined : parseExpression(stream)
  if (start && !stream.isOperator(':')) return start
  stream.next()
  const isOpen = (): boolean => stream.isOperator(']') || stream.isOperator(',')
  const stop = stream.isOperator(':') || isOpen() ? undefined : parseExpression(stream)
  const step = stream.skipOperator(':') && !isOpen() ? parseExpression(stream) : undefined
  return { type: 'slice', start, stop, step, line }
}

function parseCall(stream: TokenStream, node: Expression): Expression {
  const { line } = stream.current
  return { type: 'call', node, arguments: parseArguments(stream, parseExpression), line }
}

/** Filters behind a value, or, where there is none, behind the word of a block (`isInline`: the first without its bar). */
export function parseFilters(stream: TokenStream, node: Expression): FilterNode
export function parseFilters(stream: TokenStream, node: undefined, isInline?: boolean): FilterNode | undefined
export function parseFilters(stream: TokenStream, start: Expression | undefined, isInline = false): FilterNode | undefined {
  let node = start
  let result: FilterNode | undefined
  for (let isFirst = isInline; isFirst || stream.isOperator('|'); isFirst = false) {
    if (!isFirst) stream.next()
    const { line } = stream.current
    const name = parseDottedName(stream)
    result = {
      type: 'filter',
      node,
      name,
      arguments: stream.isOperator('(') ? parseArguments(stream, parseExpression) : NO_ARGUMENTS,
      line,
    }
    node = result
  }
  return result
}

const LITERALS = new Set(['name', 'string', 'integer', 'float'])

function parseTest(stream: TokenStream, node: Expression): Expression {
  const { line } = stream.next()
  const isNegated = stream.skipName('not')
  const name = parseDottedName(stream)
  const test: Expression = { type: 'test', node, name, arguments: parseTestArguments(stream), line }
  return isNegated ? { type: 'not', node: test, line } : test
}

/** In parentheses, or one value without them: `is divisibleby 3`. */
function parseTestArguments(stream: TokenStream): CallArguments {
  if (stream.isOperator('(')) return parseArguments(stream, parseExpression)
  const isValue = LITERALS.has(stream.current.type) || stream.isOperator('[') || stream.isOperator('{')
  if (!isValue || stream.isName('else') || stream.isName('or') || stream.isName('and')) return NO_ARGUMENTS
  if (stream.isName('is')) stream.fail('You cannot chain multiple tests with is')
  return {
    ...NO_ARGUMENTS,
    positional: [
      parsePostfix(
        stream,
        stream.nested(() => parsePrimary(stream)),
      ),
    ],
  }
}
