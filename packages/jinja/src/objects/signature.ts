import { reprString } from '@trellis/values'
import type { Arguments, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import type { PyValue } from './py-object.ts'

/** A parameter, with its default unless it must be given. */
export type Parameter = string | readonly [name: string, fallback: PyValue]

const nameOf = (parameter: Parameter): string => (typeof parameter === 'string' ? parameter : parameter[0])

/** Puts the arguments of a call in the order of the parameters. Throws Python's TypeErrors where they do not fit. */
export function bind(name: string, parameters: readonly Parameter[], args: Arguments): PyValue[] {
  const { positional, named } = args
  if (positional.length > parameters.length) throw tooMany(name, parameters, positional.length)
  const bound: (PyValue | undefined)[] = parameters.map((_, index) => positional[index])
  for (const [key, value] of named ?? []) {
    const index = parameters.findIndex((parameter) => nameOf(parameter) === key)
    if (index < 0) throw complaint(`${name}() got an unexpected keyword argument ${reprString(key)}`)
    if (index < positional.length) throw complaint(`${name}() got multiple values for argument ${reprString(key)}`)
    bound[index] = value
  }
  const missing: string[] = []
  const values = parameters.map((parameter, index) => {
    const value = bound[index]
    if (value !== undefined) return value
    if (typeof parameter !== 'string') return parameter[1]
    missing.push(parameter)
    return null
  })
  if (missing.length > 0) throw tooFew(name, missing)
  return values
}

const complaint = (message: string): TemplateError => new TemplateError('TypeError', message)

function tooMany(name: string, parameters: readonly Parameter[], given: number): TemplateError {
  if (parameters.length === 0) return complaint(`${name}() takes no arguments (${given} given)`)
  const required = parameters.filter((parameter) => typeof parameter === 'string').length
  const count = required === parameters.length ? `${required}` : `from ${required} to ${parameters.length}`
  const plural = parameters.length === 1 && required === 1 ? '' : 's'
  return complaint(`${name}() takes ${count} positional argument${plural} but ${given} ${given === 1 ? 'was' : 'were'} given`)
}

function tooFew(name: string, missing: readonly string[]): TemplateError {
  const names = missing.map((each) => reprString(each))
  const last = names.at(-1)
  const list = names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${last}`
  return complaint(`${name}() missing ${names.length} required positional argument${names.length === 1 ? '' : 's'}: ${list}`)
}

/** A builtin whose arguments have their places. */
export const define =
  (name: string, parameters: readonly Parameter[], action: (run: Run, ...values: PyValue[]) => PyValue) =>
  (args: Arguments, run: Run): PyValue =>
    action(run, ...bind(name, parameters, args))
