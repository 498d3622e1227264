import { isDict, isList, type Value } from '@trellis/values'
import { type FileValue, isFile } from '@trellis/variables'

/** The uploads that a value names, however deep. */
export function listFileIds(value: Value): readonly string[] {
  if (isFile(value)) return uploadOf(value)
  if (value !== null && isList(value)) return value.flatMap(listFileIds)
  return isDict(value) ? Object.values(value).flatMap(listFileIds) : []
}

const uploadOf = ({ transfer_method: method, related_id: id }: FileValue): readonly string[] =>
  method !== 'remote_url' && id !== null ? [id] : []
