import type { Value } from '@trellis/values'
import { Variable } from '@trellis/variables'

/** Outputs as plain values. */
export const toValues = (outputs: Readonly<Record<string, Value | Variable>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output instanceof Variable ? output.value : output]))

/** Answers join their texts; everything else is what the last one says (workflow spec 4.8). */
export function mergeOutputs(into: Record<string, Value>, outputs: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    const before = into[name]
    into[name] = name === 'answer' && typeof before === 'string' && typeof value === 'string' ? before + value : value
  }
}
