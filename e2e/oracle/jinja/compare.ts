// Tells where our Jinja answers otherwise than Python's on random expressions:
//     python3 e2e/oracle/jinja/fuzz.py 10000 1 | node e2e/oracle/jinja/compare.ts
// Where both refuse an expression, with another error each, it is only counted.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { compileTemplate, TemplateError } from '../../../packages/jinja/src/index.ts'
import { isDict, parseJson, type Value } from '../../../packages/values/src/index.ts'

interface Answer {
  readonly output?: string
  readonly error?: string
  readonly message?: string
}

const variables = parseJson(readFileSync(join(import.meta.dirname, 'variables.json'), 'utf8'))
const counts = { expressions: 0, printed: 0, refused: 0, refusedOtherwise: 0, differences: 0 }

for await (const line of createInterface({ input: process.stdin })) {
  // Lines that fuzz.py writes.
  const { expression, ...expected } = JSON.parse(line) as Answer & { readonly expression: string }
  judge(expression, expected, answer(`{{ ${expression} }}`, variables))
}
console.log(JSON.stringify(counts))

function answer(template: string, given: Value): Answer {
  try {
    return { output: compileTemplate(template).render(isDict(given) ? given : {}) }
  } catch (error) {
    return error instanceof TemplateError ? { error: error.kind, message: error.message } : { error: 'crash', message: String(error) }
  }
}

function judge(expression: string, expected: Answer, actual: Answer): void {
  counts.expressions++
  if (expected.output === undefined) counts.refused++
  else counts.printed++
  if (expected.output === actual.output && expected.error === actual.error) return
  if (expected.error !== undefined && actual.error !== undefined && actual.error !== 'crash') {
    counts.refusedOtherwise++
    return
  }
  counts.differences++
  console.log(`${expression}\n  python ${show(expected)}\n  ours   ${show(actual)}`)
}

function show({ output, error, message }: Answer): string {
  return (output === undefined ? `${error}: ${message}` : JSON.stringify(output)).slice(0, 300)
}
