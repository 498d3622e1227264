import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Dict, isDict, parseJson } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import fixtures from './__fixtures__/jinja2.json'
import { compileTemplate, TemplateError } from './index.ts'

interface Answer {
  readonly output?: string
  readonly error?: string
  readonly message?: string
  readonly line?: number | null
}

// Read with care: to JSON.parse 1.0 is 1.
const variables = readVariables(readFileSync(join(import.meta.dirname, '__fixtures__/jinja2.json'), 'utf8'))

function readVariables(text: string): Dict {
  const whole = parseJson(text)
  const found = isDict(whole) ? whole['variables'] : undefined
  if (found === undefined || !isDict(found)) throw new Error('the fixtures have no variables')
  return found
}

/** Errors of the same kind in other words: Python's are those of its own calls. */
const OTHER_WORDS = new Set(['person.get()', '[1] | urlencode', '5 | indent', 'dict(**[1])', 'range(*5)'])

function answer(template: string): Answer {
  try {
    return { output: compileTemplate(template).render(variables) }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return { error: error.kind, message: error.message, line: error.line ?? null }
  }
}

describe(`Jinja2 ${fixtures.jinja2}`, () => {
  it.each(fixtures.expressions)('{{ $expression }}', ({ expression, ...expected }: { expression: string } & Answer) => {
    const actual = answer(`{{ ${expression} }}`)
    if (OTHER_WORDS.has(expression)) expect(actual).toEqual({ ...expected, message: expect.any(String) })
    else expect(actual).toEqual(expected)
  })

  it.each(fixtures.templates)('template: $name', ({ template, name: _, ...expected }: { template: string; name: string } & Answer) => {
    expect(answer(template)).toEqual(expected)
  })
})
