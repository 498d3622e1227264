import type { CallArguments, Expression } from './nodes.ts'
import type { Token } from './token.ts'
import type { TokenStream } from './token-stream.ts'

export const NO_ARGUMENTS: CallArguments = { positional: [], named: [], rest: undefined, namedRest: undefined }

/** The arguments in the parentheses of a call; `parseExpression` reads one. */
export function parseArguments(stream: TokenStream, parseExpression: (stream: TokenStream) => Expression): CallArguments {
  const { line } = stream.expectOperator('(')
  const positional: Expression[] = []
  const named: { key: string; value: Expression }[] = []
  let rest: Expression | undefined
  let namedRest: Expression | undefined
  const ensure = (isRight: boolean): void => {
    if (!isRight) stream.fail('invalid syntax for function call expression', line)
  }
  for (let isFirst = true; !stream.isOperator(')'); isFirst = false) {
    if (!isFirst) stream.expectOperator(',')
    if (!isFirst && stream.isOperator(')')) break
    if (stream.isOperator('*')) {
      ensure(!rest && !namedRest)
      stream.next()
      rest = parseExpression(stream)
    } else if (stream.isOperator('**')) {
      ensure(!namedRest)
      stream.next()
      namedRest = parseExpression(stream)
    } else if (stream.current.type === 'name' && isOperator(stream.look(), '=')) {
      ensure(!namedRest)
      const key = stream.current.text
      if (named.some((each) => each.key === key)) stream.fail(`keyword argument repeated: ${key}`)
      stream.skip(2)
      named.push({ key, value: parseExpression(stream) })
    } else {
      ensure(!rest && !namedRest && named.length === 0)
      positional.push(parseExpression(stream))
    }
  }
  stream.expectOperator(')')
  return { positional, named, rest, namedRest }
}

const isOperator = ({ type, text }: Token, wanted: string): boolean => type === 'operator' && text === wanted

/** The name of a filter or test, which may have dots in it. */
export function parseDottedName(stream: TokenStream): string {
  let name = stream.expectType('name').text
  while (stream.skipOperator('.')) name += `.${stream.expectType('name').text}`
  return name
}
