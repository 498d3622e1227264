/** The version of app files that we write, and the newest that needs no confirmation: Dify 1.15's. */
export const CURRENT_DSL_VERSION = '0.6.0'
/** Of files that name none. */
export const FIRST_DSL_VERSION = '0.1.0'

export type ImportStatus = 'completed' | 'completed-with-warnings' | 'pending' | 'failed'

/** How a file of that version goes with ours (workflow spec 1.3). */
export function compareVersion(imported: string, current: string = CURRENT_DSL_VERSION): ImportStatus {
  const [theirs, ours] = [parseVersion(imported), parseVersion(current)]
  if (!theirs || !ours) return 'failed'
  const difference = compare(theirs, ours)
  if (difference > 0 || (theirs[0] ?? 0) < (ours[0] ?? 0)) return 'pending'
  return (theirs[1] ?? 0) < (ours[1] ?? 0) ? 'completed-with-warnings' : 'completed'
}

/** Whether a file is so old that it lists no dependencies: they are in its nodes. */
export const listsNoDependencies = (version: string): boolean => {
  const parsed = parseVersion(version)
  return parsed !== undefined && compare(parsed, [0, 1, 5]) <= 0
}

/**
 * Released versions of PEP 440 with what may stand behind them left out. A sign between two words belongs to one of them only: files
 * come from anywhere, and each sign with two places would double the ways to read the rest.
 */
const VERSION = /^\s*v?(\d+(?:\.\d+)*)(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview|post|dev)(?:[-_.]?\d+)?)*[-_.]?(?:\+[a-z0-9.]+)?\s*$/i

const parseVersion = (text: string): readonly number[] | undefined => VERSION.exec(text)?.[1]?.split('.').map(Number)

function compare(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
