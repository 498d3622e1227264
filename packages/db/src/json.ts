import type { JsonText } from './schema/columns.ts'

export const toJsonText = (value: unknown): JsonText => JSON.stringify(value ?? null)

/** Reads a JSON column. The caller names the shape: only our own code ever wrote it. */
export function fromJsonText<T>(text: JsonText): T {
  return JSON.parse(text) as T // see above: written by toJsonText with this shape
}
