import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it that are missing, each with `mode`; one that is there is left as it is. Node's own recursive
 * `mkdir` never returns where a file system says that a parent which exists is missing, as `/proc` does.
 * @throws the system's error where one cannot be made
 */
export function makeFolder(path: string, mode = 0o777): void {
  const folder = resolve(path)
  const parent = dirname(folder)
  if (parent !== folder && !existsSync(parent)) makeFolder(parent, mode)
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (!isFolder(folder)) throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
