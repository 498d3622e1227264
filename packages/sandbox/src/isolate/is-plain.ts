import { type Options, parse } from 'acorn'
import { analyze } from 'eslint-scope'
import { plainNames } from './plain-names.data.ts'

const MAX_CHARACTERS = 64 * 1024
const REMEMBERED = 500
const grammar: Options = { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true, ranges: true }

/**
 * Whether code needs nothing but the language: every name that it does not define itself is ECMAScript's. What does not parse, is very
 * long, or mentions a module is not plain; the reference runner then says what there is to say.
 */
export function createPlainTest(): (code: string) => boolean {
  const verdicts = new Map<string, boolean>()
  return (code) => {
    const known = verdicts.get(code)
    if (known !== undefined) return known
    const verdict = isPlain(code)
    const [oldest] = verdicts.size >= REMEMBERED ? verdicts.keys() : []
    if (oldest !== undefined) verdicts.delete(oldest)
    verdicts.set(code, verdict)
    return verdict
  }
}

function isPlain(code: string): boolean {
  if (code.length > MAX_CHARACTERS || /\bimport\b/.test(code)) return false
  try {
    // acorn's tree is ESTree, which eslint-scope asks for under another type.
    const tree = parse(code, grammar) as Parameters<typeof analyze>[0]
    // Code is the body of a function: its own names are not global.
    const { globalScope } = analyze(tree, { ecmaVersion: 2022, nodejsScope: true })
    if (!globalScope?.childScopes[0]?.set.has('main')) return false
    return globalScope.through.every(({ identifier }) => identifier.type === 'Identifier' && plainNames.has(identifier.name))
  } catch {
    // It does not parse, or nests so deeply that nobody should.
    return false
  }
}
