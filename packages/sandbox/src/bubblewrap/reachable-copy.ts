import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { isReachableByOthers } from './host.ts'

/** What lies below somebody's home is no use to another user: a copy where everybody may read it. */
export function reachableCopy(path: string): string {
  return isReachableByOthers(path) ? path : join(sharedCopy([path]), basename(path))
}

/** The same for packages that load each other: where one of them is copied, all are, side by side where Node looks for them. */
export function reachablePackages(paths: readonly string[]): readonly string[] {
  if (paths.every(isReachableByOthers)) return paths
  const folder = join(sharedCopy(paths, 'node_modules'), 'node_modules')
  return paths.map((path) => join(folder, basename(path)))
}

/**
 * One copy of what stands there, for every process of this user and the next starts: a process that is killed leaves nothing behind that
 * the next one would not use. Others can neither make nor change it, though its name is known and everybody may write where it lies.
 */
function sharedCopy(paths: readonly string[], below = '.'): string {
  const folder = join(tmpdir(), `trellis-sandbox-${process.getuid?.() ?? 'user'}-${fingerprintOf(paths)}`)
  const isWhole = (): boolean => isOurs(folder) && paths.every((path) => existsSync(join(folder, below, basename(path))))
  if (isWhole()) return folder
  const made = mkdtempSync(join(tmpdir(), 'trellis-sandbox-'))
  for (const path of paths) cpSync(path, join(made, below, basename(path)), { recursive: true, dereference: true })
  chmodSync(made, 0o755)
  try {
    renameSync(made, folder)
    return folder
  } catch {
    // Another process was faster; or somebody else's folder is in the way, and then this one stays ours alone.
    if (!isWhole()) {
      process.once('exit', () => rmSync(made, { recursive: true, force: true }))
      return made
    }
    rmSync(made, { recursive: true, force: true })
    return folder
  }
}

function isOurs(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  if (!stat) return false
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0
}

function fingerprintOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    const { size, mtimeMs, ino } = statSync(path)
    hash.update(`${path}\0${size}\0${mtimeMs}\0${ino}\n`)
  }
  return hash.digest('hex').slice(0, 20)
}
