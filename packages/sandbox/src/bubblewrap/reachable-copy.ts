import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { isReachableByOthers } from './host.ts'

/** What lies below somebody's home is no use to another user: a copy where everybody may read it, for as long as this process lives. */
export function reachableCopy(path: string): string {
  return isReachableByOthers(path) ? path : copyInto(makeFolder(), path)
}

/** The same for packages that load each other: where one of them is copied, all are, side by side where Node looks for them. */
export function reachablePackages(paths: readonly string[]): readonly string[] {
  if (paths.every(isReachableByOthers)) return paths
  const folder = join(makeFolder(), 'node_modules')
  return paths.map((path) => copyInto(folder, path))
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-sandbox-'))
  chmodSync(folder, 0o755)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function copyInto(folder: string, path: string): string {
  const copy = join(folder, basename(path))
  cpSync(path, copy, { recursive: true, dereference: true })
  return copy
}
