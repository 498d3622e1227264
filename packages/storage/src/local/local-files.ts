import { randomUUID } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { AppError } from '@trellis/contracts'
import { toStorageError } from './local-error.ts'

/** Unfinished writes, on the same file system as the finished ones. No key may begin so. */
export const TEMPORARY_FOLDER = '.tmp'
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * The real path of a file that exists. A link may stand inside the folder, but what it leads to must as well.
 * @throws AppError `invalid_param` where it leads out; the system's error where there is no such file.
 */
export async function resolveInside(root: string, key: string): Promise<string> {
  const path = await realpath(join(root, key))
  if (!path.startsWith(root + sep)) throw leadsOutside(key)
  return path
}

/** The real path that a new file shall get; makes its folders, each checked before anything is made in it. */
export async function prepareInside(root: string, key: string): Promise<string> {
  const segments = key.split('/')
  const name = segments.pop() ?? ''
  let folder = root
  for (const segment of segments) {
    folder = join(folder, segment)
    await mkdir(folder).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error
    })
    folder = await realpath(folder)
    if (folder !== root && !folder.startsWith(root + sep)) throw leadsOutside(key)
  }
  return join(folder, name)
}

/** Writes beside, then renames: whoever reads sees the old file or the new one. */
export async function writeAtomically(root: string, path: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const temporary = join(root, TEMPORARY_FOLDER, randomUUID())
  let handle: FileHandle | undefined
  try {
    handle = await open(temporary, 'wx', 0o640)
    await writeFile(handle, content)
    await handle.sync()
    await handle.close()
    handle = undefined
    await rename(temporary, path)
  } catch (error) {
    await handle?.close()
    await rm(temporary, { force: true })
    throw error
  }
}

/** Removes what killed processes left unfinished. */
export async function removeAbandoned(root: string, now: number): Promise<void> {
  const folder = join(root, TEMPORARY_FOLDER)
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined) // another process may be tidying as well
    if (found && now - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true })
  }
}

/** Keys of regular files, in byte order. Links are passed over: they are not ours. */
export async function* walk(root: string, prefix: string): AsyncGenerator<string> {
  const start = prefix.includes('/') ? dirname(`${prefix}x`) : ''
  yield* walkFolder(root, start, prefix)
}

async function* walkFolder(root: string, folder: string, prefix: string): AsyncGenerator<string> {
  for (const entry of await readSorted(join(root, folder))) {
    const key = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (key === TEMPORARY_FOLDER) continue
    if (entry.isFile() && key.startsWith(prefix)) yield key
    const mayHoldMatches = prefix.startsWith(`${key}/`) || `${key}/`.startsWith(prefix)
    if (entry.isDirectory() && mayHoldMatches) yield* walkFolder(root, key, prefix)
  }
}

/** A folder sorts as its name with the slash that its keys have. */
async function readSorted(path: string): Promise<readonly Dirent[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return []
    throw toStorageError(error)
  })
  return entries
    .map((entry) => ({ entry, sortKey: Buffer.from(entry.isDirectory() ? `${entry.name}/` : entry.name) }))
    .sort((left, right) => Buffer.compare(left.sortKey, right.sortKey))
    .map(({ entry }) => entry)
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function leadsOutside(key: string): AppError {
  return new AppError('invalid_param', { param: 'key', message: `The storage key ${JSON.stringify(key)} leads out of the data folder.` })
}
