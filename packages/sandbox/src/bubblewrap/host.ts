import { accessSync, constants, existsSync, lstatSync, readlinkSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A place of this machine that a child sees, read-only, under the same path unless `at` names another. */
export interface Bind {
  readonly from: string
  readonly at?: string
}

const folders = ['/usr/bin', '/usr/local/bin', '/bin', '/run/current-system/sw/bin']

/** The first executable file of that name in the system's own folders; those of a `PATH` may be one user's, whom a child is not. */
export function findProgram(name: string): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Whether a user that owns nothing may read this, folders above included. */
export function isReachableByOthers(path: string): boolean {
  const canPass = (folder: string): boolean => (statSync(folder).mode & 0o001) !== 0 && (folder === '/' || canPass(dirname(folder)))
  return (statSync(path).mode & 0o004) !== 0 && canPass(dirname(path))
}

const triplets: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }

/**
 * Where programs find their shared libraries, and nothing else of the system. Debian keeps them in a folder of their own; elsewhere the
 * whole of /usr/lib and /lib is shown.
 */
export function libraryArguments(arch: string): readonly string[] {
  const own = `/usr/lib/${triplets[arch]}`
  const folders = existsSync(own)
    ? [own, `/lib/${triplets[arch]}`, '/lib64', '/usr/lib64']
    : ['/usr/lib', '/usr/lib64', '/usr/local/lib', '/lib', '/lib64']
  const links = ['/lib', '/lib64'].filter(isLink)
  return [
    ...links.flatMap((path) => ['--symlink', readlinkSync(path), path]),
    ...folders
      .filter((path) => existsSync(path) && !links.some((link) => path === link || path.startsWith(`${link}/`)))
      .flatMap((path) => ['--ro-bind', path, path]),
    ...['/etc/ld.so.cache', '/etc/ld-musl-x86_64.path', '/etc/ld-musl-aarch64.path', '/usr/share/zoneinfo'].flatMap((path) => [
      '--ro-bind-try',
      path,
      path,
    ]),
  ]
}

function isLink(path: string): boolean {
  return existsSync(path) && lstatSync(path).isSymbolicLink()
}
