import { isDeepStrictEqual } from 'node:util'
import type { Comparable } from './to-result.ts'

const WHOLE = ['status', 'outputs', 'exceptions', 'tokens', 'steps', 'conversation', 'requests'] as const

/** The first thing in which two results differ, in one line; undefined where they are equal. */
export function findDifference(ours: Comparable, theirs: Comparable): string | undefined {
  const length = Math.max(ours.events.length, theirs.events.length)
  for (let index = 0; index < length; index++) {
    const [one, other] = [ours.events[index], theirs.events[index]]
    if (!isDeepStrictEqual(one, other)) return `event ${index}: ${tell(one)} in place of ${tell(other)}`
  }
  const part = WHOLE.find((name) => !isDeepStrictEqual(ours[name], theirs[name]))
  return part && `${part}: ${tell(ours[part])} in place of ${tell(theirs[part])}`
}

const tell = (value: unknown): string => JSON.stringify(value) ?? 'nothing'
