import { z } from 'zod'
import { uuid } from '../common/wire.ts'

const ids = z.array(uuid)

/** Ids of a query string: `name[0]=..&name[1]=..`, which Dify's console sends, or `name=..` once or repeatedly. */
export function indexedList(query: Readonly<Record<string, unknown>>, name: string, context: z.RefinementCtx): string[] {
  const values = Object.entries(query).flatMap(([key, value]) => (key === name || isIndexed(key, name) ? [value].flat() : []))
  const parsed = ids.safeParse(values.filter((value) => value !== ''))
  if (parsed.success) return parsed.data
  context.addIssue({ code: 'custom', path: [name], message: `${name} takes ids, as ${name}[0]=... and so on` })
  return z.NEVER
}

function isIndexed(key: string, name: string): boolean {
  return key.startsWith(`${name}[`) && /^\[\d*\]$/.test(key.slice(name.length))
}
