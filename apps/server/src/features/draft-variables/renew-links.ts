import { isDict, isList, type Value } from '@trellis/values'
import { type FileValue, isFile } from '@trellis/variables'

/** The uploads that a value names, however deep. */
export function listFileIds(value: Value): readonly string[] {
  if (isFile(value)) return uploadOf(value) ?? []
  if (value !== null && isList(value)) return value.flatMap(listFileIds)
  return isDict(value) ? Object.values(value).flatMap(listFileIds) : []
}

/** The value with links that work now; files without one keep theirs. */
export function renewLinks(value: Value, links: ReadonlyMap<string, string>): Value {
  if (links.size === 0) return value
  if (isFile(value)) {
    const url = links.get(value.related_id ?? '')
    return url === undefined ? value : { ...value, url }
  }
  if (value !== null && isList(value)) return value.map((item) => renewLinks(item, links))
  if (!isDict(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renewLinks(item, links)]))
}

const uploadOf = ({ transfer_method: method, related_id: id }: FileValue): readonly string[] | undefined =>
  method !== 'remote_url' && id !== null ? [id] : undefined
