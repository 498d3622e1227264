import { Float, type Value } from '@trellis/values'
import type { Run } from '../run.ts'
import { Dict } from './dict.ts'
import type { PyValue } from './py-object.ts'

/** A value of the workflow as one of the template, which may change its copy. */
export function fromValue(value: Value, run: Run): PyValue {
  if (typeof value !== 'object' || value === null || value instanceof Float) return value
  return run.budget.nested(() => {
    if (Array.isArray(value)) {
      run.budget.spend(value.length)
      return value.map((item: Value) => fromValue(item, run))
    }
    const entries = Object.entries(value)
    run.budget.spend(entries.length)
    return Dict.of(entries.map(([key, item]) => [key, fromValue(item, run)] as const))
  })
}
