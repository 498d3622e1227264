import { isDict, isList, type Value } from '@trellis/values'
import { isFile } from '@trellis/variables'

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
