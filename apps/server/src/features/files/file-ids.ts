import { type Dict, isDict, isList, type Value } from '@trellis/values'
import { FILE_IDENTITY, isFile } from '@trellis/variables'

/** The uploads that a value names, however deep, in whatever form nodes would open them. */
export function listFileIds(value: Value): readonly string[] {
  if (isFile(value)) return uploadOf(value)
  if (value !== null && isList(value)) return value.flatMap(listFileIds)
  return isDict(value) ? Object.values(value).flatMap(listFileIds) : []
}

/** People write values as they like: nothing of a file is sure but that it says to be one, and what is no id names no upload. */
function uploadOf({ transfer_method: method, related_id: related, reference }: Dict): readonly string[] {
  if (typeof related === 'string') return isId(related) ? [related] : []
  return method !== 'remote_url' && typeof reference === 'string' && isId(reference) ? [reference] : []
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Data as it came, without the mark of files, which nobody but us may set. */
export const withoutFileMarks = (value: Value): Value => (holdsMark(value) ? unmarked(value) : value)

function holdsMark(value: Value): boolean {
  if (value !== null && isList(value)) return value.some(holdsMark)
  return value === FILE_IDENTITY || (isDict(value) && Object.values(value).some(holdsMark))
}

function unmarked(value: Value): Value {
  if (value !== null && isList(value)) return value.map(unmarked)
  if (!isDict(value)) return value
  const kept = Object.entries(value).filter(([, item]) => item !== FILE_IDENTITY)
  return Object.fromEntries(kept.map(([key, item]) => [key, unmarked(item)]))
}
