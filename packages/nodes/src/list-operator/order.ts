import { compare, type Value } from '@trellis/values'
import { isFile } from '@trellis/variables'
import { type ItemKind, ListError, textOf } from './filter.ts'

const fileKeys = new Set(['name', 'type', 'extension', 'mime_type', 'transfer_method', 'url', 'related_id', 'size'])

/** The items in order; equal ones stay as they stood, in either direction. */
export function inOrder(items: readonly Value[], kind: ItemKind, key: string, direction: 'asc' | 'desc'): readonly Value[] {
  if (kind === 'file' && !fileKeys.has(key)) throw new ListError(`Files cannot be ordered by "${key}".`)
  const keyOf = (item: Value): Value => {
    if (!isFile(item)) return item
    return key === 'size' ? item.size : textOf(item, key)
  }
  const sign = direction === 'asc' ? 1 : -1
  return [...items].sort((one, other) => sign * compare(keyOf(one), keyOf(other)))
}
