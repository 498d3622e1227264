import type { Expression, Name, Target } from './nodes.ts'
import { parseTuple } from './parse-expression.ts'
import type { TokenStream } from './token-stream.ts'

/** What a `set`, `for` or `with` assigns to. */
export function parseTarget(stream: TokenStream, rules: { readonly end?: string; readonly hasNamespace?: boolean } = {}): Target {
  if (rules.hasNamespace && stream.look().type === 'operator' && stream.look().text === '.') {
    const { text: name, line } = stream.expectType('name')
    stream.next()
    return { type: 'namespace-target', name, attribute: stream.expectType('name').text, line }
  }
  return toTarget(stream, parseTuple(stream, { isSimple: true, ...(rules.end ? { end: rules.end } : {}) }))
}

export function parseNameTarget(stream: TokenStream): Name {
  const { text, line } = stream.expectType('name')
  const name: Name = { type: 'name', name: text, isStored: true, line }
  if (isReserved(text)) stream.fail("can't assign to 'name'", line)
  return name
}

/** Names that may be written in any case but stand for constants. */
const isReserved = (name: string): boolean => ['true', 'false', 'none', 'True', 'False', 'None'].includes(name)

const NODE_NAMES: Readonly<Partial<Record<Expression['type'], string>>> = { constant: 'const', number: 'const' }

function toTarget(stream: TokenStream, node: Expression): Target {
  const target = asTarget(node)
  return target ?? stream.fail(`can't assign to '${NODE_NAMES[node.type] ?? node.type}'`, node.line)
}

function asTarget(node: Expression): Name | Extract<Target, { type: 'tuple' }> | undefined {
  if (node.type === 'name') return { ...node, isStored: true }
  if (node.type !== 'tuple') return undefined
  const items = node.items.map(asTarget)
  return items.every((item) => item !== undefined) ? { ...node, items } : undefined
}
